internal import Foundation

/// The size of bytes under deflate, without writing them: greedy matches in deflate's window, and for their symbols the
/// entropy that its Huffman codes come close to.
///
/// Within 5 % of `gzip -9` on pages (a test holds one against a size that gzip gave). The limits that it serves are
/// round numbers, and this needs no library.
struct DeflateEstimate {
  private static let window = 32_768
  private static let longestMatch = 258
  /// How many earlier places are compared; gzip's best level compares up to 4,096 and gains little by it.
  private static let chainLength = 64

  private let bytes: [UInt8]
  /// For each hash of three bytes the last place that has it, and for each place the one before with the same hash.
  private var last = [Int](repeating: -1, count: 1 << 15)
  private var earlier: [Int]
  private var literalsAndLengths: [Int: Int] = [:]
  private var distances: [Int: Int] = [:]
  private var extraBits = 0

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    earlier = [Int](repeating: -1, count: bytes.count)
  }

  mutating func size() -> Int {
    var position = 0
    while position < bytes.count {
      let match = longestMatch(at: position)
      if let match {
        count(match.length - 3, from: 256, in: \.literalsAndLengths)
        count(match.distance - 1, from: 0, in: \.distances)
      } else {
        literalsAndLengths[Int(bytes[position]), default: 0] += 1
      }
      let end = position + (match?.length ?? 1)
      while position < end {
        remember(position)
        position += 1
      }
    }
    let bits = Self.entropy(literalsAndLengths) + Self.entropy(distances) + Double(extraBits)
    // A code length of about half a byte for each symbol that occurs stands before the data.
    return Int((bits / 8).rounded(.up)) + (literalsAndLengths.count + distances.count) / 2 + 18
  }

  private func hash(_ position: Int) -> Int? {
    guard position + 2 < bytes.count else { return nil }
    let value = UInt32(bytes[position]) << 16 | UInt32(bytes[position + 1]) << 8 | UInt32(bytes[position + 2])
    return Int((value &* 2_654_435_761) >> 17)
  }

  private mutating func remember(_ position: Int) {
    guard let hash = hash(position) else { return }
    earlier[position] = last[hash]
    last[hash] = position
  }

  private func longestMatch(at position: Int) -> (length: Int, distance: Int)? {
    guard let hash = hash(position) else { return nil }
    var candidate = last[hash]
    var best = (length: 2, distance: 0)
    var comparisons = 0
    while candidate >= 0, position - candidate <= Self.window, comparisons < Self.chainLength {
      let limit = min(Self.longestMatch, bytes.count - position)
      var length = 0
      while length < limit, bytes[candidate + length] == bytes[position + length] { length += 1 }
      if length > best.length { best = (length, position - candidate) }
      candidate = earlier[candidate]
      comparisons += 1
    }
    return best.length >= 3 ? best : nil
  }

  /// Deflate's symbols for lengths and distances: ever wider ranges, told apart within by extra bits.
  private mutating func count(_ value: Int, from base: Int, in table: WritableKeyPath<Self, [Int: Int]>) {
    let bits = max(0, Int.bitWidth - value.leadingZeroBitCount - (base == 0 ? 2 : 3))
    self[keyPath: table][base + 1 + (value >> bits) + bits * 8, default: 0] += 1
    extraBits += bits
  }

  private static func entropy(_ counts: [Int: Int]) -> Double {
    let total = Double(counts.values.reduce(0, +))
    // In a fixed order, as sums of floating-point numbers depend on it.
    return counts.values.sorted().reduce(0) { $0 - Double($1) * log2(Double($1) / total) }
  }
}
