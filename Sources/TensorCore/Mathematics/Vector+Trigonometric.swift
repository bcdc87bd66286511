extension Vector {
  /// The sine of angles in radians. Error below 2 ULP for every finite angle.
  @inline(__always)
  var sine: Vector { trigonometric(quarterTurns: 0).replacing(with: self, where: self |==| .splat(0)) }

  /// The cosine of angles in radians. Error below 2 ULP for every finite angle.
  @inline(__always)
  var cosine: Vector { trigonometric(quarterTurns: 1) }

  /// `sin(x + quarterTurns * pi / 2)`.
  @inline(__always)
  private func trigonometric(quarterTurns: Int32) -> Vector {
    let large = !(magnitude |<=| .splat(20_000))
    let shifted = times(.splat(0.636619772), plus: 12_582_912)
    let n = shifted - .splat(12_582_912)
    // pi/2 in three floats, the products exact in the fused steps.
    let r = n.times(
      .splat(0x1.ee59dap-50),
      plus: n.times(.splat(0x1.777a5cp-25), plus: n.times(.splat(-0x1.921fb6p+0), plus: self)))
    let quadrant = unsafeBitCast(shifted, to: IntVector.self) &+ IntVector(repeating: quarterTurns)
    let value = Vector.sineOrCosine(r, quadrant: quadrant)
    // Beyond 20,000 the three parts no longer suffice: such lanes, which no model has, go through Double.
    if large.any { return replacingLargeAngles(value, large, quarterTurns) }
    return value
  }

  @inline(__always)
  private static func sineOrCosine(_ r: Vector, quadrant: IntVector) -> Vector {
    let square = r * r
    let sine = (r * square).times(
      .splat(0x1.6cd5f8p-19).times(square, plus: -0x1.a00f94p-13).times(square, plus: 0x1.111108p-7)
        .times(square, plus: -0x1.555556p-3), plus: r)
    let cosine = (square * square).times(
      .splat(0x1.99ffe2p-16).times(square, plus: -0x1.6c0c84p-10).times(square, plus: 0x1.55554ap-5),
      plus: square.times(.splat(-0.5), plus: 1))
    let odd = (quadrant & IntVector(repeating: 1)) |==| IntVector(repeating: 1)
    let value = sine.replacing(with: cosine, where: odd)
    let sign = (quadrant & IntVector(repeating: 2)) &<< IntVector(repeating: 30)
    return Vector(bits: value.bits ^ unsafeBitCast(sign, to: BitVector.self))
  }

  @inline(never)
  private func replacingLargeAngles(
    _ value: Vector, _ large: Mask, _ quarterTurns: Int32
  ) -> Vector {
    var value = value
    for lane in 0..<16 where large.lanes[lane] != 0 {
      let x = Double(self[lane])
      value[lane] = Float(quarterTurns == 0 ? sin(x) : cos(x))
    }
    return value
  }

  /// The error function. Error below 2 ULP.
  ///
  /// Below 0.875 an odd polynomial; above, `1 - e^(-p(|x|))` where `p` approximates `-log(erfc(x))`.
  @inline(__always)
  var errorFunction: Vector {
    let square = self * self
    let inner = times(
      .splat(0x1.6bdf9ap-14).times(square, plus: -0x1.ae7fa6p-11).times(square, plus: 0x1.553abcp-8)
        .times(square, plus: -0x1.b819a8p-6).times(square, plus: 0x1.ce2e84p-4).times(square, plus: -0x1.812744p-2)
        .times(square, plus: 0x1.06eba8p-3), plus: self)
    let t = magnitude.clamped(0, 4.1)
    let p = Vector.splat(-0x1.4abf74p-20)
      .times(t, plus: 0x1.4c6a32p-16).times(t, plus: -0x1.eae576p-14).times(t, plus: 0x1.dd936ep-14)
      .times(t, plus: 0x1.6f94e2p-9).times(t, plus: -0x1.773194p-6).times(t, plus: 0x1.b1e374p-4)
      .times(t, plus: 0x1.451354p-1).times(t, plus: 0x1.2100cep+0).times(t, plus: -0x1.3d8234p-14)
    let outer = .splat(1) - (.splat(0) - p).exponential
    let signed = Vector(bits: outer.bits | (bits & BitVector(repeating: 0x8000_0000)))
    return inner.replacing(with: signed, where: magnitude |>| .splat(0.875))
  }
}
