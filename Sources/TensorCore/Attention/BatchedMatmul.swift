/// Matrix products side by side: `[count, m, k] [count, k, n]` to `[count, m, n]`, either factor transposed on the way.
///
/// Each is what ``matmul(_:_:transposeA:transposeB:)`` gives, to the bit; the threads share the batch. Traps unless both
/// are batches of as many matrices whose inner extents agree.
public func batchedMatmul(_ a: Tensor, _ b: Tensor, transposeA: Bool = false, transposeB: Bool = false) -> Tensor {
  guard a.rank == 3, b.rank == 3, a.shape[0] == b.shape[0] else {
    trap("batchedMatmul", "needs two batches of matrices, not " + describe(a.shape) + " and " + describe(b.shape))
  }
  let (m, k) = transposeA ? (a.shape[2], a.shape[1]) : (a.shape[1], a.shape[2])
  let (inner, n) = transposeB ? (b.shape[2], b.shape[1]) : (b.shape[1], b.shape[2])
  if k != inner {
    trap(
      "batchedMatmul",
      "the inner extents differ: " + describe(a.shape) + (transposeA ? " (transposed)" : "") + " times "
        + describe(b.shape) + (transposeB ? " (transposed)" : ""))
  }
  let count = a.shape[0]
  let result = Tensor(uninitialized: [count, m, n])
  let (left, right, target) = (a.base, b.base, result.storage.base)
  func product(_ index: Int) {
    multiply(
      MatrixView(left + index * m * k, width: a.shape[2], transposed: transposeA),
      MatrixView(right + index * k * n, width: b.shape[2], transposed: transposeB), m: m, n: n, k: k,
      into: target + index * m * n, epilogue: NoEpilogue())
  }
  // A few large products are better shared each by itself.
  if count < 4 || count * m * n * k < 1 << 18 {
    for index in 0..<count { product(index) }
  } else {
    reserveScratch(m: m, n: n, k: k, tasks: count)
    parallelFor(count, product)
  }
  return withExtendedLifetime((a, b)) { result }
}

/// Sees to it that what all threads' products at once may need is idle: which of them meet is a matter of luck, which
/// must not decide whether memory is taken from the system. (A product takes one buffer of the size of a factor laid out
/// in panels, and a thin one the transposed result too; they may be of one size class.)
private func reserveScratch(m: Int, n: Int, k: Int, tasks: Int) {
  #if !arch(wasm32)
    let threads = Swift.min(tasks, ThreadPool.threadCount)
    func panels(_ columns: Int) -> Int { (columns + Tile.columns - 1) / Tile.columns * Tile.columns * k }
    if n * 2 <= Tile.lanes && m >= 2 * Tile.columns {
      BufferPool.reserve(2 * threads, holding: n * m)
      BufferPool.reserve(2 * threads, holding: panels(m))
    } else {
      BufferPool.reserve(threads, holding: panels(n))
    }
  #endif
}
