package import Figures

/// Pictures for terminals that speak DEC's sixels: six rows of pixels at a time, one colour after the other.
package enum SixelGraphics {
  /// The control sequence that shows a grid of pictures where the cursor is, and a line feed; nil for other figures.
  ///
  /// - Parameter width: how many pixels there are across.
  package static func sequence(_ figure: Figure, width: Int) -> String? {
    guard case .images(let grid) = figure, grid.count > 0 else { return nil }
    let gap = max(1, grid.width / 14)
    let raster = Raster(grid, gap: gap, scale: max(1, min(4, width / max(1, grid.columns * (grid.width + gap)))))
    return raster.width > 0 && raster.height > 0 ? sequence(raster) : nil
  }

  /// Of a picture with four channels; what is transparent stays as it is on the screen.
  static func sequence(_ raster: Raster) -> String {
    let pixels = (0..<raster.width * raster.height).map { color(raster.pixels, at: $0 * 4) }
    let used = Set(pixels.compactMap { $0 }).sorted()
    let registers = Dictionary(zip(used, 0...)) { first, _ in first }
    var output = "\u{1B}P0;1;0q\"1;1;\(raster.width);\(raster.height)"
    for (register, color) in used.enumerated() { output += "#\(register);2;\(color.percentages)" }
    for top in stride(from: 0, to: raster.height, by: 6) {
      output += band(pixels, from: top, of: raster, registers) + "-"
    }
    return output + "\u{1B}\\\n"
  }

  /// Six steps of each channel, and as many shades of grey as there are registers left.
  private struct Color: Hashable, Comparable {
    var red: UInt8
    var green: UInt8
    var blue: UInt8

    var percentages: String { [red, green, blue].map { "\((Int($0) * 100 + 127) / 255)" }.joined(separator: ";") }

    static func < (a: Color, b: Color) -> Bool { (a.red, a.green, a.blue) < (b.red, b.green, b.blue) }
  }

  private static func color(_ pixels: [UInt8], at start: Int) -> Color? {
    guard pixels[start + 3] >= 128 else { return nil }
    let (red, green, blue) = (pixels[start], pixels[start + 1], pixels[start + 2])
    // 40 greys and 216 colours are all that 256 registers hold.
    if red == green, green == blue {
      let level = UInt8((Int(red) * 39 + 127) / 255 * 255 / 39)
      return Color(red: level, green: level, blue: level)
    }
    func step(_ value: UInt8) -> UInt8 { UInt8((Int(value) * 5 + 127) / 255 * 51) }
    return Color(red: step(red), green: step(green), blue: step(blue))
  }

  private static func band(
    _ pixels: [Color?], from top: Int, of raster: Raster, _ registers: [Color: Int]
  ) -> String {
    var columns: [Color: [UInt8]] = [:]
    for row in 0..<min(6, raster.height - top) {
      for x in 0..<raster.width {
        guard let color = pixels[(top + row) * raster.width + x] else { continue }
        columns[color, default: Array(repeating: 0, count: raster.width)][x] |= 1 << UInt8(row)
      }
    }
    return columns.sorted { $0.key < $1.key }.map { color, bits in "#\(registers[color] ?? 0)" + encoded(bits) }
      .joined(separator: "$")
  }

  /// Runs of more than three are counted.
  private static func encoded(_ bits: [UInt8]) -> String {
    var text = ""
    var start = 0
    while start < bits.count {
      var end = start
      while end < bits.count, bits[end] == bits[start] { end += 1 }
      let character = Character(UnicodeScalar(63 + bits[start]))
      let count = end - start
      text += count > 3 ? "!\(count)\(character)" : String(repeating: character, count: count)
      start = end
    }
    return text
  }
}
