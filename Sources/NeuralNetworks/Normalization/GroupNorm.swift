public import Autodiff
public import TensorCore

/// Group normalization: y = (x - m) / sqrt(v + epsilon) * weight + bias, with the mean m and the variance v over all
/// pixels and the channels of one group, for each image and group on its own (Wu and He 2018, arXiv 1803.08494).
///
/// Channels are the last axis (NHWC; PyTorch has them second), and neighbouring channels form a group. One group makes
/// it a layer normalization over the image, as many groups as channels an instance normalization.
public struct GroupNorm: Module {
  /// The gain, `[channels]`, from 1.
  public var weight: Variable
  /// The offset, `[channels]`, from 0.
  public var bias: Variable
  public let groups: Int
  public let epsilon: Float

  /// Traps when the channels cannot be divided into so many groups.
  public init(groups: Int, channels: Int, epsilon: Float = 1e-5) {
    guard groups > 0, channels > 0, channels % groups == 0 else {
      trap("GroupNorm", String(channels) + " channels cannot be divided into " + String(groups) + " groups")
    }
    weight = Variable(constant: Tensor(ones: [channels]))
    bias = Variable(constant: Tensor(zeros: [channels]))
    self.groups = groups
    self.epsilon = epsilon
  }

  public mutating func visitParameters(_ visitor: inout some ParameterVisitor) {
    visitor.visit("weight", &weight)
    visitor.visit("bias", &bias)
  }

  /// The normalized images: `[batch, ..., channels]` to the same shape, and an activation of them, which is fused into
  /// the normalization. Traps when the last extent is not the number of channels.
  public func callAsFunction(_ x: Variable, activation: Activation = .identity) -> Variable {
    guard x.shape.count >= 2, let channels = x.shape.last, [channels] == weight.shape else {
      trap(
        "GroupNorm", "the input " + describe(x.shape) + " is not [batch, ..., channels] of " + describe(weight.shape))
    }
    let pixels = x.shape[1..<x.shape.count - 1].reduce(1, *)
    return normalized(
      x, weight: weight, bias: bias,
      sets: NormalizationSets(batch: x.shape[0], pixels: pixels, channels: channels, groups: groups), epsilon: epsilon,
      activation: activation
    ).result
  }

  /// The same for a batch of data.
  public func callAsFunction(_ x: Tensor, activation: Activation = .identity) -> Variable {
    callAsFunction(Variable(constant: x), activation: activation)
  }
}
