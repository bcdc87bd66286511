/// What a stream of random numbers is drawn from: 64 bits, explicit, and splittable into independent keys.
///
/// A program needs one seed; every part that draws numbers gets a key of its own, so that adding a draw in one place
/// changes nothing anywhere else.
public struct RandomKey: Sendable, Hashable {
  /// The Philox4x32 key, low word first.
  public let words: SIMD2<UInt32>

  public init(words: SIMD2<UInt32>) {
    self.words = words
  }

  /// The key of a seed. Seeds that differ in one bit give keys that share nothing.
  public init(seed: UInt64) {
    self.init(mixing: seed, with: 0, purpose: 0)
  }

  /// The `count` independent keys that derive from this one.
  public func split(_ count: Int) -> [RandomKey] {
    (0..<count).map { derived(UInt64($0)) }
  }

  /// The key derived for the number: the same number gives the same key again.
  public func derived(_ number: UInt64) -> RandomKey {
    RandomKey(mixing: UInt64(words.x) | UInt64(words.y) << 32, with: number, purpose: 1)
  }

  /// Philox4x64 as the mixing function: its output is a bijection of the counter for each key.
  private init(mixing value: UInt64, with number: UInt64, purpose: UInt64) {
    let block = Philox4x64.block(counter: SIMD4(number, 0, 0, 0), key: SIMD2(value, purpose))
    self.init(words: SIMD2(UInt32(truncatingIfNeeded: block.x), UInt32(truncatingIfNeeded: block.x >> 32)))
  }
}
