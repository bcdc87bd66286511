/// A rectangle of an image, in memory, with zeros where it reaches outside of the image.
struct ImageWindow {
  /// The first scalar.
  var base: UnsafePointer<Float>
  /// The scalars from one row to the next.
  var row: Int
  /// The pixels in memory from the first to the last.
  var pixels: Int

  /// The scratch scalars that a window needs, rounded up so that what follows starts on a vector.
  static func scratch(rows: Int, columns: Int, channels: Int) -> Int { (rows * columns * channels + 15) / 16 * 16 }

  /// - Parameters:
  ///   - image: `[height, width, channels]`.
  ///   - rows, columns: the rectangle, from the image's first pixel; may be negative or reach past its end.
  ///   - scratch: room for the rectangle, which is copied there unless it lies inside the image and can be read in place.
  init(
    _ image: UnsafePointer<Float>, height: Int, width: Int, channels: Int, rows: Range<Int>, columns: Range<Int>,
    scratch: UnsafeMutablePointer<Float>
  ) {
    if rows.lowerBound >= 0 && rows.upperBound <= height && columns.lowerBound >= 0 && columns.upperBound <= width {
      row = width * channels
      pixels = (rows.count - 1) * width + columns.count
      base = image + rows.lowerBound * row + columns.lowerBound * channels
      return
    }
    row = columns.count * channels
    pixels = rows.count * columns.count
    base = UnsafePointer(scratch)
    let inside = columns.clamped(to: 0..<width)
    let left = Swift.min(columns.count, Swift.max(0, -columns.lowerBound)) * channels
    let filled = inside.count * channels
    for (index, y) in rows.enumerated() {
      let target = scratch + index * row
      if y < 0 || y >= height || filled == 0 {
        target.update(repeating: 0, count: row)
        continue
      }
      target.update(repeating: 0, count: left)
      (target + left).update(from: image + (y * width + inside.lowerBound) * channels, count: filled)
      (target + left + filled).update(repeating: 0, count: row - left - filled)
    }
  }
}
