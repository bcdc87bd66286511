import CPNG
import FigureRendering
import Figures
import PNGCoding
import Testing

@Suite struct PNGTests {
  /// The pixels as libpng reads them back.
  private func decoded(_ png: [UInt8], layout: PNGWriter.Layout) throws -> [UInt8] {
    var image = png_image()
    image.version = UInt32(PNG_IMAGE_VERSION)
    defer { png_image_free(&image) }
    try #require(png_image_begin_read_from_memory(&image, png, png.count) != 0)
    image.format = [.gray: 0, .grayAlpha: 1, .rgb: 2, .rgba: 3][layout] ?? 0
    var pixels = [UInt8](repeating: 0, count: Int(image.width * image.height) * layout.rawValue)
    try #require(png_image_finish_read(&image, nil, &pixels, 0, nil) != 0)
    return pixels
  }

  @Test func imageGridBecomesOnePicture() throws {
    let grid = ImageGrid(bytes: [1, 2, 3], height: 1, width: 1, columns: 2)
    let png = try #require(PNGRenderer.png(grid.figure, scale: 2))
    let none: [UInt8] = [0, 0, 0, 0]
    func pixel(_ level: UInt8) -> [UInt8] { [level, level, level, 255] }
    let first = pixel(1) + pixel(1) + none + none + pixel(2) + pixel(2)
    let last = pixel(3) + pixel(3) + none + none + none + none
    let gap = [UInt8](repeating: 0, count: 24)
    let pixels = try decoded(png, layout: .rgba)
    #expect(pixels == first + first + gap + gap + last + last)
    #expect(PNGRenderer.png(Plot().figure) == nil)
  }

  /// Read as a terminal reads them, sixels give the picture again.
  @Test func sixelsGiveThePictureAgain() throws {
    let levels: [UInt8] = [0, 255, 131, 0, 0, 255, 255, 131]
    let grid = ImageGrid(bytes: levels.flatMap { [$0, $0, 255 - $0, $0] }, height: 8, width: 4)
    let text = try #require(SixelGraphics.sequence(grid.figure, width: 4))
    #expect(text.hasPrefix("\u{1B}P0;1;0q\"1;1;4;8#0;2;") && text.hasSuffix("-\u{1B}\\\n"))
    var registers: [Int: Int] = [:]
    var pixels = [Int?](repeating: nil, count: 32)
    var (x, top, register) = (0, 0, 0)
    let body = text.drop { $0 != "q" }.dropFirst().dropLast(3)
    for part in body.matches(of: /#([0-9]+);2;([0-9]+);[0-9]+;[0-9]+|#([0-9]+)|!([0-9]+)([?-~])|([$-])|([?-~])/) {
      func draw(_ character: Substring, _ count: Int) {
        let bits = Int(character.utf8.first ?? 63) - 63
        for _ in 0..<count {
          for row in 0..<6 where bits >> row & 1 == 1 { pixels[(top + row) * 4 + x] = registers[register] }
          x += 1
        }
      }
      if let number = part.1, let level = part.2 {
        registers[Int(number) ?? 0] = Int(level)
      } else if let number = part.3 {
        register = Int(number) ?? 0
      } else if let count = part.4, let character = part.5 {
        draw(character, Int(count) ?? 0)
      } else if let move = part.6 {
        x = 0
        if move == "-" { top += 6 }
      } else if let character = part.7 {
        draw(character, 1)
      }
    }
    let expected = levels.flatMap { [$0, $0, 255 - $0, $0] }.map { Double($0) / 2.55 }
    for (pixel, level) in zip(pixels, expected) { #expect(abs(Double(pixel ?? -9) - level) < 2) }
  }

  @Test func kittyGetsPiecesOfFourKilobytes() {
    let text = KittyGraphics.sequence([UInt8](repeating: 0, count: 6000))
    let parts = text.split(separator: "\u{1B}\\")
    #expect(parts.count == 3 && parts[0].hasPrefix("\u{1B}_Ga=T,f=100,q=2,m=1;") && parts[1].hasPrefix("\u{1B}_Gm=0;"))
    #expect(parts[0].count == "\u{1B}_Ga=T,f=100,q=2,m=1;".count + 4096 && parts[2] == "\n")
  }
}
