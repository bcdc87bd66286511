public import Autodiff
public import NeuralNetworks
public import TensorCore

/// A network that looks at rows and gives logits: one for "real", and in self-supervised games more.
///
/// It is a body that computes features and a linear head that reads the logits off them; the features are what a linear
/// probe looks at.
public protocol Discriminator: Module {
  /// The logits of a row.
  var outputWidth: Int { get }
  /// The features of a row.
  var featureWidth: Int { get }
  /// Whether a row's logits also depend on the other rows of the batch, as with minibatch statistics. Real and
  /// generated rows are then judged in batches of their own.
  var dependsOnBatch: Bool { get }

  /// What the head sees: `[n, ...]` to `[n, featureWidth]`. As a finished network: nothing is remembered.
  func features(_ x: Variable) -> Variable
  /// The logits: `[n, ...]` to `[n, outputWidth]`.
  func callAsFunction(_ x: Variable) -> Variable
  /// The logits in training, where that differs: power iterations of spectral norms are remembered in the module.
  mutating func forward(_ x: Variable) -> Variable
}

extension Discriminator {
  public var dependsOnBatch: Bool { false }
  public mutating func forward(_ x: Variable) -> Variable { callAsFunction(x) }

  /// The logits of data.
  public func callAsFunction(_ x: Tensor) -> Variable { callAsFunction(Variable(constant: x)) }

  /// The features of data: `[n, featureWidth]`. Works in blocks, so that n may be large.
  public func features(of rows: Tensor) -> Tensor {
    rows.mapRowBlocks { features(Variable(constant: $0)).value }
  }

  /// The logits of data: `[n, outputWidth]`. Works in blocks, so that n may be large.
  public func logits(of rows: Tensor) -> Tensor {
    rows.mapRowBlocks { callAsFunction(Variable(constant: $0)).value }
  }
}
