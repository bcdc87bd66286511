internal import Autodiff
public import NeuralNetworks
public import TensorCore

/// A variational autoencoder in training: each step draws a code for every row and descends
/// reconstruction + beta divergence.
///
/// A step reports the two parts as the terms "reconstruction" and "divergence", in nats for one row.
public struct VariationalLearner: ResumableLearner {
  public var model: VariationalAutoencoder
  public var optimizer: Adam
  /// Gradients longer than this, taken as one vector, are shortened to it.
  public var gradientLimit: Float?
  /// The weight of the divergence: 1 for the ELBO, more for codes that say less and whose dimensions are more
  /// independent, 0 for an autoencoder with noise in its code.
  public let beta: Float
  /// Over so many first steps the weight grows from 0 to beta, which keeps dimensions of the code from being given up
  /// before the decoder has learned to use them (Bowman et al. 2016, arXiv 1511.06349, section 3.1).
  public let warmup: Int

  /// Traps when beta is negative or not finite, or the warm-up is negative.
  public init(
    _ model: VariationalAutoencoder, beta: Float = 1, warmup: Int = 0, configuration: TrainingConfiguration
  ) {
    guard beta >= 0, beta.isFinite else {
      trap("VariationalLearner", "beta: must be 0 or more, 1 for the ELBO, not " + beta.description)
    }
    guard warmup >= 0 else { trap("VariationalLearner", "warmup: must be 0 steps or more, not " + String(warmup)) }
    self.model = model
    self.beta = beta
    self.warmup = warmup
    optimizer = Adam(learningRate: configuration.learningRate)
    gradientLimit = configuration.gradientLimit
  }

  /// The divergence's weight at the present step.
  public var presentBeta: Float {
    optimizer.step < warmup ? beta * Float(optimizer.step) / Float(warmup) : beta
  }

  /// Traps when the rows are not as wide as the model's input, or do not suit its observation model.
  public mutating func learn(
    from batch: Tensor, using random: inout RandomGenerator
  ) throws(TrainingError) -> StepReport {
    guard batch.isFinite else { throw .notFinite(tensor: "the batch", step: optimizer.step) }
    model.requireObservable(batch, "VariationalLearner")
    let noise = random.normal(shape: [batch.shape[0], model.latentWidth])
    let beta = presentBeta
    var parts: (reconstruction: Float, divergence: Float) = (0, 0)
    var (value, gradients) = valueAndGradient(at: model) { model in
      let terms = model.terms(batch, noise: noise)
      parts = (terms.reconstruction.value.item, terms.divergence.value.item)
      return terms.loss(beta: beta)
    }
    let norm = gradients.norm
    guard value.isFinite, norm.isFinite else {
      throw .notFinite(tensor: place(gradients, parts.reconstruction, parts.divergence), step: optimizer.step)
    }
    if let gradientLimit { gradients.clip(toNorm: gradientLimit) }
    optimizer.update(&model, with: gradients)
    return StepReport(
      loss: value, gradientNorm: norm,
      terms: [.init("reconstruction", parts.reconstruction), .init("divergence", parts.divergence)])
  }

  public mutating func visitState(_ visitor: inout CheckpointVisitor) {
    visitor.visit("model", &model)
    visitor.visit("optimizer", &optimizer, of: model)
  }

  /// Where the trouble shows first, in the order of the computation.
  private func place(_ gradients: Gradients, _ reconstruction: Float, _ divergence: Float) -> String {
    if let name = model.firstParameterNotFinite { return "the parameter " + name }
    if !divergence.isFinite { return "the divergence" }
    if !reconstruction.isFinite { return "the reconstruction" }
    return "the gradient of " + (model.firstNotFinite(in: gradients) ?? "the parameters")
  }
}

extension VariationalAutoencoder {
  /// Trains the model by Adam; see ``VariationalLearner``.
  ///
  /// - Parameters:
  ///   - rows: the training data, `[n, width]`.
  ///   - beta: the weight of the divergence; 1 for the ELBO.
  ///   - warmup: the steps over which that weight grows from 0.
  ///   - observer: called after every `observeEvery` steps; may set `shouldStop`.
  /// - Returns: the loss of every step, with the terms "reconstruction" and "divergence".
  /// - Throws: a ``TrainingError`` when a number stops being finite or there are no rows.
  ///
  /// Traps when the rows are not as wide as the model's input or do not suit its observation model, or beta is negative.
  @discardableResult
  public mutating func train(
    on rows: Tensor, beta: Float = 1, warmup: Int = 0, configuration: TrainingConfiguration,
    using random: inout RandomGenerator, observer: ((inout TrainingProgress) -> Void)? = nil
  ) throws(TrainingError) -> TrainingHistory {
    var learner = VariationalLearner(self, beta: beta, warmup: warmup, configuration: configuration)
    var trainer = Trainer(configuration)
    // Were the model kept here as well, the first step would have to copy it.
    defer { self = learner.model }
    guard let observer else { return try trainer.run(&learner, on: rows, using: &random) }
    return try trainer.run(&learner, on: rows, using: &random) { _, progress in observer(&progress) }
  }
}
