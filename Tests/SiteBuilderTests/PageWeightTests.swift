import SiteBuilder
import Testing

@Suite struct PageWeightTests {
  /// `count` words drawn from `vocabulary` different ones.
  private func text(_ count: Int, _ vocabulary: Int) -> String {
    var state: UInt64 = 7
    func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    let words = (0..<vocabulary).map { _ in
      String((0..<6).map { _ in Character(UnicodeScalar(UInt8(97 + next(26)))) })
    }
    return (0..<count).map { _ in words[next(vocabulary)] }.joined(separator: " ")
  }

  /// The sizes that zlib 1.2.13 gives at level 9 in the gzip format, for texts that repeat little, some, and much.
  @Test(arguments: [(5_000, 3_000, 16_855), (20_000, 200, 38_511), (30_000, 10, 20_631)])
  func isCloseToWhatGzipGives(_ count: Int, _ vocabulary: Int, _ expected: Int) {
    let size = PageWeight.compressedSize(of: text(count, vocabulary))
    #expect(abs(Double(size) / Double(expected) - 1) < 0.08, "\(size) for \(expected)")
  }

  @Test func nothingWeighsNextToNothing() {
    #expect(PageWeight.compressedSize(of: "") < 32)
    #expect(PageWeight.compressedSize(of: String(repeating: "a", count: 100_000)) < 600)
  }
}
