internal import TensorCore

/// z with P(Z <= z) = p for a standard normal Z, for 0.5 <= p < 1.
func normalQuantile(_ p: Double) -> Double {
  bisect { 0.5 * erfc(-$0 / 2.0.squareRoot()) >= p }
}

/// t with P(T <= t) = p for Student's distribution, for 0.5 <= p < 1.
func studentQuantile(_ p: Double, freedom: Int) -> Double {
  bisect { 0.5 + 0.5 * studentCentralMass($0, freedom: freedom) >= p }
}

/// P(|T| <= t), t >= 0: the finite sums for whole degrees of freedom (Abramowitz and Stegun, 26.7.3 and 26.7.4).
private func studentCentralMass(_ t: Double, freedom: Int) -> Double {
  let n = Double(freedom)
  let cosineSquared = 1 / (1 + t * t / n)
  let sine = (t * t / (n + t * t)).squareRoot()
  var term = freedom % 2 == 0 ? 1 : cosineSquared.squareRoot()
  var sum = freedom == 1 ? 0 : term
  var step = freedom % 2 == 0 ? 2 : 3
  while step < freedom {
    term *= cosineSquared * Double(step - 1) / Double(step)
    sum += term
    step += 2
  }
  if freedom % 2 == 0 { return sine * sum }
  return 2 / Double.pi * (arctangent(t / n.squareRoot()) + sine * sum)
}

/// atan x for x >= 0, by halving the angle until the series converges within few terms.
private func arctangent(_ x: Double) -> Double {
  if x > 1 { return Double.pi / 2 - arctangent(1 / x) }
  var (value, factor) = (x, 1.0)
  while value > 0.01 {
    value = value / (1 + (1 + value * value).squareRoot())
    factor *= 2
  }
  let square = value * value
  return factor * value * (1 - square * (1 / 3.0 - square * (1 / 5.0 - square * (1 / 7.0 - square / 9))))
}

/// The smallest x >= 0 at which the monotone condition holds.
private func bisect(_ condition: (Double) -> Bool) -> Double {
  var (low, high) = (0.0, 1.0)
  while !condition(high) && high < 1e15 { (low, high) = (high, 2 * high) }
  while true {
    let middle = low + (high - low) / 2
    if middle <= low || middle >= high { return high }
    if condition(middle) { high = middle } else { low = middle }
  }
}

/// P(|x| <= r) for x ~ N(0, I) in d dimensions: the regularized incomplete gamma function P(d/2, r^2/2), by the
/// recurrence P(a + 1, x) = P(a, x) - x^a e^-x / Gamma(a + 1) from P(1/2, x) = erf(sqrt x), P(1, x) = 1 - e^-x.
func normalBallMass(radius: Double, dimension: Int) -> Double {
  let x = radius * radius / 2
  let isEven = dimension % 2 == 0
  var a = isEven ? 1.0 : 0.5
  var mass = isEven ? -expm1(-x) : erf(x.squareRoot())
  // x^a e^-x / Gamma(a + 1); Gamma(3/2) = sqrt(pi) / 2.
  var term = isEven ? x * exp(-x) : 2 * (x / Double.pi).squareRoot() * exp(-x)
  while a < Double(dimension) / 2 {
    mass -= term
    a += 1
    term *= x / a
  }
  return max(0, mass)
}
