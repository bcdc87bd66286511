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

  @Test func kittyGetsPiecesOfFourKilobytes() {
    let text = KittyGraphics.sequence([UInt8](repeating: 0, count: 6000))
    let parts = text.split(separator: "\u{1B}\\")
    #expect(parts.count == 3 && parts[0].hasPrefix("\u{1B}_Ga=T,f=100,q=2,m=1;") && parts[1].hasPrefix("\u{1B}_Gm=0;"))
    #expect(parts[0].count == "\u{1B}_Ga=T,f=100,q=2,m=1;".count + 4096 && parts[2] == "\n")
  }
}
