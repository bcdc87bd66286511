internal import Autodiff
public import NeuralNetworks
public import TensorCore

/// A denoising network for images: down to a coarse resolution and up again, with what was seen on the way down handed
/// across (Ronneberger et al. 2015, arXiv 1505.04597; in the form of Ho et al. 2020, arXiv 2006.11239, appendix B).
///
/// ```swift
/// let network = UNet(UNetConfiguration(widths: [16, 32, 64]), using: &random)
/// let diffusion = GaussianDiffusion(.cosine(steps: 200), target: .v, dataRange: -1...1)
/// ```
///
/// Images are `[batch, height, width, channels]` with numbers of about the size 1, and their height and width a multiple
/// of ``UNetConfiguration/stride``.
public struct UNet: ConditionalNetwork {
  public let configuration: UNetConfiguration
  public let embedding: SinusoidalEmbedding
  public var time: MLP
  /// One vector for each class and a last one for "any"; none without classes.
  public var labels: [Embedding]
  public var input: Conv2d
  /// The blocks of all resolutions on the way down, finest first.
  public var down: [ResidualBlock]
  /// Between neighbouring resolutions: convolutions of stride 2.
  public var halve: [Conv2d]
  public var middle: [ResidualBlock]
  /// At the lowest resolution, between the middle's two blocks; none where there are no heads.
  public var attention: [PixelAttention]
  /// The blocks on the way up, coarsest first.
  public var up: [ResidualBlock]
  public var outputNorm: GroupNorm
  public var output: Conv2d

  /// A network whose first answer is 0, for its last convolution starts there.
  public init(_ configuration: UNetConfiguration, using random: inout RandomGenerator) {
    configuration.validate()
    self.configuration = configuration
    let (widths, groups) = (configuration.widths, configuration.groups)
    let context = 4 * configuration.timeWidth
    let area = configuration.patch * configuration.patch
    func block(_ inputs: Int, _ outputs: Int, _ random: inout RandomGenerator) -> ResidualBlock {
      ResidualBlock(inputs: inputs, outputs: outputs, timeWidth: context, groups: groups, using: &random)
    }
    embedding = SinusoidalEmbedding(width: configuration.timeWidth)
    time = MLP(
      widths: [configuration.timeWidth, context, context], activation: .silu, outputActivation: .identity,
      using: &random)
    labels =
      configuration.classes > 0 ? [Embedding(count: configuration.classes + 1, width: context, using: &random)] : []
    input = Conv2d(
      inputChannels: configuration.imageChannels * area, outputChannels: widths[0], kernelSize: 3, padding: 1,
      using: &random)
    down = []
    halve = []
    up = []
    var channels = widths[0]
    for (level, width) in widths.enumerated() {
      for _ in 0..<configuration.blocks {
        down.append(block(channels, width, &random))
        channels = width
      }
      if level < widths.count - 1 {
        halve.append(
          Conv2d(
            inputChannels: width, outputChannels: width, kernelSize: 3, stride: 2, padding: 1, using: &random))
      }
    }
    middle = [block(channels, channels, &random), block(channels, channels, &random)]
    attention =
      configuration.attentionHeads > 0
      ? [PixelAttention(channels: channels, heads: configuration.attentionHeads, groups: groups, using: &random)] : []
    for width in widths.reversed() {
      for _ in 0..<configuration.blocks {
        // What comes up and what is handed across, side by side.
        up.append(block(channels + width, width, &random))
        channels = width
      }
    }
    outputNorm = GroupNorm(groups: groups, channels: channels)
    output = Conv2d(
      inputChannels: channels, outputChannels: configuration.outputChannels * area, kernelSize: 3, padding: 1,
      initializer: .zeros, using: &random)
  }

  public mutating func visitParameters(_ visitor: inout some ParameterVisitor) {
    visitor.visit("time", &time)
    visitor.visit("labels", &labels)
    visitor.visit("input", &input)
    visitor.visit("down", &down)
    visitor.visit("halve", &halve)
    visitor.visit("middle", &middle)
    visitor.visit("attention", &attention)
    visitor.visit("up", &up)
    visitor.visit("outputNorm", &outputNorm)
    visitor.visit("output", &output)
  }
}
