public import Autodiff
public import TensorCore

/// Layer normalization: y = (x - m) / sqrt(v + epsilon) * weight + bias, with the mean m and the variance v of the last
/// axis, for each row on its own (Ba, Kiros and Hinton 2016, arXiv 1607.06450).
///
/// The variance is divided by the width, not by one less, as in PyTorch.
public struct LayerNorm: Module {
  /// The gain, `[width]`, from 1.
  public var weight: Variable
  /// The offset, `[width]`, from 0.
  public var bias: Variable
  public let epsilon: Float

  /// Traps when the width is not positive.
  public init(_ width: Int, epsilon: Float = 1e-5) {
    guard width > 0 else { trap("LayerNorm", "the width must be positive, not " + String(width)) }
    weight = Variable(constant: Tensor(ones: [width]))
    bias = Variable(constant: Tensor(zeros: [width]))
    self.epsilon = epsilon
  }

  public mutating func visitParameters(_ visitor: inout some ParameterVisitor) {
    visitor.visit("weight", &weight)
    visitor.visit("bias", &bias)
  }

  /// The normalized rows: `[..., width]` to the same shape, and an activation of them, which is fused into the
  /// normalization. Traps when the last extent is not the width.
  public func callAsFunction(_ x: Variable, activation: Activation = .identity) -> Variable {
    guard let width = x.shape.last, [width] == weight.shape else {
      trap("LayerNorm", "the input " + describe(x.shape) + " does not end with the width of " + describe(weight.shape))
    }
    return normalized(
      x, weight: weight, bias: bias,
      sets: NormalizationSets(batch: x.value.count / width, pixels: 1, channels: width, groups: 1), epsilon: epsilon,
      activation: activation
    ).result
  }

  /// The same for a batch of data.
  public func callAsFunction(_ x: Tensor, activation: Activation = .identity) -> Variable {
    callAsFunction(Variable(constant: x), activation: activation)
  }
}
