extension Tensor {
  /// Each scalar times itself.
  public func squared() -> Tensor { mapped { $0 * $0 } }

  /// Square roots, correctly rounded; NaN for negative numbers.
  public func squareRoot() -> Tensor { mapped { $0.root } }

  /// Each scalar moved into the range: below it to its lower bound, above it to its upper.
  public func clamped(to range: ClosedRange<Float>) -> Tensor {
    mapped { $0.clamped(range.lowerBound, range.upperBound) }
  }

  /// `1 / x`.
  public func reciprocal() -> Tensor { mapped { .splat(1) / $0 } }
}

/// Absolute values.
public func abs(_ x: Tensor) -> Tensor { x.mapped { $0.magnitude } }

/// 1 for positive numbers, -1 for negative ones, 0 for zeros.
public func sign(_ x: Tensor) -> Tensor {
  x.mapped {
    Vector.splat(0).replacing(with: .splat(1), where: $0 |>| .splat(0)).replacing(
      with: .splat(-1), where: $0 |<| .splat(0))
  }
}

/// `e` raised to each scalar. Error below 1 ULP.
public func exp(_ x: Tensor) -> Tensor { x.mapped { $0.exponential } }

/// `e` raised to each scalar, minus 1, without cancellation near 0. Error below 2 ULP.
public func expm1(_ x: Tensor) -> Tensor { x.mapped { $0.exponentialMinusOne } }

/// Natural logarithms. Error below 1 ULP.
public func log(_ x: Tensor) -> Tensor { x.mapped { $0.logarithm } }

/// `log(1 + x)` without cancellation near 0. Error below 2 ULP.
public func log1p(_ x: Tensor) -> Tensor { x.mapped { $0.logarithmOfOnePlus } }

/// Sines of angles in radians. Error below 2 ULP.
public func sin(_ x: Tensor) -> Tensor { x.mapped { $0.sine } }

/// Cosines of angles in radians. Error below 2 ULP.
public func cos(_ x: Tensor) -> Tensor { x.mapped { $0.cosine } }

/// The error function. Error below 2 ULP.
public func erf(_ x: Tensor) -> Tensor { x.mapped { $0.errorFunction } }

/// Square roots, correctly rounded.
public func sqrt(_ x: Tensor) -> Tensor { x.squareRoot() }

/// Each scalar raised to the exponent, through Double and rounded once; NaN for negative scalars unless the exponent
/// is a whole number.
public func pow(_ x: Tensor, _ exponent: Float) -> Tensor {
  if exponent == 2 { return x.squared() }
  let whole = exponent.magnitude < 16_777_216 && exponent == Float(Int(exponent))
  let odd = whole && Int(exponent) % 2 != 0
  return Tensor(shape: x.shape) { result in
    x.withUnsafeScalars { x in
      for index in x.indices {
        let value = Double(whole ? x[index].magnitude : x[index])
        let power = Float(pow(value, Double(exponent)))
        result[index] = odd && x[index] < 0 ? -power : power
      }
    }
  }
}
