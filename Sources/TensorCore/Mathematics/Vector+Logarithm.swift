extension Vector {
  /// The natural logarithm. Error below 1 ULP. 0 gives minus infinity, negative numbers NaN.
  ///
  /// `x = 2^e m`, `m` in `[sqrt(1/2), sqrt 2)`; `log m = f - f^2 / 2 + f^3 p(f)` with `f = m - 1`.
  @inline(__always)
  var logarithm: Vector {
    // Subnormal numbers are scaled up first.
    let tiny = self |<| .splat(0x1p-126)
    let scaled = replacing(with: self * .splat(0x1p23), where: tiny)
    // The exponent, counted from sqrt(1/2): what is above its bits after subtracting those of sqrt(1/2).
    let offset = unsafeBitCast(scaled, to: IntVector.self) &- IntVector(repeating: 0x3f35_04f3)
    let exponentBits = offset &>> IntVector(repeating: 23)
    let mantissa = unsafeBitCast(
      (offset & IntVector(repeating: 0x007f_ffff)) &+ IntVector(repeating: 0x3f35_04f3), to: Vector.self)
    let counted = exponentBits &- IntVector(repeating: 0).replacing(with: IntVector(repeating: 23), where: tiny)
    let e = Vector.smallInteger(counted)
    let f = mantissa - .splat(1)
    let p = Vector.splat(0x1.145394p-4)
      .times(f, plus: -0x1.de385ep-4).times(f, plus: 0x1.e6f042p-4).times(f, plus: -0x1.fc22a6p-4)
      .times(f, plus: 0x1.233774p-3).times(f, plus: -0x1.555c48p-3).times(f, plus: 0x1.99a4b4p-3)
      .times(f, plus: -0x1.000006p-2).times(f, plus: 0x1.555548p-2)
    let square = f * f
    let low = (f * p).times(square, plus: e * .splat(1.42860677e-6))
    let value = e.times(.splat(0.693145752), plus: f + square.times(.splat(-0.5), plus: low))
    return
      value
      .replacing(with: self, where: self |==| .splat(.infinity))
      .replacing(with: .splat(-.infinity), where: self |==| .splat(0))
      .replacing(with: .splat(.nan), where: !(self |>=| .splat(0)))
  }

  /// Integers of magnitude below 2^22, exactly: their bits are added to those of 1.5 * 2^23.
  @inline(__always)
  static func smallInteger(_ integers: IntVector) -> Vector {
    unsafeBitCast(integers &+ IntVector(repeating: 0x4b40_0000), to: Vector.self) - .splat(12_582_912)
  }

  /// `log(1 + x)` without cancellation near 0. Error below 2 ULP.
  ///
  /// `log(1 + x) = log(u) + (what rounding 1 + x to u lost) / u`.
  @inline(__always)
  var logarithmOfOnePlus: Vector {
    let u = self + .splat(1)
    let lostSmall = self - (u - .splat(1))
    let lostLarge = .splat(1) - (u - self)
    let lost = lostSmall.replacing(with: lostLarge, where: self |>| .splat(1))
    let value = u.logarithm + lost / u
    return
      value
      .replacing(with: self, where: self |==| .splat(0))
      .replacing(with: u, where: self |==| .splat(.infinity))
      .replacing(with: .splat(-.infinity), where: self |==| .splat(-1))
  }
}
