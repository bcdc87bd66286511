public import TensorCore

/// The eigenvalues of a graph's normalized Laplacian, smallest first: of I - D^-1/2 A D^-1/2, where A is the adjacency
/// matrix and D holds the degrees; a vertex without neighbours has a row of zeros (Chung 1997, section 1.2).
///
/// They lie in 0...2, whatever the size of the graph. As many are 0 as the graph has components; 2 is among them when
/// a component is bipartite. They do not depend on how vertices are numbered, and tell more of the whole than degrees
/// and clustering do, which look at each vertex's surroundings.
///
/// ```swift
/// let drawn = graphs.map { laplacianSpectrum(of: $0.adjacency) }
/// let distance = squaredMMD(drawn, real.map { laplacianSpectrum(of: $0.adjacency) }, bandwidth: 0.3)
/// ```
///
/// - Parameter adjacency: A, `[n, n]`: symmetric, 0 on the diagonal, no entry negative.
///
/// Computed in Double. Traps when A is not as stated.
public func laplacianSpectrum(of adjacency: Tensor) -> [Double] {
  guard adjacency.rank == 2, adjacency.shape[0] == adjacency.shape[1], adjacency.shape[0] > 0 else {
    trap("laplacianSpectrum", "adjacency: needs a square matrix [n, n] with n of 1 or more, not \(adjacency.shape)")
  }
  let order = adjacency.shape[0]
  var matrix = adjacency.scalars.map { Double($0) }
  for i in 0..<order {
    for j in 0...i {
      let (entry, mirrored) = (matrix[i * order + j], matrix[j * order + i])
      guard entry == mirrored, entry >= 0, entry.isFinite, i != j || entry == 0 else {
        trap(
          "laplacianSpectrum",
          "adjacency: entries (\(i), \(j)) and (\(j), \(i)) are \(entry) and \(mirrored); they must be equal, "
            + "0 or more, and 0 on the diagonal")
      }
    }
  }
  let roots = (0..<order).map { i in matrix[i * order..<(i + 1) * order].reduce(0, +).squareRoot() }
  for i in 0..<order {
    for j in 0..<order {
      let entry = matrix[i * order + j]
      matrix[i * order + j] = entry > 0 ? -entry / (roots[i] * roots[j]) : i == j && roots[i] > 0 ? 1 : 0
    }
  }
  // Rounding may lead out of the range that the eigenvalues have.
  return SymmetricEigen(ofSymmetric: matrix, order: order).values.reversed().map { min(max($0, 0), 2) }
}
