import CPNG
import PNGCoding
import Testing

@Suite struct PNGWriterTests {
  /// The chunks of a PNG, in order, with their checksums verified.
  private func chunks(_ png: [UInt8]) throws -> [(type: String, data: [UInt8])] {
    try #require(Array(png.prefix(8)) == [137, 80, 78, 71, 13, 10, 26, 10])
    func integer(_ at: Int) -> Int { png[at..<at + 4].reduce(0) { $0 << 8 | Int($1) } }
    var chunks: [(String, [UInt8])] = []
    var position = 8
    while position + 12 <= png.count {
      let length = integer(position)
      try #require(position + 12 + length <= png.count)
      let body = Array(png[position + 4..<position + 8 + length])
      #expect(checksum(body) == UInt32(integer(position + 8 + length)))
      chunks.append((String(decoding: body.prefix(4), as: UTF8.self), Array(body.dropFirst(4))))
      position += 12 + length
    }
    #expect(position == png.count)
    return chunks
  }

  /// CRC-32 as PNG's specification, annex D, has it.
  private func checksum(_ bytes: [UInt8]) -> UInt32 {
    ~bytes.reduce(0xFFFF_FFFF) { sum, byte in
      (0..<8).reduce(sum ^ UInt32(byte)) { sum, _ in sum & 1 == 1 ? 0xEDB8_8320 ^ sum >> 1 : sum >> 1 }
    }
  }

  @Test(arguments: zip([PNGWriter.Layout.gray, .grayAlpha, .rgb, .rgba], [UInt8(0), 4, 2, 6]))
  func headerSaysWhatIsInside(_ layout: PNGWriter.Layout, _ colorType: UInt8) throws {
    let pixels = (0..<6 * layout.rawValue).map { UInt8($0 * 7) }
    let parts = try chunks(PNGWriter.png(pixels, width: 3, height: 2, layout: layout))
    #expect(parts.first?.type == "IHDR" && parts.last?.type == "IEND")
    #expect(parts.first?.data == [0, 0, 0, 3, 0, 0, 0, 2, 8, colorType, 0, 0, 0])
    #expect(parts.allSatisfy { ["IHDR", "sRGB", "gAMA", "IDAT", "IEND"].contains($0.type) }, "nothing depends on time")
  }

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

  @Test(arguments: [PNGWriter.Layout.gray, .grayAlpha, .rgb, .rgba]) func pixelsSurvive(
    _ layout: PNGWriter.Layout
  ) throws {
    let pixels = noise(37 * 23 * layout.rawValue)
    let png = try PNGWriter.png(pixels, width: 37, height: 23, layout: layout)
    #expect(try decoded(png, layout: layout) == pixels)
    #expect(try PNGWriter.png(pixels, width: 37, height: 23, layout: layout) == png)
  }

  @Test func wrongSizesThrow() {
    #expect(throws: PNGFailure.self) { try PNGWriter.png([1, 2], width: 3, height: 1, layout: .gray) }
    #expect(throws: PNGFailure.self) { try PNGWriter.png([], width: 0, height: 0, layout: .gray) }
    #expect(throws: PNGFailure.self) { try PNGWriter.png([1], width: -1, height: -1, layout: .gray) }
    #expect(throws: PNGFailure.self) { try PNGWriter.png([1], width: .max, height: 2, layout: .gray) }
  }
}

/// Bytes without a pattern.
func noise(_ count: Int) -> [UInt8] {
  (0..<count).map { UInt8(truncatingIfNeeded: ($0 &+ 1) &* 2_654_435_761 >> 13 ^ $0 &* 40_503 >> 5) }
}
