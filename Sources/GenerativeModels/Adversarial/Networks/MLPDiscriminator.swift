public import Autodiff
public import NeuralNetworks
public import TensorCore

/// A discriminator of points: a multilayer perceptron, with waves of the input, spectral normalization and minibatch
/// statistics where asked for.
public struct MLPDiscriminator: Discriminator {
  /// The hidden layers and, last, the head.
  public var layers: [Linear]
  /// One for each layer, or none at all.
  public var norms: [SpectralNorm]
  public let activation: Activation
  /// What the first layer sees: the row, and waves of it, which let the logit turn within a short distance.
  public let waves: FourierFeatures
  /// Whether the head also sees how alike the rows of the batch are.
  public let minibatch: MinibatchStandardDeviation?

  /// - Parameters:
  ///   - widths: from a row to the logits: `[2, 128, 128, 1]`.
  ///   - activation: after every hidden layer.
  ///   - octaves: how many frequencies of sines and cosines of the row the first layer sees beside it.
  ///   - spectral: whether every layer is held to the spectral norm 1.
  ///   - minibatch: a statistic of the batch that the head sees beside the features.
  ///
  /// Traps when there are fewer than two widths or one is not positive.
  public init(
    widths: [Int], activation: Activation = .leakyRelu(slope: 0.2), octaves: Int = 0,
    spectral: Bool = false, minibatch: MinibatchStandardDeviation? = nil, initializer: Initializer = .standard,
    using random: inout RandomGenerator
  ) {
    guard widths.count >= 2 else {
      trap("MLPDiscriminator", "needs an input and an output width at least, not " + describe(widths))
    }
    var inputs = widths
    waves = FourierFeatures(dimension: widths[0], octaves: octaves)
    inputs[0] = waves.width
    if minibatch != nil { inputs[widths.count - 2] += 1 }
    layers = []
    for (index, outputs) in widths.dropFirst().enumerated() {
      layers.append(Linear(inputs[index], outputs, initializer: initializer, using: &random))
    }
    norms = []
    if spectral {
      for layer in layers { norms.append(SpectralNorm(for: layer.weight.value, using: &random)) }
    }
    self.activation = activation
    self.minibatch = minibatch
  }

  public mutating func visitParameters(_ visitor: inout some ParameterVisitor) {
    visitor.visit("layers", &layers)
    visitor.visit("norms", &norms)
  }

  public var outputWidth: Int { layers[layers.count - 1].bias.shape[0] }
  public var featureWidth: Int { layers[layers.count - 1].weight.shape[0] - (minibatch == nil ? 0 : 1) }
  public var dependsOnBatch: Bool { minibatch != nil }

  public func features(_ x: Variable) -> Variable {
    var x = waves(x)
    for index in 0..<layers.count - 1 { x = apply(index, to: x, activation) }
    return x
  }

  public func callAsFunction(_ x: Variable) -> Variable {
    let features = features(x)
    return apply(layers.count - 1, to: minibatch?(features) ?? features, .identity)
  }

  public mutating func forward(_ x: Variable) -> Variable {
    // Only the vectors change; the logits then come from the finished network.
    for index in norms.indices { _ = norms[index].normalize(layers[index].weight.stopGradient, phase: .training) }
    return callAsFunction(x)
  }

  private func apply(_ index: Int, to x: Variable, _ activation: Activation) -> Variable {
    let layer = layers[index]
    let weight = norms.isEmpty ? layer.weight : norms[index](layer.weight)
    return linear(x, weight: weight, bias: layer.bias, activation: activation)
  }
}
