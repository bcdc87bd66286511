/// The error function, `2 / sqrt(pi) * integral of e^(-t^2) from 0 to x`. Error below 4 ULP.
///
/// Below 2: the series `2 / sqrt(pi) * e^(-x^2) * sum 2^n x^(2n+1) / (1 * 3 * ... * (2n+1))`, all of whose terms
/// have one sign (Abramowitz and Stegun 7.1.6). Above: `1 - erfc(x)`.
public func erf(_ x: Double) -> Double {
  if x.isNaN { return x }
  let magnitude = x.magnitude
  if magnitude >= 2 {
    let value = 1 - erfc(magnitude)
    return x < 0 ? -value : value
  }
  return x * errorSeries(magnitude)
}

/// The complementary error function, `1 - erf(x)`, without cancellation for large `x`. Error below 32 ULP
/// where the result is normal (the argument of `exp` is carried in two parts).
///
/// From 2 on: the continued fraction `e^(-x^2) / sqrt(pi) * 1/(x + (1/2)/(x + 1/(x + (3/2)/(x + ...))))`
/// (Abramowitz and Stegun 7.1.14), evaluated from its 120th level.
public func erfc(_ x: Double) -> Double {
  if x.isNaN { return x }
  if x < 2 {
    if x < -2 { return 2 - erfc(-x) }
    return 1 - x * errorSeries(x.magnitude)
  }
  if x > 27.3 { return 0 }
  var fraction = x
  for level in stride(from: 120.0, through: 1.0, by: -1.0) { fraction = x + (0.5 * level) / fraction }
  return gaussian(x) * 0.5641895835477563 / fraction
}

/// `erf(x) / x` for `0 <= x < 2`.
private func errorSeries(_ x: Double) -> Double {
  let square = x * x
  var term = 1.0
  var sum = 1.0
  var odd = 1.0
  while term > sum * 1e-18 {
    odd += 2
    term *= 2 * square / odd
    sum += term
  }
  return 1.1283791670955126 * gaussian(x) * sum
}

/// `e^(-x^2)`: what squaring loses is put back.
private func gaussian(_ x: Double) -> Double {
  let square = x * x
  let lost = (-square).addingProduct(x, x)
  let value = exp(-square)
  return value.addingProduct(-value, lost)
}
