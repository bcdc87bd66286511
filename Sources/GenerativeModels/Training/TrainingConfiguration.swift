public import NeuralNetworks

/// How long and how fast to train.
public struct TrainingConfiguration: Sendable, Equatable {
  /// When training ends.
  public enum Length: Sendable, Hashable {
    /// After every row of the data has been seen so often.
    case epochs(Int)
    /// After so many steps.
    case steps(Int)
  }

  /// When training ends.
  public var length: Length
  /// How many rows one step looks at; the last batch of an epoch may be smaller.
  public var batchSize: Int
  /// The optimizer's step length, as a function of the steps taken.
  public var learningRate: LearningRate
  /// Gradients longer than this, taken as one vector, are shortened to it; nil leaves them alone.
  public var gradientLimit: Float?
  /// The observer is called after every so many steps, and after the last one.
  public var observeEvery: Int

  public init(
    _ length: Length, batchSize: Int, learningRate: LearningRate = 1e-3, gradientLimit: Float? = nil,
    observeEvery: Int = 1
  ) {
    self.length = length
    self.batchSize = batchSize
    self.learningRate = learningRate
    self.gradientLimit = gradientLimit
    self.observeEvery = observeEvery
  }

  /// So many passes over the data.
  public init(
    epochs: Int, batchSize: Int, learningRate: LearningRate = 1e-3, gradientLimit: Float? = nil, observeEvery: Int = 1
  ) {
    self.init(
      .epochs(epochs), batchSize: batchSize, learningRate: learningRate, gradientLimit: gradientLimit,
      observeEvery: observeEvery)
  }

  /// So many passes over the data, at a constant learning rate.
  public init(
    epochs: Int, batchSize: Int, learningRate: Double, gradientLimit: Float? = nil, observeEvery: Int = 1
  ) {
    self.init(
      .epochs(epochs), batchSize: batchSize, learningRate: .constant(learningRate), gradientLimit: gradientLimit,
      observeEvery: observeEvery)
  }

  /// So many steps.
  public init(
    steps: Int, batchSize: Int, learningRate: LearningRate = 1e-3, gradientLimit: Float? = nil, observeEvery: Int = 1
  ) {
    self.init(
      .steps(steps), batchSize: batchSize, learningRate: learningRate, gradientLimit: gradientLimit,
      observeEvery: observeEvery)
  }

  /// So many steps, at a constant learning rate.
  public init(
    steps: Int, batchSize: Int, learningRate: Double, gradientLimit: Float? = nil, observeEvery: Int = 1
  ) {
    self.init(
      .steps(steps), batchSize: batchSize, learningRate: .constant(learningRate), gradientLimit: gradientLimit,
      observeEvery: observeEvery)
  }
}
