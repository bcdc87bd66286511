/// The sliding products of one window with a kernel: what a convolution is made of, forwards and backwards.
///
/// `target[y, x, c] = sum over (tap, step) of source[y, x, tap, step] kernel[tap, step, c]`, each one chain of fused
/// multiply-adds over ascending `(tap, step)` from 0. A tap is a row of the kernel, whose columns and channels are
/// neighbours in memory in an image too: `depth` steps in a row, without rearranging the image.
struct Correlation {
  /// What the first output reads first; outputs below each other read `sourceRow` apart, neighbours `sourceColumn`.
  var source: UnsafePointer<Float>
  var sourceRow: Int
  var sourceColumn: Int
  /// The scalars from one tap to the next in the source.
  var sourceTap: Int
  /// `[taps, depth, channels]`.
  var kernel: UnsafePointer<Float>
  var taps: Int
  var depth: Int
  /// The source's channels, which `depth` is a multiple of.
  var inputChannels: Int
  var channels: Int
  /// The first output; rows are `targetRow` apart, pixels `targetColumn`.
  var target: UnsafeMutablePointer<Float>
  var targetRow: Int
  var targetColumn: Int
  var height: Int
  var width: Int

  /// The steps for which a panel of the kernel stays in the nearest cache.
  private static let depthBlock = 256
  /// The rows of the target that share a panel of the kernel.
  private static let rowBlock = 4

  /// Computes every output, and calls the epilogue on each finished tile.
  ///
  /// - Parameter firstPixel: the epilogue's row for the first output; its rows count the pixels, row by row.
  @inline(__always)
  func run(firstPixel: Int, epilogue: some TileEpilogue) {
    if height <= 0 || width <= 0 || channels == 0 { return }
    if taps == 0 || depth == 0 {
      clear()
      epilogue.finish(rows: firstPixel..<firstPixel + height * width, columns: 0..<channels)
      return
    }
    if isThin { return runThin(firstPixel: firstPixel, epilogue: epilogue) }
    let tiles = (width + Tile.rows - 1) / Tile.rows
    let tapBlock = Swift.max(1, Correlation.depthBlock / depth)
    var column = 0
    while column < channels {
      let columns = Swift.min(Tile.columns, channels - column)
      var top = 0
      while top < height {
        let bottom = Swift.min(height, top + Correlation.rowBlock)
        var tap = 0
        while tap < taps {
          let runs = Swift.min(tapBlock, taps - tap)
          for y in top..<bottom {
            for index in 0..<tiles {
              // Tiles of about equal heights: a short one at the end would wait for its own results.
              let (x, end) = (index * width / tiles, (index + 1) * width / tiles)
              runTile(
                TileOperands(
                  a: source + y * sourceRow + x * sourceColumn + tap * sourceTap, aRow: sourceColumn, aStep: 1,
                  b: kernel + tap * depth * channels + column, bStep: channels,
                  c: target + y * targetRow + x * targetColumn + column, cRow: targetColumn, depth: depth,
                  continues: tap > 0, columns: columns, runs: runs, aRun: sourceTap, bRun: depth * channels),
                rows: end - x)
              if tap + runs == taps {
                let pixel = firstPixel + y * width
                epilogue.finish(rows: pixel + x..<pixel + end, columns: column..<column + columns)
              }
            }
          }
          tap += runs
        }
        top = bottom
      }
      column += columns
    }
  }

  private func clear() {
    for y in 0..<height {
      for x in 0..<width {
        (target + y * targetRow + x * targetColumn).update(repeating: 0, count: channels)
      }
    }
  }
}
