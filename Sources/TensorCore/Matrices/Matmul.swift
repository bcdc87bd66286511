/// The matrix product `a b`, either factor transposed on the way: `[m, k] [k, n]` to `[m, n]`.
///
/// Each element is one chain of fused multiply-adds over ascending `k`, starting from 0, whatever the shapes, the
/// machine and the number of threads. Traps when the factors are not matrices or their inner extents differ.
///
/// - Parameters:
///   - transposeA: read `a`, stored as `[k, m]`, as its transpose.
///   - transposeB: read `b`, stored as `[n, k]`, as its transpose.
public func matmul(_ a: Tensor, _ b: Tensor, transposeA: Bool = false, transposeB: Bool = false) -> Tensor {
  if a.rank != 2 || b.rank != 2 {
    trap("matmul", "needs two matrices, got the shapes " + describe(a.shape) + " and " + describe(b.shape))
  }
  let (m, k) = transposeA ? (a.shape[1], a.shape[0]) : (a.shape[0], a.shape[1])
  let (inner, n) = transposeB ? (b.shape[1], b.shape[0]) : (b.shape[0], b.shape[1])
  if k != inner {
    trap(
      "matmul",
      "the inner extents differ: " + describe(a.shape) + (transposeA ? " (transposed)" : "") + " times "
        + describe(b.shape) + (transposeB ? " (transposed)" : ""))
  }
  let result = Tensor(uninitialized: [m, n])
  multiply(
    MatrixView(a.base, width: a.shape[1], transposed: transposeA),
    MatrixView(b.base, width: b.shape[1], transposed: transposeB), m: m, n: n, k: k, into: result.storage.base,
    epilogue: NoEpilogue())
  return result
}
