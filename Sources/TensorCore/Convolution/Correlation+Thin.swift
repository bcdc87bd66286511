extension Correlation {
  /// Whether few output channels would leave most of a register's lanes idle, and a row's neighbours can fill them.
  var isThin: Bool {
    taps > 0 && depth > 0 && channels <= Swift.min(Tile.rows, Tile.lanes / 2) && sourceRow == sourceTap
      && sourceColumn == inputChannels
      && targetColumn == channels
      && inputChannels >= 8 && width >= Tile.lanes / 2
  }

  /// The same chains with the factors exchanged: the tile's columns are neighbouring pixels, of a copy of the source
  /// that keeps each channel's pixels together, and its rows are the output's channels.
  @inline(__always)
  func runThin(firstPixel: Int, epilogue: some TileEpilogue) {
    let pitch = sourceTap / inputChannels
    let kernelWidth = depth / inputChannels
    let pixels = (height + taps - 2) * pitch + width + kernelWidth - 1
    let planes = TensorStorage(holding: inputChannels * pixels)
    let sums = TensorStorage(holding: channels * width)
    transposeBlock(
      source, sourceRow: inputChannels, rows: pixels, columns: inputChannels, into: planes.base,
      destinationRow: pixels)
    for y in 0..<height {
      var x = 0
      while x < width {
        let taps = taps(at: y)
        if taps.isEmpty {
          for channel in 0..<channels { (sums.base + channel * width).update(repeating: 0, count: width) }
        }
        for tap in taps {
          runTile(
            TileOperands(
              a: kernel + tap * depth * channels, aRow: 1, aStep: channels, b: planes.base + (y + tap) * pitch + x,
              bStep: pixels, c: sums.base + x, cRow: width, depth: inputChannels, continues: tap > taps.lowerBound,
              columns: Swift.min(Tile.columns, width - x), runs: kernelWidth, aRun: inputChannels * channels, bRun: 1),
            rows: channels)
        }
        x += Tile.columns
      }
      transposeBlock(
        sums.base, sourceRow: width, rows: channels, columns: width, into: target + y * targetRow,
        destinationRow: channels)
      let pixel = firstPixel + y * width
      epilogue.finish(rows: pixel..<pixel + width, columns: 0..<channels)
    }
    withExtendedLifetime((planes, sums)) {}
  }
}
