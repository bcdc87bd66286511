/// A window of an image with each channel's pixels together, `[channels, pixels]`.
struct PixelPlanes {
  let base: UnsafePointer<Float>
  /// The scalars from one channel to the next.
  let pixels: Int

  /// - Parameters:
  ///   - pixels: the pixels, `channels` scalars each, from `source` on.
  ///   - scratch: room for ``scratch(pixels:channels:)``.
  init(
    _ source: UnsafePointer<Float>, pixels: Int, channels: Int, scratch: UnsafeMutablePointer<Float>
  ) {
    self.pixels = pixels
    base = UnsafePointer(scratch)
    transposeBlock(source, sourceRow: channels, rows: pixels, columns: channels, into: scratch, destinationRow: pixels)
  }

  /// The last block of pixels is read as if it were a whole one. Rounded up, so that what follows starts on a vector.
  static func scratch(pixels: Int, channels: Int) -> Int {
    (channels * pixels + rowKernelColumns + 15) / 16 * 16
  }
}

extension Correlation {
  /// More output channels than these fill a register's lanes well enough.
  static let thinChannels = 4

  /// The scratch scalars of a thin correlation's sums, for so many rows that lie `pitch` pixels apart.
  static func thinScratch(rows: Int, pitch: Int) -> Int { rows * pitch + rowKernelColumns }

  /// Whether few output channels would leave most of a register's lanes idle, and neighbouring pixels can fill them.
  var isThin: Bool {
    channels <= Correlation.thinChannels && taps > 0 && depth > 0 && sourceRow == sourceTap
      && sourceColumn == inputChannels
      && inputChannels >= 8 && height * width >= 2 * Tile.lanes
  }

  /// The same chains with the factors exchanged: a register's lanes are neighbouring pixels, across the rows' ends too,
  /// where it computes sums that nobody asked for.
  ///
  /// - Parameters:
  ///   - origin: the pixel of the planes that the first output reads first.
  ///   - sums: room for ``thinScratch(rows:pitch:)``.
  @inline(__always)
  func runThin(
    _ planes: PixelPlanes, origin: Int, firstPixel: Int, sums: UnsafeMutablePointer<Float>,
    epilogue: some TileEpilogue
  ) {
    let pitch = sourceTap / inputChannels
    let kernelWidth = depth / inputChannels
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
                b: planes.base + origin + (top + tap) * pitch + first, bStep: planes.pixels,
                c: sums + first, cRow: 0, depth: inputChannels, continues: tap > taps.lowerBound,
                columns: Swift.min(rowKernelColumns, count - first), runs: kernelWidth,
                aRun: inputChannels * channels, bRun: 1))
          }
        }
        if taps.isEmpty { sums.update(repeating: 0, count: count) }
        for y in top..<bottom {
          let (from, to) = (sums + (y - top) * pitch, target + y * targetRow + channel)
          for x in 0..<width { to[x * targetColumn] = from[x] }
        }
        top = bottom
      }
    }
    epilogue.finish(rows: firstPixel..<firstPixel + height * width, columns: 0..<channels)
  }
}
