internal import Autodiff
public import NeuralNetworks
public import TensorCore

/// A denoising network in training: each step draws steps and noise, and descends the loss.
///
/// ```swift
/// var learner = DiffusionLearner(network, diffusion, configuration: configuration)
/// var trainer = Trainer(configuration)
/// try trainer.run(&learner, on: points, using: &random)
/// let samples = diffusion.sample(learner.averaged, shape: [2_000, 2], using: &random)
/// ```
public struct DiffusionLearner<Network: DenoisingNetwork>: ResumableLearner {
  public let diffusion: GaussianDiffusion
  public let objective: DiffusionObjective
  /// How x_0 is read from x_1, where the objective includes the bound.
  public let decoder: DataDecoder
  public var network: Network
  public var optimizer: Adam
  /// Gradients longer than this, taken as one vector, are shortened to it.
  public var gradientLimit: Float?
  public private(set) var average: ExponentialMovingAverage<Network>
  public private(set) var times: TimeSampler

  /// - Parameters:
  ///   - averageDecay: of the moving average of the weights, which is what one samples with.
  public init(
    _ network: Network, _ diffusion: GaussianDiffusion, objective: DiffusionObjective = .simple,
    decoder: DataDecoder = .gaussian, timeSampling: TimeSampling = .uniform, averageDecay: Float = 0.999,
    configuration: TrainingConfiguration
  ) {
    self.diffusion = diffusion
    self.objective = objective
    self.decoder = decoder
    self.network = network
    optimizer = Adam(learningRate: configuration.learningRate)
    gradientLimit = configuration.gradientLimit
    average = ExponentialMovingAverage(of: network, decay: averageDecay, warmsUp: true)
    times = TimeSampler(timeSampling, stepCount: diffusion.stepCount)
  }

  /// The network with the averaged weights.
  public var averaged: Network { average.average }

  public mutating func learn(
    from batch: Tensor, using random: inout RandomGenerator
  ) throws(TrainingError) -> StepReport {
    try learn(from: batch, using: &random) { network, batch in network(Variable(constant: batch.xt), times: batch.times)
    }
  }

  /// One step; `apply` calls the network.
  mutating func learn(
    from data: Tensor, using random: inout RandomGenerator,
    apply: (Network, GaussianDiffusion.TrainingBatch) -> Variable
  ) throws(TrainingError) -> StepReport {
    let (t, weights) = times.draw(data.shape[0], using: &random)
    let batch = diffusion.trainingBatch(data, t: t, using: &random)
    var rowLosses: [Float] = []
    var (value, gradients) = valueAndGradient(at: network) { network in
      let losses = diffusion.losses(apply(network, batch), for: batch, objective: objective, decoder: decoder)
      rowLosses = losses.value.scalars
      if case .uniform = times.sampling { return losses.mean() }
      return (losses * Tensor(weights.map { Float($0) })).mean()
    }
    let norm = gradients.norm
    guard value.isFinite, norm.isFinite else {
      throw .notFinite(tensor: place(of: data, gradients, value), step: optimizer.step)
    }
    times.record(t, losses: rowLosses)
    if let gradientLimit { gradients.clip(toNorm: gradientLimit) }
    optimizer.update(&network, with: gradients)
    average.update(with: network)
    return StepReport(loss: value, gradientNorm: norm)
  }

  public mutating func visitState(_ visitor: inout CheckpointVisitor) {
    visitor.visit("network", &network)
    visitor.visit("optimizer", &optimizer, of: network)
    visitor.visit("average", &average)
    let count = times.losses.count
    visitor.visit("times", &times.losses)
    // Other steps or another history have other entries, which the sampler would look for in vain.
    if times.losses.count != count {
      visitor.report(
        "its sampler of times remembers " + String(times.losses.count) + " losses, that of this learner "
          + String(count))
    }
  }

  /// Where the trouble shows first, in the order of the computation.
  private func place(of data: Tensor, _ gradients: Gradients, _ loss: Float) -> String {
    if !data.isFinite { return "the batch" }
    if let name = network.firstParameterNotFinite { return "the parameter " + name }
    if !loss.isFinite { return "the loss" }
    return "the gradient of " + (network.firstNotFinite(in: gradients) ?? "the parameters")
  }
}

extension GradientLearner {
  /// The model to use: with the averaged weights where an average is kept.
  public var averaged: Model { average?.average ?? model }
}
