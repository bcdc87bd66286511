public import NeuralNetworks

/// How long and how fast to train.
public struct TrainingConfiguration: Sendable, Equatable {
  /// How often every row of the data is seen.
  public var epochs: Int
  /// How many rows one step looks at; the last batch of an epoch may be smaller.
  public var batchSize: Int
  /// The optimizer's step length, as a function of the steps taken.
  public var learningRate: LearningRate
  /// Gradients longer than this, taken as one vector, are shortened to it; nil leaves them alone.
  public var gradientLimit: Float?
  /// The observer is called after every so many steps, and after the last one.
  public var observeEvery: Int

  public init(
    epochs: Int, batchSize: Int, learningRate: LearningRate = 1e-3, gradientLimit: Float? = nil, observeEvery: Int = 1
  ) {
    self.epochs = epochs
    self.batchSize = batchSize
    self.learningRate = learningRate
    self.gradientLimit = gradientLimit
    self.observeEvery = observeEvery
  }

  /// A constant learning rate.
  public init(
    epochs: Int, batchSize: Int, learningRate: Double, gradientLimit: Float? = nil, observeEvery: Int = 1
  ) {
    self.init(
      epochs: epochs, batchSize: batchSize, learningRate: .constant(learningRate), gradientLimit: gradientLimit,
      observeEvery: observeEvery)
  }
}
