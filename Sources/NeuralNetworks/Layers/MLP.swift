public import Autodiff
public import TensorCore

/// A multilayer perceptron: dense layers one after another, with an activation between them.
public struct MLP: Module {
  public var layers: [Linear]
  /// Applied after every layer but the last.
  public let activation: Activation
  /// Applied after the last layer.
  public let outputActivation: Activation

  /// - Parameters:
  ///   - widths: the width of the input, of every hidden layer, and of the output: `[784, 256, 32]` is two layers.
  ///
  /// Traps when there are fewer than two widths or one is not positive.
  public init(
    widths: [Int], activation: Activation = .relu, outputActivation: Activation = .identity,
    initializer: Initializer = .standard, using random: inout RandomGenerator
  ) {
    guard widths.count >= 2 else {
      trap("MLP", "needs an input and an output width at least, not " + describe(widths))
    }
    layers = []
    for (inputs, outputs) in zip(widths, widths.dropFirst()) {
      layers.append(Linear(inputs, outputs, initializer: initializer, using: &random))
    }
    self.activation = activation
    self.outputActivation = outputActivation
  }

  public mutating func visitParameters(_ visitor: inout some ParameterVisitor) {
    visitor.visit("layers", &layers)
  }

  /// The network's output for a batch: `[batch, first width]` to `[batch, last width]`. All layers are one operation.
  public func callAsFunction(_ x: Variable) -> Variable {
    perceptron(
      x, weights: layers.map { $0.weight }, biases: layers.map { $0.bias }, activation: activation,
      outputActivation: outputActivation)
  }

  /// The network's output for a batch of data.
  public func callAsFunction(_ x: Tensor) -> Variable { callAsFunction(Variable(constant: x)) }

  /// The network for inputs that all end in the same numbers: those are multiplied once, and go into the first bias.
  ///
  /// With `x = [y, shared]` and the first weight split into the rows `U` above and `V` below, `x W + b` is
  /// `y U + (shared V + b)`. A denoiser asked about many points at one time is the case.
  ///
  /// - Parameter shared: the last coordinates of every input, `[n]` or `[1, n]`.
  ///
  /// Traps when there are not fewer of them than the input's coordinates, or there is more than one row.
  public func folding(shared: Variable) -> MLP {
    let width = layers[0].weight.shape[0]
    let count = shared.value.count
    guard count < width, shared.shape == [count] || shared.shape == [1, count] else {
      trap("MLP.folding", "the shared coordinates " + describe(shared.shape) + " do not fit inputs of " + String(width))
    }
    var folded = self
    let weight = layers[0].weight
    folded.layers[0].weight = weight.rows(0..<width - count)
    folded.layers[0].bias =
      linear(
        shared.reshaped(to: [1, count]), weight: weight.rows(width - count..<width), bias: layers[0].bias
      ).reshaped(to: [weight.shape[1]])
    return folded
  }
}
