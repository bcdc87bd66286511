public import NeuralNetworks
internal import TensorCore

/// How the two players of a generative adversarial network are trained.
public struct AdversarialConfiguration: Sendable, Equatable {
  /// Who moves when.
  public enum Updates: Sendable, Hashable {
    /// The discriminator moves, then the generator answers the new one with fresh noise (Goodfellow et al. 2014).
    case alternating
    /// As ``alternating``, but the rows that the discriminator saw also serve the generator's move: one batch of noise
    /// and one pass through the generator a step.
    case alternatingOnSharedNoise
    /// Both move at once, each against the other's old self.
    case simultaneous
  }

  /// Steps, batch size, gradient limit, and the generator's learning rate. A batch is cut into one part for each of the
  /// discriminator's steps.
  public var training: TrainingConfiguration
  /// The discriminator's learning rate; nil for the generator's.
  public var discriminatorLearningRate: LearningRate?
  /// Adam's first beta, for both. Games like little momentum.
  public var beta1: Float
  /// Adam's second beta, for both.
  public var beta2: Float
  public var updates: Updates
  /// How often the discriminator moves before the generator does.
  public var discriminatorSteps: Int
  /// How many of the discriminator's coming moves the generator looks ahead (Metz et al. 2017, arXiv 1611.02163): it
  /// then descends its loss against the discriminator as it will be, also through how that depends on what it
  /// generates now. 0 for the plain game.
  public var unrolledSteps: Int
  /// The decay of the generator's averaged weights; nil keeps no average.
  public var averageDecay: Float?

  /// Traps when the discriminator's steps are below 1, the unrolled ones below 0, or when unrolled steps are to go with
  /// simultaneous updates.
  public init(
    _ training: TrainingConfiguration, discriminatorLearningRate: LearningRate? = nil, beta1: Float = 0.5,
    beta2: Float = 0.999, updates: Updates = .alternating, discriminatorSteps: Int = 1, unrolledSteps: Int = 0,
    averageDecay: Float? = nil
  ) {
    guard discriminatorSteps >= 1 else {
      trap(
        "AdversarialConfiguration", "discriminatorSteps must be at least 1, not " + String(discriminatorSteps))
    }
    guard unrolledSteps >= 0, unrolledSteps == 0 || updates != .simultaneous else {
      trap(
        "AdversarialConfiguration",
        "unrolledSteps must be 0 or more, and 0 for simultaneous updates, not " + String(unrolledSteps))
    }
    self.training = training
    self.discriminatorLearningRate = discriminatorLearningRate
    self.beta1 = beta1
    self.beta2 = beta2
    self.updates = updates
    self.discriminatorSteps = discriminatorSteps
    self.unrolledSteps = unrolledSteps
    self.averageDecay = averageDecay
  }
}
