internal import TensorCore

/// A diffusion of categories: with every step a token keeps its value or is drawn anew from a fixed distribution m, so
/// that q(x_t | x_0) = kept_t [x_t = x_0] + (1 - kept_t) m (Austin et al. 2021, arXiv 2107.03006).
///
/// With m concentrated on one extra category, the mask, it is absorbing diffusion (``MaskedDiffusion``); with m the
/// categories' frequencies in the data it is that of DiGress (``GraphDiffusion``); with m even it is uniform diffusion.
public struct CategoricalDiffusion: Sendable, Equatable {
  /// How likely a token has never been drawn anew at step t.
  public enum Schedule: Sendable, Hashable {
    /// kept_t = 1 - t / T: each step loses as many tokens as any other.
    case linear
    /// kept_t = cos^2((t / T + s) / (1 + s) pi / 2) / kept_0 with s = 0.008.
    case cosine
  }

  /// m, one number for each category.
  public let limit: [Double]
  /// kept_0 = 1, ..., kept_T = 0.
  private let kept: [Double]

  /// Traps when there are no steps, or the limit is no distribution.
  public init(steps: Int, limit: [Double], schedule: Schedule = .linear) {
    guard steps >= 1 else {
      trap("CategoricalDiffusion", "steps must be at least 1, but is " + String(steps) + "; 1000 is D3PM's choice")
    }
    var total = 0.0
    for probability in limit {
      guard probability >= 0, probability.isFinite else {
        trap(
          "CategoricalDiffusion", "limit holds " + probability.description + "; give a probability for each category")
      }
      total += probability
    }
    guard (total - 1).magnitude < 1e-6 else {
      trap("CategoricalDiffusion", "the probabilities of limit add up to " + total.description + " instead of 1")
    }
    self.limit = limit.map { $0 / total }
    kept = (0...steps).map { t in
      let share = Double(t) / Double(steps)
      if t == 0 || t == steps { return 1 - share }
      if schedule == .linear { return 1 - share }
      func f(_ share: Double) -> Double {
        let c = cos((share + 0.008) / 1.008 * Double.pi / 2)
        return c * c
      }
      return f(share) / f(0)
    }
  }

  /// T.
  public var stepCount: Int { kept.count - 1 }
  /// The number of categories.
  public var categories: Int { limit.count }

  /// kept_t, the probability that a token has never been drawn anew. Traps unless t is in 0...T.
  public func keptProbability(_ t: Int) -> Double {
    guard t >= 0, t < kept.count else {
      trap("CategoricalDiffusion", "there is no step " + String(t) + "; t runs from 0 to " + String(stepCount))
    }
    return kept[t]
  }

  /// q(x_t | x_0) for each category of x_t.
  public func marginal(x0: Int, t: Int) -> [Double] {
    let keep = keptProbability(t)
    var result = limit.map { (1 - keep) * $0 }
    result[check(x0, "marginal")] += keep
    return result
  }

  /// q(x_s | x_t, x_0) for each category of x_s, for s < t: by Bayes' rule proportional to q(x_t | x_s) q(x_s | x_0). For
  /// s = t - 1 it is what a reverse step would be if x_0 were known.
  public func posterior(x0: Int, xt: Int, from t: Int, to s: Int) -> [Double] {
    guard s < t else {
      trap("CategoricalDiffusion.posterior", "s must be below t, but they are " + String(s) + " and " + String(t))
    }
    let place = check(xt, "posterior")
    let ratio = keptProbability(s) > 0 ? keptProbability(t) / keptProbability(s) : 0
    var result = marginal(x0: x0, t: s)
    var total = 0.0
    for category in result.indices {
      // q(x_t | x_s): kept, or drawn anew.
      result[category] *= (1 - ratio) * limit[place] + (category == place ? ratio : 0)
      total += result[category]
    }
    guard total > 0 else { return marginal(x0: x0, t: s) }
    return result.map { $0 / total }
  }

  /// p(x_s | x_t) for a model that gives x_0 the probabilities `x0`: the mean of the posteriors (arXiv 2107.03006,
  /// equation 4; 2209.14734, equation 5).
  public func reverse(x0 probabilities: [Double], xt: Int, from t: Int, to s: Int) -> [Double] {
    var result = [Double](repeating: 0, count: categories)
    for (category, probability) in probabilities.enumerated() where probability > 0 {
      for (index, value) in posterior(x0: category, xt: xt, from: t, to: s).enumerated() {
        result[index] += probability * value
      }
    }
    return result
  }

  /// KL(q || p) = sum_i q_i ln(q_i / p_i), in nats.
  static func divergence(_ q: [Double], _ p: [Double]) -> Double {
    var sum = 0.0
    for (q, p) in zip(q, p) where q > 0 { sum += q * log(q / max(p, 1e-300)) }
    return sum
  }

  private func check(_ category: Int, _ name: String) -> Int {
    guard category >= 0, category < limit.count else {
      trap(
        "CategoricalDiffusion." + name,
        "there is no category " + String(category) + " among " + String(limit.count))
    }
    return category
  }
}
