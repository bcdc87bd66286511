/// The counter-based generator Philox4x32-10 (Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2,
/// 3", SC 2011): a keyed bijection of 128-bit counters, ten rounds. Word `n` of a stream can be computed without the
/// words before it.
public enum Philox4x32 {
  /// Four words for the counter and the key; word 0 is the least significant.
  public static func block(counter: SIMD4<UInt32>, key: SIMD2<UInt32>) -> SIMD4<UInt32> {
    var c = counter
    var k = key
    for round in 0..<10 {
      if round > 0 { k &+= SIMD2(0x9e37_79b9, 0xbb67_ae85) }
      let a = UInt64(c.x) &* 0xd251_1f53
      let b = UInt64(c.z) &* 0xcd9e_8d57
      c = SIMD4(
        UInt32(truncatingIfNeeded: b >> 32) ^ c.y ^ k.x, UInt32(truncatingIfNeeded: b),
        UInt32(truncatingIfNeeded: a >> 32) ^ c.w ^ k.y, UInt32(truncatingIfNeeded: a))
    }
    return c
  }
}

/// Philox4x64-10, the 64-bit sister, which NumPy offers as `numpy.random.Philox`. Here it derives keys.
public enum Philox4x64 {
  public static func block(counter: SIMD4<UInt64>, key: SIMD2<UInt64>) -> SIMD4<UInt64> {
    var c = counter
    var k = key
    for round in 0..<10 {
      if round > 0 { k &+= SIMD2(0x9e37_79b9_7f4a_7c15, 0xbb67_ae85_84ca_a73b) }
      let a = UInt64(0xd2e7_470e_e14c_6c93).multipliedFullWidth(by: c.x)
      let b = UInt64(0xca5a_8263_9512_1157).multipliedFullWidth(by: c.z)
      c = SIMD4(b.high ^ c.y ^ k.x, b.low, a.high ^ c.w ^ k.y, a.low)
    }
    return c
  }
}
