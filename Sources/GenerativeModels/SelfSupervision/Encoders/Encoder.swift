public import Autodiff
public import NeuralNetworks
public import TensorCore

/// A network whose inner description of a row is of interest: what a linear probe looks at.
public protocol Encoder: Module {
  /// The numbers of a description.
  var featureWidth: Int { get }

  /// The descriptions: `[n, ...]` to `[n, featureWidth]`. As a finished network: nothing is remembered.
  func features(_ x: Variable) -> Variable
}

extension Encoder {
  /// The descriptions of data: `[n, featureWidth]`. Works in blocks, so that n may be large.
  public func features(of rows: Tensor) -> Tensor {
    rows.mapRowBlocks { features(Variable(constant: $0)).value }
  }
}

/// An encoder of rows: a multilayer perceptron with an activation after every layer.
public struct MLPEncoder: Encoder {
  public var network: MLP
  public let featureWidth: Int

  /// - Parameter widths: from a row to the features: `[784, 256, 128]`.
  ///
  /// Traps when there are fewer than two widths or one is not positive.
  public init(
    widths: [Int], activation: Activation = .relu, initializer: Initializer = .standard,
    using random: inout RandomGenerator
  ) {
    network = MLP(
      widths: widths, activation: activation, outputActivation: activation, initializer: initializer, using: &random)
    featureWidth = widths[widths.count - 1]
  }

  public mutating func visitParameters(_ visitor: inout some ParameterVisitor) { network.visitParameters(&visitor) }

  public func features(_ x: Variable) -> Variable { network(x) }
}

/// An encoder of images: convolutions of stride 2, each of which halves the image, and a dense layer, with an activation
/// after each.
///
/// It takes images `[n, h, w, c]`, and rows `[n, h * w * c]` as well.
public struct ConvEncoder: Encoder {
  public var convolutions: [Conv2d]
  public var dense: Linear
  public let activation: Activation
  private let imageShape: [Int]

  /// - Parameters:
  ///   - height: of an image; halved by every convolution, so a multiple of 2 to the power of their number.
  ///   - width: likewise.
  ///   - inputChannels: 1 for grey images.
  ///   - channels: of each convolution.
  ///   - features: the numbers of a description.
  ///
  /// Traps when an extent or a channel is not positive or an image cannot be halved so often.
  public init(
    height: Int = 28, width: Int = 28, inputChannels: Int = 1, channels: [Int] = [16, 32], features: Int = 128,
    activation: Activation = .relu, initializer: Initializer = .standard, using random: inout RandomGenerator
  ) {
    let (rows, columns) = halved(height, width, channels.count, "ConvEncoder")
    convolutions = []
    var inputs = inputChannels
    for outputs in channels {
      convolutions.append(
        Conv2d(
          inputChannels: inputs, outputChannels: outputs, kernelSize: 4, stride: 2, padding: 1,
          initializer: initializer, using: &random))
      inputs = outputs
    }
    dense = Linear(rows * columns * inputs, features, initializer: initializer, using: &random)
    self.activation = activation
    imageShape = [height, width, inputChannels]
  }

  public mutating func visitParameters(_ visitor: inout some ParameterVisitor) {
    visitor.visit("convolutions", &convolutions)
    visitor.visit("dense", &dense)
  }

  public var featureWidth: Int { dense.bias.shape[0] }

  public func features(_ x: Variable) -> Variable {
    var x = x.shape.count == 2 ? x.reshaped(to: [x.shape[0]] + imageShape) : x
    for layer in convolutions { x = layer(x, activation: activation) }
    return dense(x.reshaped(to: [x.shape[0], dense.weight.shape[0]]), activation: activation)
  }
}
