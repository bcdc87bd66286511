public import Autodiff
public import NeuralNetworks
public import TensorCore

/// A residual block of a U-Net: two normalized convolutions around the addition of the time's embedding,
/// x' + conv(silu(norm(conv(silu(norm(x))) + W silu(e)))), with x' = x, or a 1 x 1 convolution of it where the channels
/// change (Ho et al. 2020, arXiv 2006.11239, appendix B).
///
/// The last convolution starts at 0, so that a new block passes x' on.
public struct ResidualBlock: Module {
  public var firstNorm: GroupNorm
  public var first: Conv2d
  public var time: Linear
  public var secondNorm: GroupNorm
  public var second: Conv2d
  /// None, or one where the channels change.
  public var shortcut: [Conv2d]

  /// - Parameter groups: of the normalizations; traps when the channels cannot be divided among them.
  public init(
    inputs: Int, outputs: Int, timeWidth: Int, groups: Int, using random: inout RandomGenerator
  ) {
    firstNorm = GroupNorm(groups: groups, channels: inputs)
    first = Conv2d(inputChannels: inputs, outputChannels: outputs, kernelSize: 3, padding: 1, using: &random)
    time = Linear(timeWidth, outputs, using: &random)
    secondNorm = GroupNorm(groups: groups, channels: outputs)
    second = Conv2d(
      inputChannels: outputs, outputChannels: outputs, kernelSize: 3, padding: 1, initializer: .zeros, using: &random)
    shortcut =
      inputs == outputs ? [] : [Conv2d(inputChannels: inputs, outputChannels: outputs, kernelSize: 1, using: &random)]
  }

  public mutating func visitParameters(_ visitor: inout some ParameterVisitor) {
    visitor.visit("firstNorm", &firstNorm)
    visitor.visit("first", &first)
    visitor.visit("time", &time)
    visitor.visit("secondNorm", &secondNorm)
    visitor.visit("second", &second)
    visitor.visit("shortcut", &shortcut)
  }

  /// - Parameters:
  ///   - x: `[batch, height, width, inputs]`.
  ///   - context: silu(e), `[batch, time width]`.
  public func callAsFunction(_ x: Variable, context: Variable) -> Variable {
    let shift = time(context)
    let h = first(firstNorm(x, activation: .silu)) + shift.reshaped(to: [x.shape[0], 1, 1, shift.shape[1]])
    let result = second(secondNorm(h, activation: .silu))
    return result + (shortcut.first.map { $0(x) } ?? x)
  }
}

/// Self-attention over the pixels of an image, x + attention(norm(x)).
public struct PixelAttention: Module {
  public var norm: GroupNorm
  public var attention: MultiHeadAttention

  public init(channels: Int, heads: Int, groups: Int, using random: inout RandomGenerator) {
    norm = GroupNorm(groups: groups, channels: channels)
    attention = MultiHeadAttention(width: channels, heads: heads, using: &random)
  }

  public mutating func visitParameters(_ visitor: inout some ParameterVisitor) {
    visitor.visit("norm", &norm)
    visitor.visit("attention", &attention)
  }

  /// `[batch, height, width, channels]` to the same shape.
  public func callAsFunction(_ x: Variable) -> Variable {
    let places = norm(x).reshaped(to: [x.shape[0], x.shape[1] * x.shape[2], x.shape[3]])
    return x + attention(places).reshaped(to: x.shape)
  }
}
