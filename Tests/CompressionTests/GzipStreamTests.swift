import Compression
import Testing

struct GzipStreamTests {
  /// As printed by `scripts/reference/compression.py`.
  private static let member: [UInt8] = [
    0x1f, 0x8b, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x03, 0x2b, 0xc9, 0x57, 0x48, 0x4a,
    0xd5, 0x51, 0xc8, 0x2f, 0x52, 0xc8, 0xcb, 0x2f, 0x51, 0x28, 0x81, 0xf0, 0x4a, 0x32, 0x12,
    0x4b, 0x14, 0x32, 0x8b, 0x81, 0x74, 0xaa, 0x42, 0x61, 0x69, 0x6a, 0x71, 0x49, 0x66, 0x7e,
    0x9e, 0x35, 0x4c, 0x92, 0xca, 0x4a, 0x01, 0xe7, 0x0e, 0x3f, 0x26, 0x81, 0x00, 0x00, 0x00,
  ]
  private static let text = Array(String(repeating: "to be, or not to be, that is the question; ", count: 3).utf8)

  /// Compressed bytes that stay where they are for as long as the object lives.
  private final class Bytes {
    let pointer: UnsafeRawBufferPointer

    init(_ bytes: [UInt8]) {
      let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 1)
      copy.copyBytes(from: bytes)
      pointer = UnsafeRawBufferPointer(copy)
    }

    deinit { pointer.deallocate() }
  }

  private static func stream(_ bytes: [UInt8]) -> GzipStream? {
    let owned = Bytes(bytes)
    return GzipStream(owned.pointer, owner: owned)
  }

  /// Reads pieces of `size` bytes until one is not full.
  private static func read(_ stream: GzipStream, by size: Int) -> (bytes: [UInt8], last: GzipStream.Outcome) {
    var all: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: size)
    while true {
      let outcome = piece.withUnsafeMutableBytes { stream.read(into: $0) }
      guard case .bytes(let count) = outcome else { return (all, outcome) }
      all += piece[..<count]
      if count < size { return (all, outcome) }
    }
  }

  @Test(arguments: [1, 7, 43, 129, 1000])
  func piecesOfAnySizeMakeTheWhole(size: Int) throws {
    let stream = try #require(Self.stream(Self.member))
    let result = Self.read(stream, by: size)
    #expect(result.bytes == Self.text)
    #expect(result.last == .bytes(Self.text.count % size))
    #expect(Self.read(stream, by: size).last == .bytes(0), "after the end there is nothing more")
  }

  @Test func noPieceIsLargerThanAskedFor() throws {
    let stream = try #require(Self.stream(Self.member))
    var piece = [UInt8](repeating: 255, count: 20)
    let outcome = piece.withUnsafeMutableBytes {
      stream.read(into: UnsafeMutableRawBufferPointer(rebasing: $0[..<10]))
    }
    #expect(outcome == .bytes(10))
    #expect(piece == Self.text[..<10] + [UInt8](repeating: 255, count: 10))
  }

  @Test func whatIsCutOffAnywhereIsNoticed() throws {
    for count in 0..<18 { #expect(Self.stream(Array(Self.member[..<count])) == nil) }
    for count in 18..<Self.member.count {
      let stream = try #require(Self.stream(Array(Self.member[..<count])))
      let result = Self.read(stream, by: 1000)
      guard case .truncated(let after) = result.last else {
        Issue.record("\(count) bytes gave \(result.last)")
        continue
      }
      #expect(after <= Self.text.count)
    }
  }

  @Test func aWrongCheckSumOrLengthIsNoticed() throws {
    for (distance, reason) in [(8, "incorrect data check"), (4, "incorrect length check")] {
      var bytes = Self.member
      bytes[bytes.count - distance] ^= 1
      let stream = try #require(Self.stream(bytes))
      #expect(Self.read(stream, by: 1000).last == .corrupt(reason: reason, after: Self.text.count))
    }
  }

  @Test func otherFormatsAreRefused() {
    var bytes = Self.member
    bytes[1] = 0x8c
    #expect(Self.stream(bytes) == nil)
  }
}
