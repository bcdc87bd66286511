public import Autodiff
public import NeuralNetworks
public import TensorCore

/// A single network that goes downhill on a single loss, by Adam.
public struct GradientLearner<Model: Module>: Learner {
  public var model: Model
  public var optimizer: Adam
  /// Gradients longer than this, taken as one vector, are shortened to it.
  public var gradientLimit: Float?
  private let loss: (Model, Tensor, inout RandomGenerator) -> Variable

  /// - Parameter loss: computes a single number from the model, a batch, and random numbers.
  public init(
    _ model: Model, optimizer: Adam, gradientLimit: Float? = nil,
    loss: @escaping (Model, Tensor, inout RandomGenerator) -> Variable
  ) {
    self.model = model
    self.optimizer = optimizer
    self.gradientLimit = gradientLimit
    self.loss = loss
  }

  public mutating func learn(
    from batch: Tensor, using random: inout RandomGenerator
  ) throws(TrainingError) -> StepReport {
    var (value, gradients) = valueAndGradient(at: model) { model in loss(model, batch, &random) }
    guard value.isFinite else {
      throw .notFinite(tensor: firstNotFinite(batch, gradients), step: optimizer.step)
    }
    var report = StepReport(loss: value)
    if let gradientLimit { report.gradientNorm = gradients.clip(toNorm: gradientLimit) }
    optimizer.update(&model, with: gradients)
    return report
  }

  /// Where the trouble shows first, in the order of the computation.
  private func firstNotFinite(_ batch: Tensor, _ gradients: Gradients) -> String {
    if !batch.isFinite { return "the batch" }
    let names = model.parameterNames
    for (name, value) in zip(names, model.parameters) where !value.isFinite { return "the parameter " + name }
    return "the loss"
  }
}

extension Tensor {
  /// Whether no scalar is NaN or infinite.
  package var isFinite: Bool {
    withUnsafeScalars { scalars in
      for scalar in scalars where !scalar.isFinite { return false }
      return true
    }
  }
}
