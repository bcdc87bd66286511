/// A diffusion of data into Gaussian noise and back: the process that a schedule defines, together with how a network's
/// output is read.
///
/// ```swift
/// let diffusion = GaussianDiffusion(.cosine(steps: 100))
/// let xt = diffusion.qSample(x0, t: 40, noise: epsilon)
/// let samples = diffusion.sample(network, shape: [2_000, 2], using: &random)
/// ```
///
/// Time runs from 0, the data, to T, the noise. A batch x has the shape `[n, ...]`; a step is one number for the whole
/// batch, or one for each of its rows.
public struct GaussianDiffusion: Sendable, Equatable {
  public let schedule: NoiseSchedule
  /// What the network's output means.
  public let target: PredictionTarget
  /// How far a reverse step scatters.
  public let variance: ReverseVariance
  /// Where the data are known to lie: every estimate of x_0 is brought into it while sampling, -1...1 for images. Nil
  /// leaves estimates alone.
  public let dataRange: ClosedRange<Float>?

  public init(
    _ schedule: NoiseSchedule, target: PredictionTarget = .epsilon, variance: ReverseVariance = .fixedSmall,
    dataRange: ClosedRange<Float>? = nil
  ) {
    self.schedule = schedule
    self.target = target
    self.variance = variance
    self.dataRange = dataRange
  }

  /// T.
  public var stepCount: Int { schedule.stepCount }

  /// The same diffusion on fewer steps; see ``NoiseSchedule/strided(to:spacing:)``.
  public func strided(to count: Int, spacing: StepSpacing = .uniform) -> GaussianDiffusion {
    GaussianDiffusion(
      schedule.strided(to: count, spacing: spacing), target: target, variance: variance, dataRange: dataRange)
  }
}
