public import TensorCore

/// Cuts pieces of one length out of a long text, for training.
public struct TextWindows: Sendable {
  /// The text in numbers.
  public let codes: [Int]
  /// The characters in a piece.
  public let length: Int

  /// Traps when the text is shorter than a piece, or `length` is below 1.
  public init(_ text: String, vocabulary: CharacterVocabulary, length: Int) {
    codes = vocabulary.encode(text)
    self.length = length
    guard (1...max(codes.count, 1)).contains(length), !codes.isEmpty else {
      trap("TextWindows", "length: must lie in 1...\(codes.count), the length of the text, not \(length)")
    }
  }

  /// How many different places a piece may begin at.
  public var placeCount: Int { codes.count - length + 1 }

  /// Pieces from places drawn at random, each place equally likely.
  public func sample(_ count: Int, using random: inout RandomGenerator) -> [[Int]] {
    random.integers(below: placeCount, count: count).map { Array(codes[$0..<$0 + length]) }
  }
}
