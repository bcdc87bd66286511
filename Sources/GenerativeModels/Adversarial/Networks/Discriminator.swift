public import Autodiff
internal import NeuralNetworks
public import TensorCore

/// A network that looks at rows and gives logits: one for "real", and in self-supervised games more.
///
/// It is a body that computes features, and a linear head that reads the logits off them. As an ``Encoder`` it shows the
/// features.
public protocol Discriminator: Encoder {
  /// The logits of a row.
  var outputWidth: Int { get }
  /// Whether a row's logits also depend on the other rows of the batch, as with minibatch statistics. Real and
  /// generated rows are then judged in batches of their own.
  var dependsOnBatch: Bool { get }

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

  /// The logits of data: `[n, outputWidth]`. Works in blocks, so that n may be large.
  public func logits(of rows: Tensor) -> Tensor {
    rows.mapRowBlocks { callAsFunction(Variable(constant: $0)).value }
  }
}
