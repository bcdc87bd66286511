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

  /// The network's output for a batch: `[batch, first width]` to `[batch, last width]`.
  public func callAsFunction(_ x: Variable) -> Variable {
    var x = x
    for index in layers.indices {
      x = layers[index](x, activation: index == layers.count - 1 ? outputActivation : activation)
    }
    return x
  }

  /// The network's output for a batch of data.
  public func callAsFunction(_ x: Tensor) -> Variable { callAsFunction(Variable(constant: x)) }
}
