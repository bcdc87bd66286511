public import TensorCore

extension GaussianDiffusion: NoiseToData {
  public static var usualMethod: SamplingMethod { .ancestral() }

  public func sample<D: Denoiser>(
    _ denoiser: D, from start: Tensor, method: SamplingMethod, using random: inout RandomGenerator,
    observer: ((SamplingFrame) -> Void)? = nil
  ) -> Tensor {
    let (steps, spacing) = method.stride
    let walked = strided(to: steps ?? stepCount, spacing: spacing)
    if case .ddim(_, let eta, _) = method, !(eta >= 0 && eta <= 1) {
      trap("SamplingMethod.ddim", "eta must lie in 0...1, but is " + eta.description)
    }
    var x = start
    var memory: Tensor?
    observer?(SamplingFrame(index: 0, stepCount: walked.stepCount, time: 1, x: x, x0: nil))
    for t in stride(from: walked.stepCount, through: 1, by: -1) {
      let estimate = walked.estimate(denoiser, xt: x, t: t)
      switch method {
      case .ancestral:
        x = walked.draw(walked.reverseStep(estimate, xt: x, t: t), t: t, using: &random)
      case .ddim(_, let eta, _):
        x = walked.ddimStep(estimate, from: t, to: t - 1, eta: eta, using: &random)
      case .heun:
        x = walked.heunStep(denoiser, estimate, xt: x, t: t)
      case .dpmSolver:
        x = walked.dpmSolverStep(estimate.x0, before: memory, xt: x, t: t)
        memory = estimate.x0
      }
      observer?(
        SamplingFrame(
          index: walked.stepCount - t + 1, stepCount: walked.stepCount, time: walked.schedule.time(t - 1), x: x,
          x0: estimate.x0))
    }
    return x
  }

  /// DDIM's step from t to any earlier s: x_s = sqrt(abar_s) x_0 + sqrt(1 - abar_s - sigma^2) epsilon + sigma z, with the
  /// estimates of x_0 and epsilon and sigma = eta sqrt((1 - abar_t / abar_s) (1 - abar_s) / (1 - abar_t)) (Song et al.
  /// 2021, equations 12 and 16).
  ///
  /// Traps unless 0 <= s < t.
  public func ddimStep(
    _ estimate: Estimate, from t: Int, to s: Int, eta: Double = 0, using random: inout RandomGenerator
  ) -> Tensor {
    guard s >= 0, s < t else {
      trap("ddimStep", "a step leads to an earlier time, not from " + String(t) + " to " + String(s))
    }
    let ratio = schedule.alphaBar(t) / schedule.alphaBar(s)
    let variance = eta * eta * (1 - ratio) * schedule.noiseVariance(s) / schedule.noiseVariance(t)
    let direction = max(0, schedule.noiseVariance(s) - variance).squareRoot()
    let x = estimate.x0 * Float(schedule.alphaBar(s).squareRoot()) + estimate.epsilon * Float(direction)
    if variance == 0 { return x }
    return x + random.normal(shape: x.shape, standardDeviation: Float(variance.squareRoot()))
  }
}
