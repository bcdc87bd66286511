public import Autodiff
internal import TensorCore

/// Matrix products side by side: `[count, m, k] [count, k, n]` to `[count, m, n]`, either factor transposed on the way.
///
/// The gradients are products of the same kind: with y = a b, a gets g b^T and b gets a^T g. Traps when the shapes do
/// not fit each other.
public func batchedMatmul(
  _ a: Variable, _ b: Variable, transposeA: Bool = false, transposeB: Bool = false
) -> Variable {
  let product = batchedMatmul(a.value, b.value, transposeA: transposeA, transposeB: transposeB)
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
