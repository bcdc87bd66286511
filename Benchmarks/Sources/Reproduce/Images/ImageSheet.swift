import Foundation
import PNGCoding
import TensorCore

/// Forty images of a model side by side, for people to look at: a file beside the rows.
struct ImageSheet: Sendable {
  private static let columns = 10
  private static let rows = 4
  private static let side = 28

  let file: URL

  /// - Parameter images: at least forty, `[count, 28, 28, 1]`, -1...1. Of one that was written before nothing is changed.
  func write(_ images: Tensor) throws {
    guard !FileManager.default.fileExists(atPath: file.path) else { return }
    let (columns, side) = (ImageSheet.columns, ImageSheet.side)
    let scalars = images.rows(0..<columns * ImageSheet.rows).scalars
    let width = columns * side
    var pixels = [UInt8](repeating: 0, count: width * ImageSheet.rows * side)
    for (place, value) in scalars.enumerated() {
      let (image, pixel) = place.quotientAndRemainder(dividingBy: side * side)
      let row = image / columns * side + pixel / side
      pixels[row * width + image % columns * side + pixel % side] = UInt8(max(0, min(255, (value + 1) * 127.5 + 0.5)))
    }
    let bytes = try PNGWriter.png(pixels, width: width, height: ImageSheet.rows * side, layout: .gray)
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: file, options: .atomic)
  }
}
