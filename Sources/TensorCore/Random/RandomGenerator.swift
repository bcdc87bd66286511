/// A stream of random numbers: a key and a position. A value: a copy continues from the same place.
///
/// ```swift
/// var random = RandomGenerator(seed: 7)
/// let noise = random.normal(shape: [64, 2])
/// var other = random.split()   // independent of `random` from here on
/// ```
///
/// Word `i` of the stream is word `i mod 4` of `Philox4x32.block(counter: i / 4, key: key)`. Every draw of a tensor starts
/// at a fresh block and uses up whole groups of sixteen, so that it can be computed in parallel.
public struct RandomGenerator: Sendable, Hashable, RandomNumberGenerator {
  /// What the stream is drawn from.
  public let key: RandomKey
  /// The next block to draw.
  private(set) var block: UInt64 = 0
  private var words = SIMD4<UInt32>()
  private var used = 4
  private var children: UInt64 = 0

  public init(key: RandomKey) {
    self.key = key
  }

  public init(seed: UInt64) {
    self.init(key: RandomKey(seed: seed))
  }

  /// A generator whose stream is independent of this one's and of all others split off before. Drawing numbers does
  /// not change what is split off, nor the other way round.
  public mutating func split() -> RandomGenerator {
    defer { children += 1 }
    return RandomGenerator(key: key.derived(children))
  }

  /// The next 32 random bits.
  public mutating func nextWord() -> UInt32 {
    if used == 4 {
      words = RandomGenerator.words(of: block, key)
      block += 1
      used = 0
    }
    defer { used += 1 }
    return words[used]
  }

  /// The next 64 random bits, low word first.
  public mutating func next() -> UInt64 {
    let low = nextWord()
    return UInt64(low) | UInt64(nextWord()) << 32
  }

  /// Sets aside `count` blocks and gives the first one's number. Words left over from a block are dropped.
  mutating func reserve(blocks count: Int) -> UInt64 {
    defer { block += UInt64(count) }
    used = 4
    return block
  }

  /// Everything that sets this generator apart from others, as numbers to be stored: the key, the next block, the
  /// present block's words, how many of them are used, and the children split off.
  package var state: [UInt64] {
    [
      UInt64(key.words.x) | UInt64(key.words.y) << 32, block, UInt64(words.x) | UInt64(words.y) << 32,
      UInt64(words.z) | UInt64(words.w) << 32, UInt64(used), children,
    ]
  }

  /// The generator of a stored ``state``, or nil where the numbers are none.
  package init?(state: [UInt64]) {
    guard state.count == 6, state[4] <= 4 else { return nil }
    func halves(_ number: UInt64) -> SIMD2<UInt32> {
      SIMD2(UInt32(truncatingIfNeeded: number), UInt32(truncatingIfNeeded: number >> 32))
    }
    self.init(key: RandomKey(words: halves(state[0])))
    block = state[1]
    words = SIMD4(lowHalf: halves(state[2]), highHalf: halves(state[3]))
    used = Int(state[4])
    children = state[5]
  }

  @inline(__always)
  static func words(of block: UInt64, _ key: RandomKey) -> SIMD4<UInt32> {
    Philox4x32.block(
      counter: SIMD4(UInt32(truncatingIfNeeded: block), UInt32(truncatingIfNeeded: block >> 32), 0, 0), key: key.words)
  }
}
