public import Autodiff
internal import TensorCore

/// Matrix products side by side: `[count, m, k] [count, k, n]` to `[count, m, n]`, either factor transposed on the way.
///
/// The gradients are products of the same kind: with y = a b, a gets g b^T and b gets a^T g. Traps when the shapes do
/// not fit each other.
public func batchedMatmul(
  _ a: Variable, _ b: Variable, transposeA: Bool = false, transposeB: Bool = false
) -> Variable {
  let product = products(a.value, b.value, transposeA, transposeB)
  return .recorded(product, from: a, b) { [aValue = a.value, bValue = b.value] pull in
    let g = pull.upstream
    if pull.needs(0) {
      let b = pull.input(1, bValue)
      pull.add(
        transposeA
          ? batchedMatmul(b, g, transposeA: transposeB, transposeB: true)
          : batchedMatmul(g, b, transposeB: !transposeB), to: 0)
    }
    if pull.needs(1) {
      let a = pull.input(0, aValue)
      pull.add(
        transposeB
          ? batchedMatmul(g, a, transposeA: true, transposeB: transposeA)
          : batchedMatmul(a, g, transposeA: !transposeA), to: 1)
    }
  }
}

private func products(_ a: Tensor, _ b: Tensor, _ transposeA: Bool, _ transposeB: Bool) -> Tensor {
  guard a.rank == 3, b.rank == 3, a.shape[0] == b.shape[0] else {
    trap("batchedMatmul", "needs two batches of matrices, not " + describe(a.shape) + " and " + describe(b.shape))
  }
  let rows = a.shape[transposeA ? 2 : 1]
  let columns = b.shape[transposeB ? 1 : 2]
  return Tensor(shape: [a.shape[0], rows, columns]) { result in
    for index in 0..<a.shape[0] {
      let product = matmul(
        matrix(index, of: a), matrix(index, of: b), transposeA: transposeA, transposeB: transposeB)
      product.withUnsafeScalars { scalars in
        let start = index * rows * columns
        for place in scalars.indices { result[start + place] = scalars[place] }
      }
    }
  }
}

private func matrix(_ index: Int, of batch: Tensor) -> Tensor {
  batch.rows(index..<index + 1).reshaped(to: [batch.shape[1], batch.shape[2]])
}
