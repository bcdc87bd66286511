public import Autodiff
public import TensorCore

/// Spectral normalization: W / s with s the largest singular value of W, so that the layer stretches no vector (Miyato
/// et al. 2018, arXiv 1802.05957, algorithm 1).
///
/// s is estimated as v^T W u by power iteration, u <- W^T v / |W^T v|, v <- W u / |W u|, with W seen as `[rest, out]`. In
/// training one iteration goes before each use, and the vectors are remembered; the gradient treats them as constants.
/// In evaluation they stay. Of the two, u is computed first, as in PyTorch; the paper starts with the other.
/// As they are buffers, train with `valueAndGradient(updatingBuffersOf:_:)`.
public struct SpectralNorm: Module {
  /// The left vector, `[rest]`: PyTorch's `_v`.
  public var v: Tensor
  /// The right vector, `[out]`: PyTorch's `_u`.
  public var u: Tensor

  /// Starts from a random direction and 15 iterations, as PyTorch does. Traps when the weight has fewer than two axes.
  public init(for weight: Tensor, using random: inout RandomGenerator) {
    let matrix = matrixView(weight)
    v = unit(random.normal(shape: [matrix.shape[0]]))
    u = Tensor(zeros: [matrix.shape[1]])
    for _ in 0..<15 { iterate(matrix) }
  }

  public mutating func visitParameters(_ visitor: inout some ParameterVisitor) {
    visitor.visit(buffer: "v", &v)
    visitor.visit(buffer: "u", &u)
  }

  /// W / s, of the shape of W, whose last axis is the output's. Traps when W is not of the shape it was made for.
  public mutating func normalize(_ weight: Variable, phase: Phase) -> Variable {
    if phase == .training { iterate(matrixView(weight.value)) }
    return callAsFunction(weight)
  }

  /// W / s in evaluation.
  public func callAsFunction(_ weight: Variable) -> Variable {
    check(matrixView(weight.value))
    let matrix = weight.reshaped(to: [v.count, u.count])
    // v^T W u as one sum: the gradient is the outer product of v and u.
    let singularValue = (matrix * matmul(column(v), row(u))).sum()
    return weight / singularValue
  }

  private mutating func iterate(_ matrix: Tensor) {
    check(matrix)
    u = unit(matmul(row(v), matrix).reshaped(to: [u.count]))
    v = unit(matmul(matrix, column(u)).reshaped(to: [v.count]))
  }

  private func check(_ matrix: Tensor) {
    guard matrix.shape == [v.count, u.count] else {
      trap("SpectralNorm", "made for " + describe([v.count, u.count]) + ", not for " + describe(matrix.shape))
    }
  }
}

private func matrixView(_ weight: Tensor) -> Tensor {
  guard weight.rank >= 2, let outputs = weight.shape.last, outputs > 0 else {
    trap("SpectralNorm", "the weight must have two axes or more, not " + describe(weight.shape))
  }
  return weight.reshaped(to: [weight.count / outputs, outputs])
}

private func column(_ x: Tensor) -> Tensor { x.reshaped(to: [x.count, 1]) }
private func row(_ x: Tensor) -> Tensor { x.reshaped(to: [1, x.count]) }

/// x / max(|x|, 1e-12).
private func unit(_ x: Tensor) -> Tensor { x / max(x.squared().sum().squareRoot().item, 1e-12) }
