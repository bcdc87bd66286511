internal import TensorCore

/// The best discriminator there can be between two known densities: D*(x) = p(x) / (p(x) + q(x)), with p the data's
/// density and q the generator's (Goodfellow et al. 2014, arXiv 1406.2661, proposition 1).
///
/// Densities are given by their logarithms, so that far tails neither vanish nor divide 0 by 0. A point is whatever the
/// densities take: a number, or a row.
public struct OptimalDiscriminator<Point> {
  private let logRatio: (Point) -> Double

  /// - Parameters:
  ///   - logData: log p.
  ///   - logGenerated: log q.
  public init(logData: @escaping (Point) -> Double, logGenerated: @escaping (Point) -> Double) {
    logRatio = { logData($0) - logGenerated($0) }
  }

  /// l*(x) = log p(x) - log q(x): what the network's logit should be.
  public func logit(_ x: Point) -> Double { logRatio(x) }

  /// D*(x) = sigmoid(l*(x)).
  public func callAsFunction(_ x: Point) -> Double { logistic(logRatio(x)) }
}

/// The value of the minimax game for two densities on a line and a discriminator: V = E_p log D + E_q log(1 - D)
/// (Goodfellow et al. 2014, equation 1).
///
/// At D* it is -ln 4 + 2 JSD(p, q); at the equilibrium p = q, -ln 4 = -1.386294.
///
/// - Parameters:
///   - logData: log p.
///   - logGenerated: log q.
///   - logit: the discriminator, D = sigmoid(l).
///   - quadrature: has to reach beyond both densities.
public func adversarialValue(
  logData: (Double) -> Double, logGenerated: (Double) -> Double, logit: (Double) -> Double,
  by quadrature: Quadrature
) -> Double {
  quadrature.integral { x in
    let l = logit(x)
    return -exp(logData(x)) * softplus(-l) - exp(logGenerated(x)) * softplus(l)
  }
}

/// The Jensen-Shannon divergence of two densities on a line, in nats: JSD = 1/2 KL(p || m) + 1/2 KL(q || m) with
/// m = (p + q) / 2. It lies between 0 and ln 2.
public func jensenShannonDivergence(
  logData: (Double) -> Double, logGenerated: (Double) -> Double, by quadrature: Quadrature
) -> Double {
  let value = adversarialValue(
    logData: logData, logGenerated: logGenerated, logit: { logData($0) - logGenerated($0) }, by: quadrature)
  return (value + 2 * log(2.0)) / 2
}

/// log N(x; mean, deviation^2), for densities on a line. Traps unless the deviation is positive.
public func logNormalDensity(_ x: Double, mean: Double = 0, standardDeviation deviation: Double = 1) -> Double {
  guard deviation > 0, deviation.isFinite else {
    trap("logNormalDensity", "the standard deviation must be positive, not " + deviation.description)
  }
  let z = (x - mean) / deviation
  return -0.5 * z * z - log(deviation) - 0.5 * log(2 * Double.pi)
}

/// 1 / (1 + e^-x), without overflow.
func logistic(_ x: Double) -> Double { x >= 0 ? 1 / (1 + exp(-x)) : exp(x) / (1 + exp(x)) }

/// log(1 + e^x), without overflow and without losing small terms.
func softplus(_ x: Double) -> Double { max(x, 0) + log1p(exp(-abs(x))) }
