/// The natural logarithm. Error below 1 ULP. `log(0)` is minus infinity, NaN below.
public func log(_ x: Double) -> Double {
  let (high, low) = logarithm(x)
  return high.isFinite ? high + low : high
}

/// `log(1 + x)` without cancellation near 0. Error below 2 ULP.
public func log1p(_ x: Double) -> Double {
  if x.magnitude < 1e-18 || x.isNaN || x == .infinity { return x }
  if x < -1 { return .nan }
  if x == -1 { return -.infinity }
  // log(1 + x) = log(u) + (what rounding 1 + x to u lost) / u.
  let u = 1 + x
  let lost = x >= 1 ? 1 - (u - x) : x - (u - 1)
  let (high, low) = logarithm(u)
  return high + (low + lost / u)
}

/// The base-2 logarithm. Error below 2 ULP.
public func log2(_ x: Double) -> Double {
  let (high, low) = logarithm(x)
  if !high.isFinite { return high }
  let inverse = 1.4426950408889634
  let product = high * inverse
  let rest = (-product).addingProduct(high, inverse) + (low * inverse + high * 2.0355273740931033e-17)
  return product + rest
}

/// The base-10 logarithm. Error below 2 ULP.
public func log10(_ x: Double) -> Double {
  let (high, low) = logarithm(x)
  if !high.isFinite { return high }
  let inverse = 0.4342944819032518
  let product = high * inverse
  let rest = (-product).addingProduct(high, inverse) + (low * inverse + high * 1.098319650216765e-17)
  return product + rest
}

/// The natural logarithm in two parts, good to about 2^-62 relative to it.
///
/// `x = 2^e m` with `m` in `[sqrt(1/2), sqrt 2)`; with `s = (m - 1) / (m + 1)`, `log m = 2 atanh s`, whose series in
/// `s^2` is summed to the 23rd power (`|s| < 0.172`). The first term is carried in two parts.
func logarithm(_ x: Double) -> (high: Double, low: Double) {
  if x.isNaN || x < 0 { return (.nan, 0) }
  if x == 0 { return (-.infinity, 0) }
  if x == .infinity { return (x, 0) }
  var exponent = Double(x.exponent)
  var m = x.significand
  if m > 1.4142135623730951 {
    m *= 0.5
    exponent += 1
  }
  let f = m - 1
  let denominator = m + 1
  let denominatorLost = (m - (denominator - 1))
  let s = f / denominator
  // What the division lost: (f - s (m + 1)) / (m + 1).
  let sLow = (f.addingProduct(-s, denominator) - s * denominatorLost) / denominator
  let square = s * s
  var series = 1.0 / 23
  for odd in stride(from: 21.0, through: 3.0, by: -2.0) { series = series.fusedMultiplyAdd(square, 1 / odd) }
  let first = 2 * s
  let rest = (2 * sLow).addingProduct(first * square, series)
  let big = exponent * Double.logTwoHigh
  let high = big + first
  let lost = exponent == 0 ? 0 : first - (high - big)
  return twoSum(high, lost + (rest + exponent * Double.logTwoLow))
}

/// The rounded sum and what rounding lost, for `|a| >= |b|`.
private func twoSum(_ a: Double, _ b: Double) -> (high: Double, low: Double) {
  let sum = a + b
  return (sum, b - (sum - a))
}
