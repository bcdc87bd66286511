internal import TensorCore

// The posterior of one step, q(x_(t-1) | x_t, x_0) = N(c_0 x_0 + c_t x_t, beta~_t I): Ho et al. 2020, equations 6 and 7.

extension NoiseSchedule {
  /// What the posterior's mean takes from x_0 and from x_t.
  public struct PosteriorMean: Sendable, Equatable {
    /// c_0 = sqrt(abar_(t-1)) beta_t / (1 - abar_t).
    public let x0: Double
    /// c_t = sqrt(alpha_t) (1 - abar_(t-1)) / (1 - abar_t).
    public let xt: Double
  }

  /// The coefficients of the posterior's mean at step t. At t = 1 the mean is x_0 itself.
  public func posteriorMean(_ t: Int) -> PosteriorMean {
    PosteriorMean(
      x0: alphaBar(t - 1).squareRoot() * beta(t) / noiseVariance(t),
      xt: alpha(t).squareRoot() * noiseVariance(t - 1) / noiseVariance(t))
  }

  /// beta~_t = beta_t (1 - abar_(t-1)) / (1 - abar_t), the posterior's variance: 0 at t = 1, where x_0 is known.
  public func posteriorVariance(_ t: Int) -> Double {
    beta(t) * noiseVariance(t - 1) / noiseVariance(t)
  }

  /// ln beta~_t, with beta~_2 in the place of beta~_1 = 0, as Improved DDPM has it (arXiv 2102.09672, its published
  /// code); beta_1 where there is no second step.
  public func clippedLogPosteriorVariance(_ t: Int) -> Double {
    if stepCount == 1 { return log(beta(t)) }
    return log(posteriorVariance(max(2, t)))
  }
}
