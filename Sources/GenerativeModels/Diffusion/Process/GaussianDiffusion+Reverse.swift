public import TensorCore

extension GaussianDiffusion {
  /// What a denoiser makes of x_t: everything a reverse step can be built from.
  public struct Estimate: Sendable {
    /// The estimate of the data, inside ``GaussianDiffusion/dataRange`` where there is one.
    public let x0: Tensor
    /// The estimate of the noise that agrees with it.
    public let epsilon: Tensor
    /// ln sigma_t^2 for each number where the variance is learned.
    public let logVariance: Tensor?
  }

  /// Asks the denoiser about x_t.
  ///
  /// Traps when its answer has not the shape of the batch, or, with a learned variance, not twice its last axis.
  public func estimate(_ denoiser: some Denoiser, xt: Tensor, t: Int) -> Estimate {
    estimate(output: denoiser.predict(xt, time: schedule.time(t)), xt: xt, t: t)
  }

  /// Reads a network's output.
  func estimate(output: Tensor, xt: Tensor, t: Int) -> Estimate {
    let (prediction, spread) = split(output, like: xt)
    let logVariance = spread.map { interpolatedLogVariance($0, t: t) }
    var x0 = x0(from: prediction, xt: xt, t: t)
    guard let dataRange else {
      return Estimate(x0: x0, epsilon: epsilon(from: prediction, xt: xt, t: t), logVariance: logVariance)
    }
    x0 = x0.clamped(to: dataRange)
    return Estimate(x0: x0, epsilon: epsilon(fromX0: x0, xt: xt, t: t), logVariance: logVariance)
  }

  /// A reverse step as the model sees it, p(x_(t-1) | x_t) = N(mean, e^logVariance).
  public struct ReverseStep: Sendable {
    /// mu(x_t, t): the posterior's mean with the estimate in the place of x_0, which is Ho et al.'s equation 11.
    public let mean: Tensor
    /// ln sigma_t^2: one number for all, or one for each where it is learned.
    public let logVariance: Tensor
    /// The estimate of the data behind it.
    public let x0: Tensor
  }

  /// p(x_(t-1) | x_t).
  public func reverseStep(_ denoiser: some Denoiser, xt: Tensor, t: Int) -> ReverseStep {
    reverseStep(estimate(denoiser, xt: xt, t: t), xt: xt, t: t)
  }

  func reverseStep(_ estimate: Estimate, xt: Tensor, t: Int) -> ReverseStep {
    ReverseStep(
      mean: posterior(x0: estimate.x0, xt: xt, t: t).mean,
      logVariance: estimate.logVariance ?? Tensor(Float(log(fixedVariance(t)))), x0: estimate.x0)
  }

  /// Draws x_(t-1) from p(x_(t-1) | x_t); at t = 1 its mean, for the last step adds no noise (Ho et al. 2020, algorithm
  /// 2).
  public func pSample(
    _ denoiser: some Denoiser, xt: Tensor, t: Int, using random: inout RandomGenerator
  ) -> Tensor {
    draw(reverseStep(denoiser, xt: xt, t: t), t: t, using: &random)
  }

  func draw(_ step: ReverseStep, t: Int, using random: inout RandomGenerator) -> Tensor {
    if t == 1 { return step.mean }
    return step.mean + exp(step.logVariance * 0.5) * random.normal(shape: step.mean.shape)
  }

  /// sigma_t^2 where it is not learned: beta_t, or beta~_t with beta_1 at t = 1.
  public func fixedVariance(_ t: Int) -> Double {
    switch variance {
    case .fixedLarge: schedule.beta(t)
    case .fixedSmall, .learned: t == 1 ? schedule.beta(1) : schedule.posteriorVariance(t)
    }
  }

  /// v ln beta_t + (1 - v) ln beta~_t with v = (o + 1) / 2.
  func interpolatedLogVariance(_ o: Tensor, t: Int) -> Tensor {
    let (low, high) = (schedule.clippedLogPosteriorVariance(t), log(schedule.beta(t)))
    return o * Float((high - low) / 2) + Float((high + low) / 2)
  }

  /// The prediction, and with a learned variance the numbers it follows from.
  private func split(_ output: Tensor, like x: Tensor) -> (prediction: Tensor, spread: Tensor?) {
    guard variance == .learned else {
      output.requireSameShape(x, "the denoiser's prediction")
      return (output, nil)
    }
    var doubled = x.shape
    if let width = doubled.last { doubled[doubled.count - 1] = 2 * width }
    guard x.rank >= 1, output.shape == doubled, let width = x.shape.last else {
      trap(
        "GaussianDiffusion",
        "a learned variance needs a denoiser that answers " + describe(doubled) + " to a batch " + describe(x.shape)
          + ", but it answered " + describe(output.shape))
    }
    return (output.slice(axis: -1, 0..<width), output.slice(axis: -1, width..<2 * width))
  }
}
