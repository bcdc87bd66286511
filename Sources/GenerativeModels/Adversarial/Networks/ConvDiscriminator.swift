public import Autodiff
public import NeuralNetworks
public import TensorCore

/// A discriminator of images: convolutions of stride 2, each of which halves the image, and a dense head (Radford et al.
/// 2016, arXiv 1511.06434), with spectral normalization and minibatch statistics where asked for.
///
/// It takes images `[n, h, w, c]`, and rows `[n, h * w * c]` as well.
public struct ConvDiscriminator: Discriminator {
  public var convolutions: [Conv2d]
  public var head: Linear
  /// One for each convolution and one for the head, or none at all.
  public var norms: [SpectralNorm]
  public let activation: Activation
  /// Whether the head also sees how alike the images of the batch are.
  public let minibatch: MinibatchStandardDeviation?
  private let imageShape: [Int]

  /// - Parameters:
  ///   - height: of an image; halved by every convolution, so a multiple of 2 to the power of their number.
  ///   - width: likewise.
  ///   - inputChannels: 1 for grey images; times the packing, where images are packed.
  ///   - channels: of each convolution: `[32, 64]` makes 28 x 28 pixels 14 x 14 x 32, then 7 x 7 x 64.
  ///   - outputs: the logits.
  ///
  /// Traps when an extent or a channel is not positive or an image cannot be halved so often.
  public init(
    height: Int = 28, width: Int = 28, inputChannels: Int = 1, channels: [Int] = [32, 64], outputs: Int = 1,
    activation: Activation = .leakyRelu(slope: 0.2), spectral: Bool = false,
    minibatch: MinibatchStandardDeviation? = nil, initializer: Initializer = .standard,
    using random: inout RandomGenerator
  ) {
    let (rows, columns) = halved(height, width, channels.count, "ConvDiscriminator")
    convolutions = []
    var inputs = inputChannels
    for outputs in channels {
      convolutions.append(
        Conv2d(
          inputChannels: inputs, outputChannels: outputs, kernelSize: 4, stride: 2, padding: 1,
          initializer: initializer, using: &random))
      inputs = outputs
    }
    head = Linear(
      rows * columns * inputs + (minibatch == nil ? 0 : 1), outputs, initializer: initializer, using: &random)
    norms = []
    if spectral {
      for layer in convolutions { norms.append(SpectralNorm(for: layer.weight.value, using: &random)) }
      norms.append(SpectralNorm(for: head.weight.value, using: &random))
    }
    self.activation = activation
    self.minibatch = minibatch
    imageShape = [height, width, inputChannels]
  }

  public mutating func visitParameters(_ visitor: inout some ParameterVisitor) {
    visitor.visit("convolutions", &convolutions)
    visitor.visit("head", &head)
    visitor.visit("norms", &norms)
  }

  public var outputWidth: Int { head.bias.shape[0] }
  public var featureWidth: Int { head.weight.shape[0] - (minibatch == nil ? 0 : 1) }
  public var dependsOnBatch: Bool { minibatch != nil }

  public func features(_ x: Variable) -> Variable {
    var x = x.shape.count == 2 ? x.reshaped(to: [x.shape[0]] + imageShape) : x
    for (index, layer) in convolutions.enumerated() {
      let weight = norms.isEmpty ? layer.weight : norms[index](layer.weight)
      x = conv2d(
        x, weight: weight, bias: layer.bias, activation: activation, stride: layer.stride, padding: layer.padding)
    }
    return x.reshaped(to: [x.shape[0], featureWidth])
  }

  public func callAsFunction(_ x: Variable) -> Variable {
    let features = features(x)
    let weight = norms.isEmpty ? head.weight : norms[convolutions.count](head.weight)
    return linear(minibatch?(features) ?? features, weight: weight, bias: head.bias)
  }

  public mutating func forward(_ x: Variable) -> Variable {
    // Only the vectors change; the logits then come from the finished network.
    for index in norms.indices {
      let weight = index < convolutions.count ? convolutions[index].weight : head.weight
      _ = norms[index].normalize(weight.stopGradient, phase: .training)
    }
    return callAsFunction(x)
  }
}

/// The extents of an image after so many halvings. Traps when one cannot be halved so often.
func halved(_ height: Int, _ width: Int, _ times: Int, _ operation: String) -> (Int, Int) {
  let factor = 1 << times
  guard times >= 1, height > 0, width > 0, height % factor == 0, width % factor == 0 else {
    trap(
      operation,
      "needs one layer or more, and extents that are multiples of 2 to the power of their number, not "
        + String(times) + " layers for " + String(height) + " x " + String(width) + " pixels")
  }
  return (height / factor, width / factor)
}
