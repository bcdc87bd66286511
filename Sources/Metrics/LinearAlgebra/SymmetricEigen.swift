/// The eigenvalues and eigenvectors of a real symmetric matrix A (n x n), in Double: A = sum_i w_i v_i v_i^T.
///
/// Householder reflections bring A to tridiagonal form, the implicit QL iteration diagonalizes that (Golub and
/// Van Loan, Matrix Computations, sections 8.3.1 and 8.3.3). Both steps are backward stable: the residual
/// |A v - w v| stays within about n * 2^-52 * |A|, and the vectors are orthonormal to the same order.
///
/// The result is fully determined: eigenvalues descend, and the entry of largest magnitude in each vector (the first
/// of equals) is positive.
package struct SymmetricEigen: Sendable {
  /// The eigenvalues w, largest first; n values.
  package let values: [Double]
  /// The unit eigenvectors, row after row in the order of `values`; n * n values.
  package let vectors: [Double]

  /// - Parameters:
  ///   - matrix: n * n values, row-major. Only the lower triangle is read.
  ///   - order: n.
  package init(ofSymmetric matrix: [Double], order: Int) {
    var tridiagonal = Tridiagonal(reducing: matrix, order: order)
    tridiagonal.diagonalize()

    let found = tridiagonal
    let ranking = (0..<order).sorted { found.diagonal[$0] > found.diagonal[$1] }
    values = ranking.map { found.diagonal[$0] }
    var sorted: [Double] = []
    sorted.reserveCapacity(order * order)
    for row in ranking {
      let vector = found.basis[row * order..<(row + 1) * order]
      var largest = 0.0
      for entry in vector where entry.magnitude > largest.magnitude { largest = entry }
      if largest < 0 {
        for entry in vector { sorted.append(-entry) }
      } else {
        sorted.append(contentsOf: vector)
      }
    }
    vectors = sorted
  }
}
