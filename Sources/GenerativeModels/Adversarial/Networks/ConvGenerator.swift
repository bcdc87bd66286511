public import Autodiff
public import NeuralNetworks
public import TensorCore

/// A generator of images: a dense layer makes a small image of many channels, and transposed convolutions of stride 2
/// double it up to size; batch normalization and an activation go before each of them (Radford et al. 2016, arXiv
/// 1511.06434).
public struct ConvGenerator: Generator {
  public var dense: Linear
  public var convolutions: [ConvTransposed2d]
  /// One before each activation, or none at all.
  public var norms: [BatchNorm]
  public let activation: Activation
  /// `.sigmoid` keeps pixels in 0...1, `.tanh` in -1...1.
  public let outputActivation: Activation
  public let latentWidth: Int
  private let smallShape: [Int]

  /// - Parameters:
  ///   - latentWidth: the numbers of one z.
  ///   - height: of an image; a multiple of 2 to the power of the number of `channels`.
  ///   - width: likewise.
  ///   - channels: of the small image and after each doubling: `[64, 32]` goes from 7 x 7 x 64 by 14 x 14 x 32 to 28 x 28.
  ///   - outputChannels: 1 for grey images.
  ///   - normalizes: whether there is batch normalization.
  ///
  /// Traps when an extent or a channel is not positive or an image cannot be halved so often.
  public init(
    latentWidth: Int = 64, height: Int = 28, width: Int = 28, channels: [Int] = [64, 32], outputChannels: Int = 1,
    activation: Activation = .relu, outputActivation: Activation = .sigmoid, normalizes: Bool = true,
    initializer: Initializer = .standard, using random: inout RandomGenerator
  ) {
    let (rows, columns) = halved(height, width, channels.count, "ConvGenerator")
    dense = Linear(latentWidth, rows * columns * channels[0], initializer: initializer, using: &random)
    convolutions = []
    for (index, inputs) in channels.enumerated() {
      convolutions.append(
        ConvTransposed2d(
          inputChannels: inputs, outputChannels: index + 1 < channels.count ? channels[index + 1] : outputChannels,
          kernelSize: 4, stride: 2, padding: 1, initializer: initializer, using: &random))
    }
    norms = normalizes ? channels.map { BatchNorm($0) } : []
    self.activation = activation
    self.outputActivation = outputActivation
    self.latentWidth = latentWidth
    smallShape = [rows, columns, channels[0]]
  }

  public mutating func visitParameters(_ visitor: inout some ParameterVisitor) {
    visitor.visit("dense", &dense)
    visitor.visit("convolutions", &convolutions)
    visitor.visit("norms", &norms)
  }

  public func callAsFunction(_ z: Variable) -> Variable {
    image(of: z) { index, x in norms.isEmpty ? x : norms[index](x) }
  }

  public mutating func forward(_ z: Variable) -> Variable {
    var changed = norms
    let result = image(of: z) { index, x in changed.isEmpty ? x : changed[index].forward(x, phase: .training) }
    norms = changed
    return result
  }

  private func image(of z: Variable, normalize: (Int, Variable) -> Variable) -> Variable {
    var x = dense(z).reshaped(to: [z.shape[0]] + smallShape)
    for (index, layer) in convolutions.enumerated() {
      x = layer(activation(normalize(index, x)))
    }
    return outputActivation(x)
  }
}
