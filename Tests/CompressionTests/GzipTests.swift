import Compression
import Testing

struct GzipTests {
  struct Sample: CustomTestStringConvertible {
    var testDescription: String
    var bytes: [UInt8]
    var size: Int
  }

  /// The sizes are what Python's `len(gzip.compress(data, compresslevel=6))` gives with zlib 1.2.13, as printed by
  /// `scripts/reference/compression.py`.
  @Test(arguments: [
    Sample(testDescription: "empty", bytes: [], size: 20),
    Sample(testDescription: "zeros", bytes: .init(repeating: 0, count: 100_000), size: 132),
    Sample(testDescription: "count", bytes: (0..<100_000).map { UInt8($0 / 7 % 251) }, size: 991),
    Sample(testDescription: "noise", bytes: noise(200_000), size: 200_083),
  ])
  func sizeIsThatOfAnotherProgram(sample: Sample) {
    #expect(Gzip.size(of: sample.bytes) == sample.size)
  }

  /// Bytes without a pattern, which deflate cannot shorten.
  private static func noise(_ count: Int) -> [UInt8] {
    var state: UInt32 = 1
    return (0..<count).map { _ in
      state = state &* 1_664_525 &+ 1_013_904_223
      return UInt8(state >> 24)
    }
  }
}
