extension Correlation {
  /// The scratch scalars that outputs of a width need which read a window of so many pixels, padding included.
  static func scratch(pixels: Int, width: Int, inputChannels: Int, channels: Int) -> Int {
    channels <= thinChannels ? inputChannels * pixels + channels * width : 0
  }

  private static var thinChannels: Int { Swift.min(Tile.rows, Tile.lanes / 2) }

  /// Whether few output channels would leave most of a register's lanes idle, and a row's neighbours can fill them.
  var isThin: Bool {
    taps > 0 && depth > 0 && channels <= Correlation.thinChannels && sourceRow == sourceTap
      && sourceColumn == inputChannels
      && targetColumn == channels
      && inputChannels >= 8 && width >= Tile.lanes / 2
  }

  /// The same chains with the factors exchanged: the tile's columns are neighbouring pixels, of a copy of the source
  /// that keeps each channel's pixels together, and its rows are the output's channels.
  @inline(__always)
  func runThin(firstPixel: Int, scratch: UnsafeMutablePointer<Float>, epilogue: some TileEpilogue) {
    let pitch = sourceTap / inputChannels
    let kernelWidth = depth / inputChannels
    let pixels = (height + taps - 2) * pitch + width + kernelWidth - 1
    let planes = scratch
    let sums = scratch + inputChannels * pixels
    transposeBlock(
      source, sourceRow: inputChannels, rows: pixels, columns: inputChannels, into: planes,
      destinationRow: pixels)
    for y in 0..<height {
      var x = 0
      while x < width {
        let taps = taps(at: y)
        if taps.isEmpty {
          for channel in 0..<channels { (sums + channel * width).update(repeating: 0, count: width) }
        }
        for tap in taps {
          runTile(
            TileOperands(
              a: kernel + tap * depth * channels, aRow: 1, aStep: channels, b: planes + (y + tap) * pitch + x,
              bStep: pixels, c: sums + x, cRow: width, depth: inputChannels, continues: tap > taps.lowerBound,
              columns: Swift.min(Tile.columns, width - x), runs: kernelWidth, aRun: inputChannels * channels, bRun: 1),
            rows: channels)
        }
        x += Tile.columns
      }
      transposeBlock(
        sums, sourceRow: width, rows: channels, columns: width, into: target + y * targetRow,
        destinationRow: channels)
      let pixel = firstPixel + y * width
      epilogue.finish(rows: pixel..<pixel + width, columns: 0..<channels)
    }
  }
}
