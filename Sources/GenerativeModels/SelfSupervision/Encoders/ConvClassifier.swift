public import Autodiff
public import NeuralNetworks
public import TensorCore

/// A classifier of images, and an encoder whose features are what it decides by: pairs of 3 x 3 convolution and pooling,
/// a dense layer, and a linear head.
///
/// Learning from labels it is what unsupervised encoders are compared with; and in its features samples can be compared
/// with data, as the Frechet distance does in those of a larger network.
///
/// It takes images `[n, h, w, c]`, and rows `[n, h * w * c]` as well.
public struct ConvClassifier: Encoder {
  public var convolutions: [Conv2d]
  public var dense: Linear
  public var head: Linear
  /// What is left out of the features in training.
  public let dropout: Dropout
  private let imageShape: [Int]

  /// - Parameters:
  ///   - height: of an image; halved after every convolution, so a multiple of 2 to the power of their number.
  ///   - width: likewise.
  ///   - inputChannels: 1 for grey images.
  ///   - channels: of each convolution.
  ///   - features: the numbers of a description.
  ///   - classes: of images.
  ///   - dropout: the share of features that are left out in training.
  ///
  /// Traps when an extent or a channel is not positive or an image cannot be halved so often.
  public init(
    height: Int = 28, width: Int = 28, inputChannels: Int = 1, channels: [Int] = [32, 64], features: Int = 128,
    classes: Int = 10, dropout: Float = 0.3, using random: inout RandomGenerator
  ) {
    let (rows, columns) = halved(height, width, channels.count, "ConvClassifier")
    convolutions = []
    var inputs = inputChannels
    for outputs in channels {
      convolutions.append(
        Conv2d(inputChannels: inputs, outputChannels: outputs, kernelSize: 3, padding: 1, using: &random))
      inputs = outputs
    }
    dense = Linear(rows * columns * inputs, features, using: &random)
    head = Linear(features, classes, using: &random)
    self.dropout = Dropout(dropout)
    imageShape = [height, width, inputChannels]
  }

  public mutating func visitParameters(_ visitor: inout some ParameterVisitor) {
    visitor.visit("convolutions", &convolutions)
    visitor.visit("dense", &dense)
    visitor.visit("head", &head)
  }

  public var featureWidth: Int { dense.bias.shape[0] }

  /// How many classes there are.
  public var classes: Int { head.bias.shape[0] }

  public func features(_ x: Variable) -> Variable {
    var x = x.shape.count == 2 ? x.reshaped(to: [x.shape[0]] + imageShape) : x
    for layer in convolutions { x = layer(x, activation: .relu).maxPooled(window: 2) }
    return dense(x.reshaped(to: [x.shape[0], dense.weight.shape[0]]), activation: .relu)
  }

  /// The logits of a finished classifier: `[n, classes]`.
  public func callAsFunction(_ x: Variable) -> Variable { head(features(x)) }

  /// The logits in training, a share of the features left out.
  public func inTraining(_ x: Variable, using random: inout RandomGenerator) -> Variable {
    head(dropout(features(x), phase: .training, using: &random))
  }

  /// The most likely class of each image. Works in blocks, so that n may be large.
  public func classify(_ images: Tensor) -> [Int] {
    classify(features: features(of: images))
  }

  /// The same for features that are known already, `[n, featureWidth]`.
  public func classify(features: Tensor) -> [Int] {
    head(Variable(constant: features)).value.argMax()
  }
}
