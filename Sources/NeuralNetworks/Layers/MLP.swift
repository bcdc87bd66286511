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
  ///
  /// Where nothing is tracked, every thread takes bands of rows through all layers: a band's activations stay in its
  /// core's cache. The numbers are the same.
  public func callAsFunction(_ x: Variable) -> Variable {
    guard let last = layers.last, !x.isTracked, !isTracked, x.shape.count == 2 else { return applyLayers(x) }
    return Variable(
      constant: x.value.mappingRowBands(of: MLP.band, to: last.weight.shape[1]) {
        applyLayers(Variable(constant: $0)).value
      })
  }

  /// Rows of a band: enough for whole tiles of the matrix product to dominate, few enough for the nearest big cache.
  private static let band = 256

  private var isTracked: Bool {
    for layer in layers where layer.weight.isTracked || layer.bias.isTracked { return true }
    return false
  }

  private func applyLayers(_ x: Variable) -> Variable {
    var x = x
    for index in layers.indices {
      x = layers[index](x, activation: index == layers.count - 1 ? outputActivation : activation)
    }
    return x
  }

  /// The network's output for a batch of data.
  public func callAsFunction(_ x: Tensor) -> Variable { callAsFunction(Variable(constant: x)) }
}
