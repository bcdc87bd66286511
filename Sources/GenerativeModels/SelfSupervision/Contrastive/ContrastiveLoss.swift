public import Autodiff
internal import NeuralNetworks
internal import TensorCore

/// SimCLR's loss, NT-Xent (Chen et al. 2020, arXiv 2002.05709, equation 1): of the 2 n descriptions of n rows seen twice,
/// each is asked which of the 2 n - 1 others is its own row's.
///
///     -log e^(s(i, j) / tau) / sum_(k != i) e^(s(i, k) / tau),   s the cosine of the angle
///
/// averaged over all 2 n ordered pairs (i, j).
///
/// - Parameters:
///   - first: one view of each row, described, `[n, d]`.
///   - second: another view of each, `[n, d]`.
///   - temperature: tau.
///
/// Traps when the shapes differ, there are fewer than two rows, or tau is not positive.
public func normalizedTemperatureCrossEntropy(_ first: Variable, _ second: Variable, temperature: Float) -> Variable {
  requirePairs(first, second, temperature, "normalizedTemperatureCrossEntropy")
  let count = first.shape[0]
  let all = Variable.concatenated([first, second], axis: 0).normalizedRows
  let similarity = matmul(all, all, transposeB: true) / temperature
  // A row does not meet itself: e^(-1e9) is 0.
  var diagonal = Tensor(zeros: [2 * count, 2 * count])
  for index in 0..<2 * count { diagonal[index, index] = -1e9 }
  return crossEntropy(logits: similarity + diagonal, labels: (0..<2 * count).map { ($0 + count) % (2 * count) })
}

/// InfoNCE (van den Oord et al. 2018, arXiv 1807.03748, equation 4): each query is asked which of the n keys is its own.
///
///     -log e^(s(q_i, k_i) / tau) / sum_j e^(s(q_i, k_j) / tau),   s the cosine of the angle
///
/// averaged over the rows. ln n minus it is a lower bound of the mutual information between queries and keys.
///
/// Traps when the shapes differ, there are fewer than two rows, or tau is not positive.
public func infoNCE(queries: Variable, keys: Variable, temperature: Float) -> Variable {
  requirePairs(queries, keys, temperature, "infoNCE")
  let similarity = matmul(queries.normalizedRows, keys.normalizedRows, transposeB: true) / temperature
  return crossEntropy(logits: similarity, labels: Array(0..<queries.shape[0]))
}

extension Variable {
  /// Every row divided by its length.
  fileprivate var normalizedRows: Variable {
    self / sqrt(square(self).sum(axis: 1, keepingDimension: true) + 1e-12)
  }
}

private func requirePairs(_ first: Variable, _ second: Variable, _ temperature: Float, _ operation: String) {
  guard first.shape.count == 2, first.shape == second.shape, first.shape[0] >= 2 else {
    trap(
      operation,
      "needs two matrices [n, d] of one shape with n of at least 2, not " + describe(first.shape) + " and "
        + describe(second.shape))
  }
  guard temperature > 0, temperature.isFinite else {
    trap(operation, "temperature must be positive, not " + temperature.description)
  }
}
