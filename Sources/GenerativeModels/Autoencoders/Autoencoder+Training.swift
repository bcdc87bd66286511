internal import NeuralNetworks
public import TensorCore

extension Autoencoder {
  /// Trains the network to rebuild rows, by Adam.
  ///
  /// With a corruption it becomes a denoising autoencoder (Vincent et al. 2008): it sees damaged rows and is judged by
  /// the whole ones.
  ///
  /// - Parameters:
  ///   - rows: the training data, `[n, width]`.
  ///   - loss: how a reconstruction is judged.
  ///   - corruption: how each batch is damaged before the network sees it.
  ///   - observer: called after every `observeEvery` steps; may set `shouldStop`.
  /// - Returns: the loss of every step.
  /// - Throws: a ``TrainingError`` when a number stops being finite or there are no rows.
  ///
  /// Traps when the rows are not as wide as the network's input.
  @discardableResult
  public mutating func train(
    on rows: Tensor, loss: ReconstructionLoss = .l2, corruption: Corruption? = nil,
    configuration: TrainingConfiguration, using random: inout RandomGenerator,
    observer: ((inout TrainingProgress) -> Void)? = nil
  ) throws(TrainingError) -> TrainingHistory {
    if rows.rank > 0, rows.count > 0 { requireRows(rows.shape, "rows", width: width, "Autoencoder.train") }
    var learner = learner(loss: loss, corruption: corruption, configuration: configuration)
    var trainer = Trainer(configuration)
    // Were the model kept here as well, the first step would have to copy it.
    defer { self = learner.model }
    guard let observer else { return try trainer.run(&learner, on: rows, using: &random) }
    return try trainer.run(&learner, on: rows, using: &random) { _, progress in observer(&progress) }
  }

  /// This network as a learner for a ``Trainer`` of one's own.
  public func learner(
    loss: ReconstructionLoss = .l2, corruption: Corruption? = nil, configuration: TrainingConfiguration
  ) -> GradientLearner<Autoencoder> {
    let optimizer = Adam(learningRate: configuration.learningRate)
    return GradientLearner(self, optimizer: optimizer, gradientLimit: configuration.gradientLimit) {
      model, batch, random in
      guard let corruption else { return loss(model(batch), batch) }
      return loss(model(corruption(batch, using: &random)), batch)
    }
  }
}
