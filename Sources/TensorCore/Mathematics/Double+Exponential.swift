// Elementary functions of Double: used for schedules, statistics and finite differences. They are the core's own so
// that a result never depends on which C library, or which of its code paths, the machine has.

/// `e` raised to `x`. Error below 1 ULP for normal results.
///
/// `x = n ln 2 + r` with `|r| <= ln 2 / 2`; `e^r` is its Taylor series to the 14th power, whose remainder is below
/// 2^-62 there; the reduction's rounding error is carried along as `low`.
public func exp(_ x: Double) -> Double { exponential(x, low: 0) }

/// `e^(x + low)` for a `low` far below `x`.
private func exponential(_ x: Double, low rest: Double) -> Double {
  if x.isNaN { return x }
  if x > 709.8 { return .infinity }
  if x < -745.2 { return 0 }
  let n = (x * 1.4426950408889634).nearestInteger
  let reduced = n.fusedMultiplyAdd(-Double.logTwoHigh, x)
  let low = rest - n * Double.logTwoLow
  let r = reduced + low
  let lost = (reduced - r) + low
  let value = 1 + (r + (lost + r * r * exponentialTail(r)))
  return scale(value, byPowerOfTwo: Int(n))
}

/// `e` raised to `x`, minus 1, without cancellation near 0. Error below 2 ULP.
public func expm1(_ x: Double) -> Double {
  if x.isNaN || x == 0 { return x }
  if x > 709.8 { return .infinity }
  if x < -40 { return -1 }
  let n = (x * 1.4426950408889634).nearestInteger
  let reduced = n.fusedMultiplyAdd(-Double.logTwoHigh, x)
  let low = -n * Double.logTwoLow
  let r = reduced + low
  let lost = (reduced - r) + low
  let small = r + (lost + r * r * exponentialTail(r))
  if n == 0 { return small }
  // 2^n (small + 1) - 1 = 2^n (small + (1 - 2^-n)), and 1 - 2^-n is exact for |n| <= 53.
  if n > 56 { return scale(1 + small, byPowerOfTwo: Int(n)) - 1 }
  let power = scale(1, byPowerOfTwo: Int(n))
  return small.fusedMultiplyAdd(power, power - 1)
}

/// `(e^r - 1 - r) / r^2` for `|r| <= ln 2 / 2`.
private func exponentialTail(_ r: Double) -> Double {
  var tail = 1.0 / 87_178_291_200
  tail = tail.fusedMultiplyAdd(r, 1.0 / 6_227_020_800)
  tail = tail.fusedMultiplyAdd(r, 1.0 / 479_001_600)
  tail = tail.fusedMultiplyAdd(r, 1.0 / 39_916_800)
  tail = tail.fusedMultiplyAdd(r, 1.0 / 3_628_800)
  tail = tail.fusedMultiplyAdd(r, 1.0 / 362_880)
  tail = tail.fusedMultiplyAdd(r, 1.0 / 40_320)
  tail = tail.fusedMultiplyAdd(r, 1.0 / 5_040)
  tail = tail.fusedMultiplyAdd(r, 1.0 / 720)
  tail = tail.fusedMultiplyAdd(r, 1.0 / 120)
  tail = tail.fusedMultiplyAdd(r, 1.0 / 24)
  tail = tail.fusedMultiplyAdd(r, 1.0 / 6)
  return tail.fusedMultiplyAdd(r, 0.5)
}

/// `value * 2^n`, in two steps so that subnormal results and results near the largest number come out right.
private func scale(_ value: Double, byPowerOfTwo n: Int) -> Double {
  let half = n >> 1
  return value * Double.powerOfTwo(half) * Double.powerOfTwo(n - half)
}

extension Double {
  /// ln 2 to 33 bits, so that its product with an exponent is exact, and the rest.
  static let logTwoHigh = 0x1.62e42feep-1
  static let logTwoLow = 0x1.a39ef35793c76p-33

  /// The nearest whole number, for magnitudes below 2^51. (`rounded()` calls the C library.)
  @inline(__always)
  var nearestInteger: Double { (self + 0x1.8p52) - 0x1.8p52 }

  /// `2^n` for a normal result, from its bits.
  static func powerOfTwo(_ n: Int) -> Double {
    Double(bitPattern: UInt64(n + 1023) << 52)
  }

  /// A polynomial's step, `self * x + next`, rounded once.
  @inline(__always)
  func fusedMultiplyAdd(_ x: Double, _ next: Double) -> Double {
    next.addingProduct(self, x)
  }
}

/// The hyperbolic tangent. Error below 3 ULP: `tanh |x| = -t / (2 + t)` with `t = expm1(-2 |x|)`.
public func tanh(_ x: Double) -> Double {
  let magnitude = x.magnitude
  if magnitude < 1e-9 || x.isNaN { return x }
  let t = magnitude > 22 ? -1 : expm1(-2 * magnitude)
  let value = -t / (2 + t)
  return x < 0 ? -value : value
}

/// `base` raised to `exponent`, for a base of 0 or more; NaN for a negative base. Error below 1 ULP: the logarithm and
/// its product with the exponent are carried in two parts.
public func pow(_ base: Double, _ exponent: Double) -> Double {
  if exponent == 0 || base == 1 { return 1 }
  if base.isNaN || exponent.isNaN || base < 0 { return .nan }
  if base == 0 { return exponent > 0 ? 0 : .infinity }
  let (high, low) = logarithm(base)
  if high.isInfinite { return exponent > 0 ? .infinity : 0 }
  let product = exponent * high
  if !product.isFinite || product.magnitude > 800 { return exp(product) }
  return exponential(product, low: (-product).addingProduct(exponent, high) + exponent * low)
}

/// The square root, correctly rounded.
public func sqrt(_ x: Double) -> Double { x.squareRoot() }

/// The square root, correctly rounded.
public func sqrt(_ x: Float) -> Float { x.squareRoot() }
