public import Autodiff
public import NeuralNetworks
public import TensorCore

/// A single network that goes downhill on a single loss, by Adam.
public struct GradientLearner<Model: Module>: ResumableLearner {
  public var model: Model
  public var optimizer: Adam
  /// Gradients longer than this, taken as one vector, are shortened to it.
  public var gradientLimit: Float?
  /// The average of the weights over the steps, where one is kept: what diffusion models are sampled with.
  public var average: ExponentialMovingAverage<Model>?
  private let loss: (inout Model, Tensor, inout RandomGenerator) -> Variable

  /// - Parameter loss: computes a single number from the model, a batch, and random numbers.
  public init(
    _ model: Model, optimizer: Adam, gradientLimit: Float? = nil, average: ExponentialMovingAverage<Model>? = nil,
    loss: @escaping (Model, Tensor, inout RandomGenerator) -> Variable
  ) {
    self.init(updatingBuffersOf: model, optimizer: optimizer, gradientLimit: gradientLimit, average: average) {
      model, batch, random in loss(model, batch, &random)
    }
  }

  /// For a model with buffers: the loss may change the model it is given, and the buffers are kept.
  public init(
    updatingBuffersOf model: Model, optimizer: Adam, gradientLimit: Float? = nil,
    average: ExponentialMovingAverage<Model>? = nil,
    loss: @escaping (inout Model, Tensor, inout RandomGenerator) -> Variable
  ) {
    self.model = model
    self.optimizer = optimizer
    self.gradientLimit = gradientLimit
    self.average = average
    self.loss = loss
  }

  public mutating func learn(
    from batch: Tensor, using random: inout RandomGenerator
  ) throws(TrainingError) -> StepReport {
    let loss = loss
    var (value, gradients) = valueAndGradient(updatingBuffersOf: &model) { model in loss(&model, batch, &random) }
    let norm = gradients.norm
    guard value.isFinite, norm.isFinite else {
      throw .notFinite(tensor: place(of: batch, gradients, value), step: optimizer.step)
    }
    if let gradientLimit { gradients.clip(toNorm: gradientLimit) }
    optimizer.update(&model, with: gradients)
    average?.update(with: model)
    return StepReport(loss: value, gradientNorm: norm)
  }

  public mutating func visitState(_ visitor: inout CheckpointVisitor) {
    visitor.visit("model", &model)
    visitor.visit("optimizer", &optimizer, of: model)
    if var average {
      visitor.visit("average", &average)
      self.average = average
    }
  }

  /// Where the trouble shows first, in the order of the computation.
  private func place(of batch: Tensor, _ gradients: Gradients, _ loss: Float) -> String {
    if !batch.isFinite { return "the batch" }
    if let name = model.firstParameterNotFinite { return "the parameter " + name }
    if !loss.isFinite { return "the loss" }
    return "the gradient of " + (model.firstNotFinite(in: gradients) ?? "the parameters")
  }
}

extension Module {
  /// The dotted name of the first parameter that holds NaN or infinity.
  package var firstParameterNotFinite: String? {
    for (name, value) in zip(parameterNames, parameters) where !value.isFinite { return name }
    return nil
  }

  /// The dotted name of the first parameter whose gradient holds NaN or infinity.
  package func firstNotFinite(in gradients: Gradients) -> String? {
    for (name, value) in zip(parameterNames, gradients.tensors) where !value.isFinite { return name }
    return nil
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

  /// The first row, of those along the first axis, that holds NaN or infinity.
  var firstRowNotFinite: Int? {
    withUnsafeScalars { scalars in
      for index in scalars.indices where !scalars[index].isFinite { return index / (scalars.count / shape[0]) }
      return nil
    }
  }
}
