internal import TensorCore

/// Whether a schedule turns data into noise, in numbers and in words.
public struct ScheduleAudit: Sendable, Equatable {
  /// How near the end of the chain is to N(0, I), where sampling begins.
  public enum Verdict: Sendable, Hashable {
    /// L_T is at most 0.001 bits per dimension: nothing that could be noticed is left of the data.
    case reachesNoise
    /// L_T is at most 0.01 bits per dimension: a trace is left.
    case leavesATrace
    /// More is left: sampling begins with inputs that the network has never seen.
    case stopsShort
  }

  /// T.
  public let stepCount: Int
  /// abar_T, the share of the data's variance in x_T.
  public let finalAlphaBar: Double
  /// The mean of x_0^2 for which L_T was computed.
  public let meanSquare: Double
  /// L_T = KL(q(x_T | x_0) || N(0, I)) in bits per dimension.
  public let priorBits: Double
  /// The steps after which the chain is noise already (as ``Verdict/reachesNoise`` has it), and which teach nothing.
  public let idleSteps: Int

  public var verdict: Verdict {
    if priorBits <= 1e-3 { return .reachesNoise }
    return priorBits <= 1e-2 ? .leavesATrace : .stopsShort
  }

  /// sqrt(abar_T), by which the data are multiplied in x_T.
  public var finalAmplitude: Double { finalAlphaBar.squareRoot() }

  /// The verdict as a sentence.
  public var words: String {
    let left = percent(finalAmplitude)
    switch verdict {
    case .reachesNoise:
      let idle = idleSteps * 5 > stepCount ? "; the last " + String(idleSteps) + " steps add nothing to learn" : ""
      return "reaches noise: " + left + " of the data's amplitude is left at step " + String(stepCount) + idle
    case .leavesATrace:
      return "leaves a trace: " + left + " of the data's amplitude is left at step " + String(stepCount)
        + "; a few more steps or slightly larger betas would remove it"
    case .stopsShort:
      return "stops short of noise: " + left + " of the data's amplitude is left at step " + String(stepCount)
        + ", so samples begin where no training example was; take more steps, or scale the betas by 1000 / T"
    }
  }
}

extension NoiseSchedule {
  /// Says whether the chain reaches noise.
  ///
  /// - Parameter meanSquare: the mean over dimensions of x_0^2, 1 for standardized data. Traps when it is negative.
  public func audit(meanSquare: Double = 1) -> ScheduleAudit {
    guard meanSquare >= 0, meanSquare.isFinite else {
      trap("NoiseSchedule.audit", "meanSquare must not be negative, but is " + meanSquare.description)
    }
    var idle = 0
    while idle < stepCount, priorDivergence(meanSquare: meanSquare, at: stepCount - idle) <= 1e-3 * log(2.0) {
      idle += 1
    }
    return ScheduleAudit(
      stepCount: stepCount, finalAlphaBar: alphaBar(stepCount), meanSquare: meanSquare,
      priorBits: priorDivergence(meanSquare: meanSquare, at: stepCount) / log(2.0), idleSteps: max(0, idle - 1))
  }

  /// KL(q(x_t | x_0) || N(0, I)) in nats per dimension: (abar_t x_0^2 - abar_t - ln(1 - abar_t)) / 2. At t = T it is the
  /// bound's L_T.
  ///
  /// - Parameter meanSquare: the mean over dimensions of x_0^2.
  public func priorDivergence(meanSquare: Double, at t: Int) -> Double {
    let kept = alphaBar(t)
    // Each form of ln(1 - abar) is exact where the other cancels.
    let logNoise = kept < 0.5 ? log1p(-kept) : log(noiseVariance(t))
    return (kept * meanSquare - kept - logNoise) / 2
  }
}

/// A share in whole percent, or one place after the point below 10 %.
private func percent(_ share: Double) -> String {
  let tenths = Int((share * 1000).rounded())
  if tenths >= 100 { return String((tenths + 5) / 10) + " %" }
  return String(tenths / 10) + "." + String(tenths % 10) + " %"
}
