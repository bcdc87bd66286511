internal import TensorCore

/// How long an optimizer's steps are, as a function of the number of steps already taken.
///
/// A schedule is computed in Double. Schedules nest: `.warmup(steps: 500, then: .cosine(from: 1e-3, to: 0, steps: 9_500))`.
public indirect enum LearningRate: Sendable, Equatable, ExpressibleByFloatLiteral {
  /// The same for every step.
  case constant(Double)
  /// From one rate to another on a straight line in so many steps, and then the latter for good.
  case linear(from: Double, to: Double, steps: Int)
  /// From one rate to another along half a cosine, and then the latter for good:
  /// to + (from - to) (1 + cos(pi t / steps)) / 2 (Loshchilov and Hutter 2017, arXiv 1608.03983, equation 5).
  case cosine(from: Double, to: Double, steps: Int)
  /// Multiplied by `factor` after every `every` steps.
  case decay(from: Double, factor: Double, every: Int)
  /// Scaled by (t + 1) / steps for the first steps; the other schedule counts from the end of the warm-up.
  case warmup(steps: Int, then: LearningRate)

  public init(floatLiteral value: Double) { self = .constant(value) }

  /// The rate of step t, counted from 0. Traps when a schedule has no steps.
  public func callAsFunction(step: Int) -> Double {
    switch self {
    case .constant(let rate):
      return rate
    case .linear(let from, let to, let steps):
      return from + (to - from) * progress(step, of: steps)
    case .cosine(let from, let to, let steps):
      return to + (from - to) * (1 + cos(Double.pi * progress(step, of: steps))) / 2
    case .decay(let from, let factor, let every):
      guard every > 0 else { trap("LearningRate.decay", "needs a period of at least one step, not " + String(every)) }
      var rate = from
      for _ in 0..<step / every { rate *= factor }
      return rate
    case .warmup(let steps, let then):
      guard steps > 0 else { trap("LearningRate.warmup", "needs at least one step, not " + String(steps)) }
      return step < steps ? then(step: 0) * Double(step + 1) / Double(steps) : then(step: step - steps)
    }
  }

  private func progress(_ step: Int, of steps: Int) -> Double {
    guard steps > 0 else { trap("LearningRate", "a schedule needs at least one step, not " + String(steps)) }
    return Double(min(step, steps)) / Double(steps)
  }
}
