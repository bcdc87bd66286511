public import Autodiff
public import NeuralNetworks
public import TensorCore

/// A denoising network for points: a perceptron on the point, its Fourier features and an embedding of the time.
///
/// ```swift
/// let network = TimeMLP(dimension: 2, octaves: 3, using: &random)
/// ```
public struct TimeMLP: ConditionalNetwork {
  public var layers: MLP
  /// One vector for each class, and a last one for "any"; without classes none.
  public var labels: [Embedding]
  public let features: FourierFeatures
  public let embedding: SinusoidalEmbedding
  public let classes: Int

  /// - Parameters:
  ///   - dimension: the coordinates of a point.
  ///   - hidden: the widths between.
  ///   - timeWidth: the width of the time's embedding.
  ///   - octaves: of the Fourier features; 0 leaves the coordinates alone.
  ///   - classes: how many labels there are to condition on.
  ///   - learnsVariance: whether the output has a second half, for ``ReverseVariance/learned``.
  public init(
    dimension: Int, hidden: [Int] = [128, 128, 128], timeWidth: Int = 32, octaves: Int = 0, classes: Int = 0,
    learnsVariance: Bool = false, using random: inout RandomGenerator
  ) {
    features = FourierFeatures(dimension: dimension, octaves: octaves)
    embedding = SinusoidalEmbedding(width: timeWidth)
    let outputs = learnsVariance ? 2 * dimension : dimension
    layers = MLP(
      widths: [features.width + timeWidth] + hidden + [outputs], activation: .silu, using: &random)
    labels = classes > 0 ? [Embedding(count: classes + 1, width: timeWidth, using: &random)] : []
    self.classes = classes
  }

  public mutating func visitParameters(_ visitor: inout some ParameterVisitor) {
    visitor.visit("layers", &layers)
    visitor.visit("labels", &labels)
  }

  /// `[n, dimension]` to the same shape, or to twice the width.
  public func callAsFunction(_ x: Variable, times: [Double], labels: [Int?]) -> Variable {
    layers(.concatenated([features(x), context(times, labels)], axis: 1))
  }

  /// What lies before the last layer, `[n, last hidden width]`: what the network has found out about its points.
  public func hiddenFeatures(_ x: Tensor, time: Double) -> Tensor {
    let times = [Double](repeating: time, count: x.shape[0])
    let open = [Int?](repeating: nil, count: x.shape[0])
    var h = Variable.concatenated([features(Variable(constant: x)), context(times, open)], axis: 1)
    for layer in layers.layers.dropLast() { h = layer(h, activation: layers.activation) }
    return h.value
  }

  private func context(_ times: [Double], _ labels: [Int?]) -> Variable {
    let time = Variable(constant: embedding(times.map { 1000 * $0 }))
    guard let table = self.labels.first else {
      requireNoLabels(labels, "TimeMLP")
      return time
    }
    return time + table(labels.map { $0 ?? classes })
  }
}

/// Traps when a network without classes is given a label.
func requireNoLabels(_ labels: [Int?], _ name: String) {
  for case let label? in labels {
    trap(name, "was given the label " + String(label) + " but made without classes; make it with classes: n")
  }
}
