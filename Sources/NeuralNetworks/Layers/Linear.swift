public import Autodiff
public import TensorCore

/// A dense layer: y = f(x W + b).
///
/// The weight is stored as `[in, out]`, the transpose of PyTorch's `[out, in]`.
public struct Linear: Module {
  /// W, `[in, out]`.
  public var weight: Variable
  /// b, `[out]`.
  public var bias: Variable

  /// A layer with random weights. As in PyTorch, the bias is uniform in -1/sqrt(in) ... 1/sqrt(in) where the
  /// initializer is ``Initializer/standard``; otherwise it starts at 0.
  ///
  /// Traps when a width is not positive.
  public init(
    _ inputs: Int, _ outputs: Int, initializer: Initializer = .standard, using random: inout RandomGenerator
  ) {
    guard inputs > 0, outputs > 0 else {
      trap("Linear", "widths must be positive, not " + String(inputs) + " and " + String(outputs))
    }
    weight = Variable(
      constant: initializer(shape: [inputs, outputs], fanIn: inputs, fanOut: outputs, using: &random))
    bias = Variable(constant: initializer.bias(outputs, fanIn: inputs, fanOut: outputs, using: &random))
  }

  /// A layer with given weights. Traps when the shapes do not fit each other.
  public init(weight: Tensor, bias: Tensor) {
    guard weight.rank == 2, bias.shape == [weight.shape[1]] else {
      trap("Linear", "the weight " + describe(weight.shape) + " does not fit the bias " + describe(bias.shape))
    }
    self.weight = Variable(constant: weight)
    self.bias = Variable(constant: bias)
  }

  public mutating func visitParameters(_ visitor: inout some ParameterVisitor) {
    visitor.visit("weight", &weight)
    visitor.visit("bias", &bias)
  }

  /// f(x W + b) for a batch x, `[batch, in]` to `[batch, out]`. The activation is fused into the product.
  public func callAsFunction(_ x: Variable, activation: Activation = .identity) -> Variable {
    linear(x, weight: weight, bias: bias, activation: activation)
  }

  /// The same for a batch of data.
  public func callAsFunction(_ x: Tensor, activation: Activation = .identity) -> Variable {
    callAsFunction(Variable(constant: x), activation: activation)
  }
}
