/// The sliding products of one window with a kernel: what a convolution is made of, forwards and backwards.
///
/// `target[y, x, c] = sum over (tap, step) of source[y, x, tap, step] kernel[tap, step, c]`, each one chain of fused
/// multiply-adds over ascending `(tap, step)` from 0. A tap is a row of the kernel, whose columns and channels are
/// neighbours in memory in an image too: `depth` steps in a row, without rearranging the image. Taps that fall on a row
/// outside of the image are left out: they would add zeros.
struct Correlation {
  /// What the first output reads first; outputs below each other read `sourceRow` apart, neighbours `sourceColumn`.
  var source: UnsafePointer<Float>
  var sourceRow: Int
  var sourceColumn: Int
  /// The scalars from one tap to the next in the source.
  var sourceTap: Int
  /// The rows of the source that lie inside of the image, counted from the one that the first output's first tap reads;
  /// and how many rows lie from one output to the one below.
  var inside: Range<Int>
  var rowStep: Int
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

  /// The taps of an output in row `y` that lie inside.
  @inline(__always)
  func taps(at y: Int) -> Range<Int> {
    let first = Swift.min(taps, Swift.max(0, inside.lowerBound - y * rowStep))
    return first..<Swift.max(first, Swift.min(taps, inside.upperBound - y * rowStep))
  }

  /// Computes every output, and calls the epilogue on each finished tile.
  ///
  /// - Parameter firstPixel: the epilogue's row for the first output; its rows count the pixels, row by row.
  @inline(__always)
  func run(firstPixel: Int, epilogue: some TileEpilogue) {
    if height <= 0 || width <= 0 || channels == 0 { return }
    let tiles = (width + Tile.rows - 1) / Tile.rows
    var column = 0
    while column < channels {
      let columns = Swift.min(Tile.columns, channels - column)
      for y in 0..<height {
        let taps = taps(at: y)
        for index in 0..<tiles {
          // Tiles of about equal heights: a short one at the end would wait for its own results.
          let (x, end) = (index * width / tiles, (index + 1) * width / tiles)
          runTile(
            TileOperands(
              a: source + y * sourceRow + x * sourceColumn + taps.lowerBound * sourceTap, aRow: sourceColumn, aStep: 1,
              b: kernel + taps.lowerBound * depth * channels + column, bStep: channels,
              c: target + y * targetRow + x * targetColumn + column, cRow: targetColumn, depth: depth,
              continues: false, columns: columns, runs: taps.count, aRun: sourceTap, bRun: depth * channels),
            rows: end - x)
          let pixel = firstPixel + y * width
          epilogue.finish(rows: pixel + x..<pixel + end, columns: column..<column + columns)
        }
      }
      column += columns
    }
  }
}
