// Elementary functions of sixteen floats at once. The coefficients are minimax fits; the script that made them is
// among the tests' references. NaN stays NaN throughout.

extension Vector {
  /// `e` raised to each lane. Error below 1 ULP; subnormal results are rounded correctly to within 1 ULP too.
  ///
  /// `x = n ln 2 + r`, `e^x = 2^n e^r`. Adding and subtracting 1.5 * 2^23 rounds to an integer and leaves it in the low
  /// bits, which is many times faster than a conversion.
  @inline(__always)
  var exponential: Vector {
    let x = clamped(-105, 89)
    let (n, r) = x.reducedByLogTwo
    let tail = Vector.splat(0x1.6a2594p-10)
      .times(r, plus: 0x1.123a5cp-7).times(r, plus: 0x1.5558f2p-5).times(r, plus: 0x1.555490p-3)
      .times(r, plus: 0x1.fffffcp-2)
    let value = tail.times(r * r, plus: r) + .splat(1)
    // 2^n in two factors, since n runs from -152 to 128.
    let half = n &>> IntVector(repeating: 1)
    return value * .powerOfTwo(half) * .powerOfTwo(n &- half)
  }

  /// `e` raised to each lane, minus 1, without cancellation near 0. Error below 2 ULP.
  @inline(__always)
  var exponentialMinusOne: Vector {
    let x = clamped(-30, 89)
    let (n, r) = x.reducedByLogTwo
    let small = x.smallExponentialMinusOne(reduced: r)
    // 2^n (small + 1) - 1; 2^n halved, so that n = 128 does not overflow on the way.
    let power = Vector.powerOfTwo(n &- IntVector(repeating: 1))
    let value = small.times(power, plus: power - .splat(0.5)) * .splat(2)
    return value.replacing(with: self, where: self |==| .splat(0))
  }

  @inline(__always)
  private func smallExponentialMinusOne(reduced r: Vector) -> Vector {
    let tail = Vector.splat(0x1.a03370p-13)
      .times(r, plus: 0x1.6d7292p-10).times(r, plus: 0x1.11118ap-7).times(r, plus: 0x1.5554b0p-5)
      .times(r, plus: 0x1.555554p-3).times(r, plus: 0.5)
    return tail.times(r * r, plus: r)
  }

  /// `n` and `r` of `x = n ln 2 + r`, `|r| <= ln 2 / 2`.
  @inline(__always)
  private var reducedByLogTwo: (n: IntVector, r: Vector) {
    let shifted = times(.splat(1.44269504), plus: 12_582_912)
    let n = shifted - .splat(12_582_912)
    let r = n.times(.splat(-1.42860677e-6), plus: n.times(.splat(-0.693145752), plus: self))
    let integer = unsafeBitCast(shifted, to: IntVector.self) &- IntVector(repeating: 0x4b40_0000)
    return (integer, r)
  }

  @inline(__always)
  private static func powerOfTwo(_ n: IntVector) -> Vector {
    unsafeBitCast((n &+ IntVector(repeating: 127)) &<< IntVector(repeating: 23), to: Vector.self)
  }

  /// The hyperbolic tangent. Error below 3 ULP: `tanh |x| = -t / (2 + t)` with `t = expm1(-2 |x|)`.
  @inline(__always)
  var hyperbolicTangent: Vector {
    let t = (magnitude * .splat(-2)).exponentialMinusOne
    let value = Vector(bits: (t / (.splat(2) + t)).bits & BitVector(repeating: 0x7fff_ffff))
    return Vector(bits: value.bits | (bits & BitVector(repeating: 0x8000_0000)))
  }

  /// `1 / (1 + e^-x)`. Error below 3 ULP; 0 below -88.4, where the value is subnormal.
  ///
  /// The most used of the activations, so it does without what the exponential needs for its subnormal results: with
  /// `-x = n ln 2 - q`, the rounding constant leaves `n + 127` in the low bits, which shifted is `2^n` itself (infinite
  /// for n = 128), and `2^n e^-q + 1` is one operation.
  @inline(__always)
  var logistic: Vector {
    let x = clamped(-89, 87)
    let shifted = x.times(.splat(-1.44269504), plus: 12_583_039)
    let n = shifted - .splat(12_583_039)
    let q = n.times(.splat(1.42860677e-6), plus: n.times(.splat(0.693145752), plus: x))
    let tail = Vector.splat(0x1.6a2594p-10)
      .times(q, plus: -0x1.123a5cp-7).times(q, plus: 0x1.5558f2p-5).times(q, plus: -0x1.555490p-3)
      .times(q, plus: 0x1.fffffcp-2)
    let power = Vector(bits: shifted.bits &<< BitVector(repeating: 23))
    let value = tail.times(q * q, plus: .splat(1) - q)
    return .splat(1) / value.times(power, plus: 1)
  }
}
