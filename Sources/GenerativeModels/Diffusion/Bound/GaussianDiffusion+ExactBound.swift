internal import TensorCore

// Where the expected squared error of the noise is known for every t, so is the bound: with a fixed variance each term is
// a constant plus the weight of Ho et al.'s equation 12 times that error.

extension GaussianDiffusion {
  /// The bound from a denoiser's mean squared errors, exactly, for one dimension of the data or a mean over them.
  ///
  /// - Parameters:
  ///   - meanSquare: E[x_0^2].
  ///   - noiseError: E[(epsilon - epsilon_theta)^2] at step t.
  ///
  /// L_0 is that of ``DataDecoder/gaussian``. Traps where the variance is learned.
  public func exactBound(meanSquare: Double, noiseError: (Int) -> Double) -> VariationalBound {
    guard variance != .learned else {
      trap("exactBound", "the variance must be fixed; use a diffusion with .fixedSmall or .fixedLarge")
    }
    let epsilonWeights = GaussianDiffusion(schedule, variance: variance)
    let terms = schedule.steps.map { t in
      let error = epsilonWeights.weight(.variational, t: t) * noiseError(t)
      let sigmaSquared = fixedVariance(t)
      if t == 1 { return VariationalBound.Term(mean: (log(2 * Double.pi * sigmaSquared)) / 2 + error) }
      return VariationalBound.Term(mean: excess(schedule.posteriorVariance(t) / sigmaSquared) + error)
    }
    let prior = VariationalBound.Term(mean: schedule.priorDivergence(meanSquare: meanSquare, at: stepCount))
    let total = terms.reduce(prior.mean) { $0 + $1.mean }
    return VariationalBound(
      dimensions: 1, prior: prior, transitions: Array(terms[1...]), reconstruction: terms[0],
      total: VariationalBound.Term(mean: total))
  }

  /// The least possible E[(epsilon - epsilon_theta)^2] per dimension for data N(m, s^2): abar_t s^2 / V with
  /// V = abar_t s^2 + 1 - abar_t, the variance of x_t.
  ///
  /// - Parameter dataVariance: s^2. Traps when it is negative.
  public func minimalNoiseError(dataVariance: Double, t: Int) -> Double {
    schedule.alphaBar(t) * dataVariance / noisedVariance(dataVariance, t)
  }

  /// The variance of the true reverse step q(x_(t-1) | x_t), per dimension, for data N(m, s^2):
  /// v_t = beta~_t + c_0^2 s^2 (1 - abar_t) / V.
  public func trueReverseVariance(dataVariance: Double, t: Int) -> Double {
    let c0 = schedule.posteriorMean(t).x0
    return schedule.posteriorVariance(t)
      + c0 * c0 * dataVariance * schedule.noiseVariance(t) / noisedVariance(dataVariance, t)
  }

  /// How far the best bound that this diffusion can reach lies above -ln p(x_0), per dimension, for data N(0, s^2):
  /// sum_t (v_t / sigma_t^2 - 1 - ln(v_t / sigma_t^2)) / 2 + (V_T - 1 - ln V_T) / 2. What the fixed variances and the end
  /// of the chain cost even the exact denoiser.
  public func gaussianBoundGap(dataVariance: Double) -> Double {
    var gap = excess(noisedVariance(dataVariance, stepCount))
    for t in schedule.steps { gap += excess(trueReverseVariance(dataVariance: dataVariance, t: t) / fixedVariance(t)) }
    return gap
  }

  private func noisedVariance(_ dataVariance: Double, _ t: Int) -> Double {
    guard dataVariance >= 0, dataVariance.isFinite else {
      trap("GaussianDiffusion", "dataVariance must not be negative, but is " + dataVariance.description)
    }
    return schedule.alphaBar(t) * dataVariance + schedule.noiseVariance(t)
  }
}

/// KL(N(m, r s^2) || N(m, s^2)) = (r - 1 - ln r) / 2.
private func excess(_ ratio: Double) -> Double { (ratio - 1 - log(ratio)) / 2 }
