internal import NeuralNetworks
public import TensorCore

/// A generator and the discriminator that it learns from (Goodfellow et al. 2014, arXiv 1406.2661).
///
/// ```swift
/// var gan = GenerativeAdversarialNetwork(
///   generator: MLPGenerator(widths: [64, 128, 128, 2], using: &random),
///   discriminator: MLPDiscriminator(widths: [2, 128, 128, 1], using: &random))
/// let plan = AdversarialConfiguration(.init(steps: 5_000, batchSize: 256, learningRate: 1e-3))
/// try gan.train(
///   drawing: { ring.sample(count: $0, using: &$1) }, objective: GANObjective(.nonSaturating), configuration: plan,
///   using: &random)
/// let points = gan.sample(count: 2_500, using: &random)
/// ```
public struct GenerativeAdversarialNetwork<G: Generator, D: Discriminator> {
  public var generator: G
  public var discriminator: D
  /// The generator with averaged weights, where training has kept an average.
  public var averageGenerator: G?

  public init(generator: G, discriminator: D) {
    self.generator = generator
    self.discriminator = discriminator
  }

  /// Rows from fresh noise, through the averaged generator where there is one.
  public func sample(count: Int, using random: inout RandomGenerator) -> Tensor {
    (averageGenerator ?? generator).sample(count: count, using: &random)
  }

  /// Trains both on rows.
  ///
  /// - Parameters:
  ///   - rows: the data, `[n, ...]`.
  ///   - objective: the rules: a ``GANObjective``, or a self-supervised one.
  ///   - observer: called after every `observeEvery` steps with the two as they are; may set `shouldStop`.
  /// - Returns: the generator's losses; the terms are those of ``AdversarialLearner``.
  /// - Throws: a ``TrainingError`` when a number stops being finite or there are no rows.
  @discardableResult
  public mutating func train<Objective: AdversarialObjective>(
    on rows: Tensor, objective: Objective, configuration: AdversarialConfiguration,
    using random: inout RandomGenerator,
    observer: ((AdversarialLearner<G, D, Objective>, inout TrainingProgress) -> Void)? = nil
  ) throws(TrainingError) -> TrainingHistory {
    var (learner, trainer) = (learner(objective, configuration), Trainer(configuration.training))
    defer { adopt(learner) }
    return try trainer.run(&learner, on: rows, using: &random, observer: observer)
  }

  /// Trains both on rows that are drawn afresh for every step, as from a known density.
  ///
  /// - Parameter draw: gives that many rows: `{ count, random in ring.sample(count: count, using: &random) }`.
  @discardableResult
  public mutating func train<Objective: AdversarialObjective>(
    drawing draw: (Int, inout RandomGenerator) -> Tensor, objective: Objective,
    configuration: AdversarialConfiguration, using random: inout RandomGenerator,
    observer: ((AdversarialLearner<G, D, Objective>, inout TrainingProgress) -> Void)? = nil
  ) throws(TrainingError) -> TrainingHistory {
    var (learner, trainer) = (learner(objective, configuration), Trainer(configuration.training))
    defer { adopt(learner) }
    return try trainer.run(&learner, drawing: draw, using: &random, observer: observer)
  }

  /// The two as a learner for a ``Trainer`` of one's own.
  public func learner<Objective: AdversarialObjective>(
    _ objective: Objective, _ configuration: AdversarialConfiguration
  ) -> AdversarialLearner<G, D, Objective> {
    AdversarialLearner(generator, discriminator, objective: objective, configuration: configuration)
  }

  /// Takes over what a learner has learned.
  public mutating func adopt<Objective: AdversarialObjective>(_ learner: AdversarialLearner<G, D, Objective>) {
    generator = learner.generator
    discriminator = learner.discriminator
    averageGenerator = learner.average?.average
  }
}
