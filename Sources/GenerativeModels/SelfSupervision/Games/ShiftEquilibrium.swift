internal import TensorCore

/// Where SSGAN's generator ends on a line, exactly: the equilibrium of the non-saturating game with shifts
/// T_k(x) = x + k step, k = 0 ..< K, and the generator's weight lambda.
///
/// The best classifier, which learns on real rows only, is C*(k | y) = p_d(y - k step) / sum_j p_d(y - j step). With
/// c(x) = 1/K sum_k -log C*(k | x + k step), what the pretext task costs a generated row at x, the generator minimizes
/// E_{p_g} [-log D(x) + lambda c(x)] against D = p_d / (p_d + p_g). Where p_g > 0 the bracket with the best response D is
/// level, which gives
///
///     p_g(x) = p_d(x) max(0, e^(-lambda c(x)) / C - 1)
///
/// with the constant C for which p_g integrates to 1. At lambda = 0 it is p_d; otherwise it leans to where the shifts
/// are told apart most easily. Everything is computed in Double, by quadrature.
public struct ShiftEquilibrium: Sendable {
  /// Where the densities are tabulated, evenly spaced.
  public let points: [Double]
  /// p_d at ``points``.
  public let dataDensity: [Double]
  /// p_g at ``points``.
  public let density: [Double]
  /// c at ``points``.
  public let pretextCost: [Double]
  /// C.
  public let normalizer: Double
  public let mean: Double
  public let standardDeviation: Double

  /// - Parameters:
  ///   - logDensity: log p_d.
  ///   - shifts: K and step.
  ///   - lambda: the weight of the pretext task in the generator's loss: alpha of ``SSGANObjective``.
  ///   - quadrature: has to reach beyond the data's density.
  ///
  /// Traps when lambda is negative, and when p_d does not integrate to 1 within 1 %.
  public init(
    logDensity: (Double) -> Double, shifts: Shifts, lambda: Double,
    by quadrature: Quadrature = Quadrature(over: -12...12)
  ) {
    guard lambda >= 0, lambda.isFinite else {
      trap("ShiftEquilibrium", "lambda must be 0 or more, but is " + lambda.description)
    }
    points = quadrature.points
    let data = points.map { exp(logDensity($0)) }
    let total = quadrature.integral(of: data)
    guard abs(total - 1) < 0.01 else {
      trap(
        "ShiftEquilibrium",
        "the data's density integrates to " + total.description + " over the quadrature's interval; make that wider")
    }
    let cost = points.map { meanCost(at: $0, logDensity, shifts) }
    // Costs above the least one: e^(-lambda c) itself would underflow for large lambda, and the root C with it.
    let least = cost.min() ?? 0
    let gain = cost.map { exp(-lambda * ($0 - least)) }
    // The integral falls as C grows: the gain is at most 1, so that C <= 1/2 at the solution; C near 0 gives too much.
    var (low, high) = (0.0, 0.5)
    for _ in 0..<100 {
      let middle = (low + high) / 2
      let mass = quadrature.integral(of: tilted(data, gain, middle))
      if mass > 1 { low = middle } else { high = middle }
    }
    normalizer = high * exp(-lambda * least)
    let found = tilted(data, gain, high)
    var (first, second) = (found, found)
    for index in points.indices { first[index] *= points[index] }
    mean = quadrature.integral(of: first)
    for index in points.indices { second[index] *= (points[index] - mean) * (points[index] - mean) }
    standardDeviation = quadrature.integral(of: second).squareRoot()
    dataDensity = data
    density = found
    pretextCost = cost
  }
}

/// p_d max(0, gain / C - 1).
private func tilted(_ data: [Double], _ gain: [Double], _ constant: Double) -> [Double] {
  var result = data
  for index in data.indices { result[index] *= max(0, gain[index] / constant - 1) }
  return result
}

/// c(x), with the classifier's denominator summed in logarithms.
private func meanCost(at x: Double, _ logDensity: (Double) -> Double, _ shifts: Shifts) -> Double {
  let own = logDensity(x)
  var total = 0.0
  for k in 0..<shifts.count {
    var terms: [Double] = []
    for j in 0..<shifts.count { terms.append(logDensity(x + Double(k - j) * Double(shifts.step))) }
    let largest = terms.max() ?? own
    var sum = 0.0
    for term in terms { sum += exp(term - largest) }
    total += largest + log(sum) - own
  }
  return total / Double(shifts.count)
}
