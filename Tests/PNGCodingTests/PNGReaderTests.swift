import Foundation
import PNGCoding
import Testing

@Suite struct PNGReaderTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures")

  private func bytes(_ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: Self.folder.appending(path: name)))
  }

  private func read(_ bytes: [UInt8]) throws -> PNGPicture {
    try bytes.withUnsafeBytes { bytes throws(PNGFailure) in try PNGReader.picture(bytes) }
  }

  private func samples(
    _ height: Int, _ width: Int, _ channels: Int = 1, _ value: (Int, Int, Int) -> Int
  ) -> [UInt16] {
    (0..<height).flatMap { i in
      (0..<width).flatMap { j in (0..<channels).map { UInt16(value(i, j, $0)) } }
    }
  }

  @Test func whatWasWrittenIsRead() throws {
    for layout in [PNGWriter.Layout.gray, .rgb] {
      let pixels = noise(19 * 11 * layout.rawValue)
      let picture = try read(PNGWriter.png(pixels, width: 19, height: 11, layout: layout))
      #expect(picture.width == 19 && picture.height == 11 && picture.channels == layout.rawValue)
      #expect(picture.maximum == 255 && picture.samples == pixels.map { UInt16($0) })
    }
  }

  /// 16 bits come through whole, and a file's gamma changes nothing.
  @Test(arguments: [("gray16.png", 1), ("rgb16-gamma.png", 3)]) func sixteenBits(name: String, channels: Int) throws {
    let picture = try read(bytes(name))
    #expect(picture.channels == channels && picture.maximum == 65_535)
    #expect(picture.samples == samples(5, 7, channels) { ($0 * 9001 + $1 * 1237 + $2 * 517) % 65_536 })
  }

  @Test func otherKinds() throws {
    #expect(try read(bytes("gray1.png")).samples == samples(4, 9) { i, j, _ in (i + j) % 2 * 255 })
    let palette = [[255, 0, 0], [0, 255, 0], [0, 0, 255], [10, 20, 30]]
    #expect(try read(bytes("palette.png")).samples == samples(3, 6, 3) { palette[($0 * 3 + $1) % 4][$2] })
    #expect(try read(bytes("gray-alpha.png")).samples == samples(3, 4) { i, j, _ in i * 40 + j })
    #expect(try read(bytes("interlaced.png")).samples == samples(9, 10) { i, j, _ in i * 16 + j })
    #expect(try read(bytes("pillow.png")).samples == samples(4, 6, 3) { [$0 * 60, $1 * 40, 7][$2] })
  }

  @Test func transparencyIsRefused() throws {
    for name in ["palette-transparent.png"] {
      let failure = #expect(throws: PNGFailure.self) { try read(bytes(name)) }
      #expect(failure?.message == "it has transparent pixels, which have no one colour")
    }
    let glass = try PNGWriter.png([1, 2, 3, 254], width: 1, height: 1, layout: .rgba)
    #expect(throws: PNGFailure.self) { try read(glass) }
  }

  /// Every beginning of a file that is not the whole is refused.
  @Test(arguments: ["gray16.png", "palette.png", "interlaced.png"]) func truncatedFiles(name: String) throws {
    let whole = try bytes(name)
    for count in 0..<whole.count {
      #expect(throws: PNGFailure.self) { try read(Array(whole[..<count])) }
    }
  }

  /// A changed byte is refused or harmless, and never more: check sums guard all that matters.
  @Test(arguments: ["gray16.png", "palette.png", "interlaced.png", "gray1.png"]) func damagedFiles(name: String) throws
  {
    let whole = try bytes(name)
    let picture = try read(whole)
    for place in whole.indices {
      for bit in 0..<8 {
        var damaged = whole
        damaged[place] ^= 1 << UInt8(bit)
        if let read = try? read(damaged) { #expect(read.samples.count == picture.samples.count) }
      }
    }
  }

  /// A header that promises the moon is refused before anything is allocated for it.
  @Test func hostileSizes() throws {
    let small = try bytes("gray1.png")
    for size in [[0, 0, 255, 255], [0, 15, 66, 64], [127, 255, 255, 255], [0, 0, 0, 0]] as [[UInt8]] {
      var bytes = small
      bytes.replaceSubrange(16..<20, with: size)
      bytes.replaceSubrange(20..<24, with: size)
      bytes.replaceSubrange(29..<33, with: checksum(Array(bytes[12..<29])))
      let failure = #expect(throws: PNGFailure.self) { try read(bytes) }
      #expect(failure?.message.contains("CRC") == false)
    }
  }

  private func checksum(_ bytes: [UInt8]) -> [UInt8] {
    let sum = ~bytes.reduce(UInt32.max) { sum, byte in
      (0..<8).reduce(sum ^ UInt32(byte)) { sum, _ in sum & 1 == 1 ? 0xEDB8_8320 ^ sum >> 1 : sum >> 1 }
    }
    return [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: sum >> UInt32($0)) }
  }
}
