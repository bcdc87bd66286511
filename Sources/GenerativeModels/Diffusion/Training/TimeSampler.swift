public import TensorCore

/// How the steps of a training batch are drawn.
public enum TimeSampling: Sendable, Hashable {
  /// All steps alike.
  case uniform
  /// Steps with large losses more often, p_t proportional to sqrt(E[L_t^2]), losses weighted by 1 / (T p_t) in return
  /// (Improved DDPM, arXiv 2102.09672, equation 18): for ``DiffusionObjective/variational``, whose terms differ by orders
  /// of magnitude.
  ///
  /// - Parameter history: the losses remembered for each step; until every step has so many, all are drawn alike.
  case lossAware(history: Int = 10)
}

/// Draws steps for training and, where it is told to, learns from their losses which to draw.
public struct TimeSampler: Sendable, Equatable {
  public let sampling: TimeSampling
  public let stepCount: Int
  /// The last losses of each step, oldest first, row after row; NaN where there is none yet.
  var losses: [Double] = []

  /// Traps when there are no steps or the history is empty.
  public init(_ sampling: TimeSampling, stepCount: Int) {
    guard stepCount >= 1 else {
      trap(
        "TimeSampler",
        "stepCount must be at least 1, but is " + String(stepCount) + "; give the stepCount of the diffusion")
    }
    if case .lossAware(let history) = sampling {
      guard history >= 1 else {
        trap("TimeSampler", "history must be at least 1, but is " + String(history) + "; 10 is usual")
      }
      losses = [Double](repeating: .nan, count: history * stepCount)
    }
    self.sampling = sampling
    self.stepCount = stepCount
  }

  /// p_1, ..., p_T.
  public var probabilities: [Double] {
    let even = 1 / Double(stepCount)
    guard case .lossAware(let history) = sampling, !losses.contains(where: { $0.isNaN }) else {
      return [Double](repeating: even, count: stepCount)
    }
    var roots: [Double] = []
    var total = 0.0
    for step in 0..<stepCount {
      var sum = 0.0
      for place in 0..<history { sum += losses[step * history + place] * losses[step * history + place] }
      roots.append((sum / Double(history)).squareRoot())
      total += roots[step]
    }
    guard total > 0, total.isFinite else { return [Double](repeating: even, count: stepCount) }
    // A thousandth of the draws stays even, so that no step is forgotten for good.
    return roots.map { 0.999 * $0 / total + 0.001 * even }
  }

  /// Steps for a batch, and what the loss of each is to be multiplied by, so that the mean stays that of even draws.
  public func draw(_ count: Int, using random: inout RandomGenerator) -> (t: [Int], weights: [Double]) {
    guard case .lossAware = sampling else {
      return (random.integers(below: stepCount, count: count).map { $0 + 1 }, [Double](repeating: 1, count: count))
    }
    let probabilities = probabilities
    let places = random.categorical(weights: probabilities, count: count)
    return (places.map { $0 + 1 }, places.map { 1 / (Double(stepCount) * probabilities[$0]) })
  }

  /// Remembers the losses of a batch's steps, before weighting.
  public mutating func record(_ t: [Int], losses newLosses: [Float]) {
    guard case .lossAware(let history) = sampling else { return }
    for (step, loss) in zip(t, newLosses) where loss.isFinite {
      let start = (step - 1) * history
      let full = !losses[start + history - 1].isNaN
      if full {
        for place in start..<start + history - 1 { losses[place] = losses[place + 1] }
        losses[start + history - 1] = Double(loss)
      } else {
        for place in start..<start + history where losses[place].isNaN {
          losses[place] = Double(loss)
          break
        }
      }
    }
  }
}
