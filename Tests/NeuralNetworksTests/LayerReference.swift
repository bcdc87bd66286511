import Autodiff
import NeuralNetworks
import TensorCore
import Testing

/// What PyTorch made of one layer: see the script named at the head of each file of values.
struct LayerReference: Sendable {
  var start, input, target, output, inputGradient, gradient, losses, end: [Float]

  /// Compares forward, backward and ten steps of momentum with PyTorch's.
  ///
  /// - Parameters:
  ///   - model: of the right structure; its parameters are overwritten with `start`.
  ///   - inputShape: the input's shape.
  ///   - apply: the layer's result in training. It may change the layer's buffers.
  /// - Returns: the trained model.
  @discardableResult
  func check<Model: Module>(
    _ model: Model, inputShape: [Int], learningRate: LearningRate = 0.1,
    sourceLocation: SourceLocation = #_sourceLocation,
    _ apply: (inout Model, Variable) -> Variable
  ) -> Model {
    var model = model
    setParameters(of: &model, to: start)
    let x = Variable(Tensor(input, shape: inputShape))
    var copy = model
    let y = apply(&copy, x)
    expectClose(y.value, output, "output", sourceLocation: sourceLocation)
    let target = Tensor(target, shape: y.shape)
    if !inputGradient.isEmpty {
      let found = Autodiff.gradient(of: meanSquaredError(y, target), withRespectTo: x)
      expectClose(found.value, inputGradient, "input gradient", sourceLocation: sourceLocation)
    }
    return train(model, target, learningRate, sourceLocation) { apply(&$0, x.stopGradient) }
  }

  /// Compares a backward pass and ten steps.
  @discardableResult
  func train<Model: Module>(
    _ model: Model, _ target: Tensor, _ learningRate: LearningRate, _ sourceLocation: SourceLocation,
    _ apply: (inout Model) -> Variable
  ) -> Model {
    var model = model
    var optimizer = SGD(learningRate: learningRate, momentum: 0.9)
    var found: [Float] = []
    for step in 0..<10 {
      let (loss, gradients) = valueAndGradient(updatingBuffersOf: &model) { meanSquaredError(apply(&$0), target) }
      if step == 0 {
        expectClose(flattened(gradients.tensors), gradient, "gradient", sourceLocation: sourceLocation)
      }
      optimizer.update(&model, with: gradients)
      found.append(loss)
    }
    expectClose(Tensor(found), losses, "losses", sourceLocation: sourceLocation)
    expectClose(flattened(model.parameters), end, "weights", sourceLocation: sourceLocation)
    return model
  }
}

/// All scalars in a row.
func flattened(_ tensors: [Tensor]) -> Tensor { Tensor(tensors.flatMap(\.scalars)) }

/// Cuts the scalars into the parameters of a model, in visiting order.
func setParameters(of model: inout some Module, to scalars: [Float]) {
  var rest = scalars[...]
  model.forEachParameter { parameter in
    let shape = parameter.shape
    let count = parameter.value.count
    parameter = Variable(constant: Tensor(Array(rest.prefix(count)), shape: shape))
    rest = rest.dropFirst(count)
  }
  #expect(rest.isEmpty)
}
