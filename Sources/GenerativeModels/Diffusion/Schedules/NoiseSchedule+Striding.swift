internal import TensorCore

/// Which of a schedule's steps a shorter walk visits.
public enum StepSpacing: Sendable, Hashable {
  /// Evenly in t.
  case uniform
  /// Denser near the data: evenly in sqrt(t) (Song et al. 2021, arXiv 2010.02502, appendix D.2).
  case quadratic
  /// Evenly in the logarithm of the signal-to-noise ratio, as higher-order solvers like it (Lu et al. 2022, arXiv
  /// 2206.00927). The walk begins at T and its last stop before the data is t = 1.
  case logSignalToNoise
}

extension NoiseSchedule {
  /// The schedule of a walk that visits only `count` of the steps, the last one among them.
  ///
  /// Between neighbouring stops s < t the noise is beta' = 1 - abar_t / abar_s, so that abar at the stops is that of this
  /// schedule, and a network is told the times of this schedule (Improved DDPM, arXiv 2102.09672, section 4).
  ///
  /// Traps unless `count` lies in 1...T.
  public func strided(to count: Int, spacing: StepSpacing = .uniform) -> NoiseSchedule {
    if count == stepCount { return self }
    return restricted(to: stops(count, spacing))
  }

  /// The schedule of a walk that visits the given steps only.
  ///
  /// Traps unless they ascend within 1...T and end at T, where the noise is.
  public func restricted(to stops: [Int]) -> NoiseSchedule {
    var joined: [Double] = []
    var previous = 0
    for t in stops {
      guard t > previous, t <= stepCount else {
        trap(
          "NoiseSchedule.restricted",
          "the stops must ascend within 1..." + String(stepCount) + ", but " + String(t) + " follows "
            + String(previous))
      }
      // 1 - abar_t / abar_s without the cancellation of neighbouring abars.
      var beta = 0.0
      for step in previous + 1...t { beta = beta * (1 - betas[step - 1]) + betas[step - 1] }
      joined.append(beta)
      previous = t
    }
    guard previous == stepCount else {
      trap(
        "NoiseSchedule.restricted",
        "the last stop must be " + String(stepCount) + ", where the noise is, but is " + String(previous))
    }
    return NoiseSchedule(betas: joined, times: stops.map { time($0) }, name: "NoiseSchedule.restricted")
  }

  private func stops(_ count: Int, _ spacing: StepSpacing) -> [Int] {
    guard count >= 1, count <= stepCount else {
      trap(
        "NoiseSchedule.strided",
        "cannot visit " + String(count) + " of " + String(stepCount) + " steps; choose a number in 1..."
          + String(stepCount))
    }
    var stops: [Int] = []
    for index in 1...count {
      let share = Double(index) / Double(count)
      let wanted: Int
      switch spacing {
      case .uniform: wanted = Int((share * Double(stepCount)).rounded())
      case .quadratic: wanted = Int((share * share * Double(stepCount)).rounded())
      case .logSignalToNoise: wanted = index == count ? stepCount : stepWithLogRatio(index - 1, of: count - 1)
      }
      // Stops that coincide move on, and leave room for those to come.
      stops.append(min(max(wanted, (stops.last ?? 0) + 1), stepCount - (count - index)))
    }
    return stops
  }

  /// The step whose log signal-to-noise ratio is nearest to the given place on the line from step 1 to step T.
  private func stepWithLogRatio(_ index: Int, of count: Int) -> Int {
    let (first, last) = (log(signalToNoise(1)), log(signalToNoise(stepCount)))
    let wanted = first + (last - first) * Double(index) / Double(max(1, count))
    var best = 1
    for t in steps
    where (log(signalToNoise(t)) - wanted).magnitude < (log(signalToNoise(best)) - wanted).magnitude { best = t }
    return best
  }
}
