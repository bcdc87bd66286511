public import Autodiff
public import TensorCore

/// A table of learned vectors: y_i = W[index_i].
///
/// The gradient of a row that occurs several times in a batch is the sum over its occurrences.
public struct Embedding: Module {
  /// W, `[count, width]`, as in PyTorch.
  public var weight: Variable

  /// A table of standard normal numbers, as in PyTorch. Traps when an extent is not positive.
  public init(count: Int, width: Int, using random: inout RandomGenerator) {
    guard count > 0, width > 0 else {
      trap("Embedding", "extents must be positive, not " + String(count) + " and " + String(width))
    }
    weight = Variable(constant: random.normal(shape: [count, width]))
  }

  /// A given table. Traps unless it is a matrix.
  public init(weight: Tensor) {
    guard weight.rank == 2 else { trap("Embedding", "the table must be a matrix, not " + describe(weight.shape)) }
    self.weight = Variable(constant: weight)
  }

  public mutating func visitParameters(_ visitor: inout some ParameterVisitor) {
    visitor.visit("weight", &weight)
  }

  /// The rows at the given places: `[indices.count, width]`. Traps on an index outside the table.
  public func callAsFunction(_ indices: [Int]) -> Variable { weight.gatheringRows(at: indices) }
}
