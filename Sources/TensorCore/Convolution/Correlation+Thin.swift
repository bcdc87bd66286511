/// A window of an image with each channel's pixels together, `[channels, pixels]`.
struct PixelPlanes {
  let storage: TensorStorage
  /// The scalars from one channel to the next.
  let pixels: Int

  /// - Parameter pixels: the pixels, `channels` scalars each, from `source` on.
  init(_ source: UnsafePointer<Float>, pixels: Int, channels: Int) {
    self.pixels = pixels
    // The last block of pixels is read as if it were a whole one.
    storage = TensorStorage(holding: channels * pixels + rowKernelColumns)
    transposeBlock(
      source, sourceRow: channels, rows: pixels, columns: channels, into: storage.base, destinationRow: pixels)
  }
}

extension Correlation {
  /// Whether few output channels would leave most of a register's lanes idle, and neighbouring pixels can fill them.
  var isThin: Bool {
    channels <= 4 && taps > 0 && depth > 0 && sourceRow == sourceTap && sourceColumn == inputChannels
      && inputChannels >= 8 && height * width >= 2 * Tile.lanes
  }

  /// The same chains with the factors exchanged: a register's lanes are neighbouring pixels, across the rows' ends too,
  /// where it computes sums that nobody asked for.
  ///
  /// - Parameters:
  ///   - origin: the pixel of the planes that the first output reads first.
  @inline(__always)
  func runThin(_ planes: PixelPlanes, origin: Int, firstPixel: Int, epilogue: some TileEpilogue) {
    let pitch = sourceTap / inputChannels
    let kernelWidth = depth / inputChannels
    let sums = TensorStorage(holding: height * pitch + rowKernelColumns)
    for channel in 0..<channels {
      var top = 0
      while top < height {
        // The rows that meet the same taps.
        let taps = taps(at: top)
        var bottom = top + 1
        while bottom < height && self.taps(at: bottom) == taps { bottom += 1 }
        let count = (bottom - top - 1) * pitch + width
        for first in stride(from: 0, to: count, by: rowKernelColumns) {
          // One run of steps for each place of the kernel; the places of a row are neighbours in the planes.
          for tap in taps {
            runRow(
              TileOperands(
                a: kernel + tap * depth * channels + channel, aRow: 0, aStep: channels,
                b: planes.storage.base + origin + (top + tap) * pitch + first, bStep: planes.pixels,
                c: sums.base + first, cRow: 0, depth: inputChannels, continues: tap > taps.lowerBound,
                columns: Swift.min(rowKernelColumns, count - first), runs: kernelWidth,
                aRun: inputChannels * channels, bRun: 1))
          }
        }
        if taps.isEmpty { sums.base.update(repeating: 0, count: count) }
        for y in top..<bottom {
          let (from, to) = (sums.base + (y - top) * pitch, target + y * targetRow + channel)
          for x in 0..<width { to[x * targetColumn] = from[x] }
        }
        top = bottom
      }
    }
    epilogue.finish(rows: firstPixel..<firstPixel + height * width, columns: 0..<channels)
    withExtendedLifetime((planes.storage, sums)) {}
  }
}
