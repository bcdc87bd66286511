internal import TensorCore

/// A range that holds an unknown quantity with the stated confidence.
public struct ConfidenceInterval: Sendable, Equatable, CustomStringConvertible {
  public let lower: Double
  public let upper: Double

  public init(lower: Double, upper: Double) {
    self.lower = lower
    self.upper = upper
  }

  /// Whether the value lies in the interval, its ends included.
  public func contains(_ value: Double) -> Bool { lower <= value && value <= upper }

  public var description: String { "[\(lower), \(upper)]" }
}

/// Wilson's score interval for a probability p, from s successes in n trials:
///
///     (s + z^2/2) / (n + z^2) +- z / (n + z^2) sqrt(s (n - s) / n + z^2 / 4)
///
/// with z the normal quantile of the confidence. It stays inside 0...1 and is right near 0 and 1, where the interval
/// p +- z sqrt(p (1 - p) / n) has no width (Wilson 1927; Brown, Cai and DasGupta 2001).
///
/// Traps unless 0 <= successes <= trials, trials > 0 and 0 < confidence < 1.
public func wilsonInterval(successes: Int, trials: Int, confidence: Double = 0.95) -> ConfidenceInterval {
  guard trials > 0 else { trap("wilsonInterval", "trials: needs at least 1, not \(trials)") }
  guard (0...trials).contains(successes) else {
    trap("wilsonInterval", "successes: must lie in 0...\(trials), not \(successes)")
  }
  requireConfidence(confidence, "wilsonInterval")
  let z = normalQuantile((1 + confidence) / 2)
  let (s, n) = (Double(successes), Double(trials))
  let middle = (s + z * z / 2) / (n + z * z)
  let half = z / (n + z * z) * (s * (n - s) / n + z * z / 4).squareRoot()
  // At the ends the exact bound is 0 or 1, which rounding would miss.
  return ConfidenceInterval(
    lower: successes == 0 ? 0 : middle - half, upper: successes == trials ? 1 : middle + half)
}

/// A mean over repeated runs with Student's interval: m +- t s / sqrt(n), s^2 = 1/(n - 1) sum (x - m)^2, t the
/// quantile of Student's distribution with n - 1 degrees of freedom. Right for values that are roughly normal.
public struct MeanEstimate: Sendable, Equatable {
  /// m.
  public let mean: Double
  /// s.
  public let standardDeviation: Double
  /// The interval for the mean.
  public let interval: ConfidenceInterval

  /// Traps when there are fewer than two values, one is not finite, or the confidence is not between 0 and 1.
  public init(of values: [Double], confidence: Double = 0.95) {
    guard values.count >= 2 else {
      trap("MeanEstimate", "values: needs at least 2 runs to tell how they scatter, not \(values.count)")
    }
    if let place = values.firstIndex(where: { !$0.isFinite }) {
      trap("MeanEstimate", "values: run \(place) gave \(values[place]); leave out runs that failed, and say so")
    }
    requireConfidence(confidence, "MeanEstimate")
    let n = Double(values.count)
    let mean = values.reduce(0, +) / n
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let deviation = (squares / (n - 1)).squareRoot()
    let half = studentQuantile((1 + confidence) / 2, freedom: values.count - 1) * deviation / n.squareRoot()
    self.mean = mean
    self.standardDeviation = deviation
    interval = ConfidenceInterval(lower: mean - half, upper: mean + half)
  }
}

func requireConfidence(_ confidence: Double, _ operation: String) {
  guard confidence > 0, confidence < 1 else {
    trap(operation, "confidence: must lie between 0 and 1, such as 0.95, not \(confidence)")
  }
}
