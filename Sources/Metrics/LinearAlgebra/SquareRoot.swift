// Products and roots of small dense matrices in Double, row after row.

/// A B for square matrices of one order.
func squareProduct(_ a: [Double], _ b: [Double], order n: Int) -> [Double] {
  var (a, b) = (a, b)
  var result = [Double](repeating: 0, count: n * n)
  a.withUnsafeMutableBufferPointer { a in
    b.withUnsafeMutableBufferPointer { b in
      result.withUnsafeMutableBufferPointer { result in
        for i in 0..<n {
          let row = UnsafeMutableBufferPointer(rebasing: result[i * n..<(i + 1) * n])
          for k in 0..<n where a[i * n + k] != 0 {
            addScaled(
              UnsafeMutableBufferPointer(rebasing: b[k * n..<(k + 1) * n]), by: a[i * n + k], to: row, count: n)
          }
        }
      }
    }
  }
  return result
}

/// The symmetric root R of a symmetric matrix A without negative eigenvalues: R R = A. Eigenvalues that rounding made
/// negative count as 0.
func symmetricRoot(of matrix: [Double], order n: Int) -> [Double] {
  let eigen = SymmetricEigen(ofSymmetric: matrix, order: n)
  // R = (diag(w^1/4) V)^T (diag(w^1/4) V), V with the eigenvectors as rows.
  var scaled = eigen.vectors
  for row in 0..<n {
    let factor = max(0, eigen.values[row]).squareRoot().squareRoot()
    for column in 0..<n { scaled[row * n + column] *= factor }
  }
  var transposed = scaled
  for row in 0..<n {
    for column in 0..<n { transposed[column * n + row] = scaled[row * n + column] }
  }
  return squareProduct(transposed, scaled, order: n)
}
