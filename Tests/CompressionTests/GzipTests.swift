import Compression
import Testing

struct GzipTests {
  /// Python's `len(gzip.compress(data, compresslevel=6))` with zlib 1.2.13, as printed by `scripts/reference/gzip_sizes.py`.
  @Test(arguments: [
    (name: "empty", bytes: [UInt8](), size: 20),
    (name: "zeros", bytes: [UInt8](repeating: 0, count: 100_000), size: 132),
    (name: "count", bytes: (0..<100_000).map { UInt8($0 / 7 % 251) }, size: 991),
  ])
  func sizeIsThatOfAnotherProgram(name: String, bytes: [UInt8], size: Int) {
    #expect(Gzip.size(of: bytes) == size)
  }

  @Test func bytesWithoutPatternDoNotShrink() {
    var state: UInt32 = 1
    let noise = (0..<50_000).map { _ -> UInt8 in
      state = state &* 1_664_525 &+ 1_013_904_223
      return UInt8(state >> 24)
    }
    let size = Gzip.size(of: noise)
    #expect(size >= noise.count && size < noise.count + 100)
  }
}
