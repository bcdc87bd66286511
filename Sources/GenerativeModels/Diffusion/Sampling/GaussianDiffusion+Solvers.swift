internal import TensorCore

// The probability-flow ODE moves points so that their density at every t is that of the chain, without drawing (Song et
// al. 2021, arXiv 2011.13456). With xbar = x / sqrt(abar) and r = sqrt((1 - abar) / abar) it is d xbar / d r = epsilon,
// and DDIM with eta = 0 is Euler's method for it.

extension GaussianDiffusion {
  /// Heun's step from t to t - 1: Euler's, then again with the mean of the slopes at both ends. The last step, to the
  /// data, is Euler's: at t = 0 there is no noise to ask about.
  func heunStep(_ denoiser: some Denoiser, _ estimate: Estimate, xt: Tensor, t: Int) -> Tensor {
    if t == 1 { return estimate.x0 }
    let (from, to) = (noiseRatio(t), noiseRatio(t - 1))
    let signal = schedule.alphaBar(t - 1).squareRoot()
    let scaled = xt / Float(schedule.alphaBar(t).squareRoot())
    let reached = (scaled + estimate.epsilon * Float(to - from)) * Float(signal)
    let next = self.estimate(denoiser, xt: reached, t: t - 1)
    return (scaled + (estimate.epsilon + next.epsilon) * Float((to - from) / 2)) * Float(signal)
  }

  /// DPM-Solver++'s step from t to t - 1 with the estimates of x_0 here and one step before. With l = ln(a / s), a =
  /// sqrt(abar), s = sqrt(1 - abar) and h = l_(t-1) - l_t it is
  /// x_(t-1) = (s_(t-1) / s_t) x_t + a_(t-1) (1 - e^-h) D, D = x_0 + (h / 2 h_before) (x_0 - x_0 before).
  /// The first step knows no other, and the last one, for which h is infinite, leads to x_0 itself.
  func dpmSolverStep(_ x0: Tensor, before: Tensor?, xt: Tensor, t: Int) -> Tensor {
    if t == 1 { return x0 }
    let (now, next) = (amplitudes(t), amplitudes(t - 1))
    let h = log(next.signal / next.noise) - log(now.signal / now.noise)
    var direction = x0
    if let before, t < stepCount {
      let last = amplitudes(t + 1)
      let hBefore = log(now.signal / now.noise) - log(last.signal / last.noise)
      direction = x0 + (x0 - before) * Float(h / (2 * hBefore))
    }
    return xt * Float(next.noise / now.noise) - direction * Float(next.signal * expm1(-h))
  }

  /// sqrt((1 - abar_t) / abar_t).
  private func noiseRatio(_ t: Int) -> Double { (1 / schedule.signalToNoise(t)).squareRoot() }
}
