import TensorCore
import Testing

@Suite struct BatchedProductTests {
  static let shapes: [(count: Int, m: Int, n: Int, k: Int)] = [
    (1, 3, 4, 5), (5, 7, 19, 3), (64, 20, 33, 17), (9, 80, 4, 30), (6, 65, 64, 64), (3, 2, 3, 0),
  ]

  @Test(arguments: shapes, [(false, false), (true, false), (false, true), (true, true)])
  func eachIsAProductToTheBit(_ s: (count: Int, m: Int, n: Int, k: Int), _ flip: (a: Bool, b: Bool)) {
    var random = RandomGenerator(seed: 1)
    let a = random.normal(shape: flip.a ? [s.count, s.k, s.m] : [s.count, s.m, s.k])
    let b = random.normal(shape: flip.b ? [s.count, s.n, s.k] : [s.count, s.k, s.n])
    let all = batchedMatmul(a, b, transposeA: flip.a, transposeB: flip.b)
    #expect(all.shape == [s.count, s.m, s.n])
    for index in 0..<s.count {
      let one = matmul(
        matrix(index, of: a), matrix(index, of: b), transposeA: flip.a, transposeB: flip.b)
      #expect(bits(matrix(index, of: all)) == bits(one))
    }
  }

  @Test func softmaxOfScaledScores() {
    var random = RandomGenerator(seed: 2)
    for shape in [[3, 5, 19], [2, 300, 64], [4, 7, 1], [0, 2, 2]] {
      let x = random.normal(shape: shape, standardDeviation: 3)
      let mask = random.normal(shape: Array(shape.suffix(2)))
      let upstream = random.normal(shape: shape)
      for mask in [nil, mask] {
        let y = x.scaledSoftmax(scale: 0.3, mask: mask)
        let plain = mask.map { (x * 0.3 + $0).softmax() } ?? (x * 0.3).softmax()
        expectNear(y, plain)
        let weighted = upstream * plain
        expectNear(
          y.scaledSoftmaxGradient(upstream: upstream, scale: 0.3),
          (weighted - plain * weighted.sum(axis: -1, keepingDimension: true)) * 0.3)
      }
    }
    // What a query may not see counts nothing.
    let hidden = Tensor([[5, 1], [2, 3]]).scaledSoftmax(scale: 1, mask: Tensor([[0, -.infinity], [0, 0]]))
    #expect(hidden[0, 0] == 1 && hidden[0, 1] == 0)
  }

  @Test func mistakesNameTheShapes() async {
    let batches = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = batchedMatmul(Tensor(zeros: [2, 3, 4]), Tensor(zeros: [3, 4, 5]))
    }
    #expect(
      text(batches).contains("batchedMatmul: needs two batches of matrices, not [2, 3, 4] and [3, 4, 5]\n"))
    let inner = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = batchedMatmul(Tensor(zeros: [2, 3, 4]), Tensor(zeros: [2, 4, 5]), transposeB: true)
    }
    #expect(
      text(inner).contains("batchedMatmul: the inner extents differ: [2, 3, 4] times [2, 4, 5] (transposed)\n"))
    let mask = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor(zeros: [2, 3, 4]).scaledSoftmax(scale: 1, mask: Tensor(zeros: [4, 3]))
    }
    #expect(text(mask).contains("scaledSoftmax: the mask [4, 3] does not fit [2, 3, 4]\n"))
    let upstream = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor(zeros: [2, 3]).scaledSoftmaxGradient(upstream: Tensor(zeros: [3, 2]), scale: 1)
    }
    #expect(text(upstream).contains("scaledSoftmaxGradient: the shapes [2, 3] and [3, 2] differ\n"))
  }
}

/// With the other tests that set the number of threads, which the process shares.
extension ThreadTests {
  @Test func theNumberOfThreadsChangesNoBitOfAttention() {
    func work() -> [UInt32] {
      var random = RandomGenerator(seed: 5)
      let (q, k) = (random.normal(shape: [40, 49, 16]), random.normal(shape: [40, 49, 16]))
      let weights = batchedMatmul(q, k, transposeB: true).scaledSoftmax(scale: 0.25)
      let found = batchedMatmul(weights, k)
      let slope = weights.scaledSoftmaxGradient(upstream: weights, scale: 0.25)
      return bits(found) + bits(slope) + bits(batchedMatmul(weights, q, transposeA: true))
    }
    let wanted = ThreadPool.threadCount
    ThreadPool.use(threads: 1)
    let alone = work()
    for threads in [2, 3] {
      ThreadPool.use(threads: threads)
      for _ in 0..<5 { #expect(work() == alone) }
    }
    ThreadPool.use(threads: wanted)
  }
}

private func text(_ result: ExitTest.Result?) -> String {
  String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
}

private func matrix(_ index: Int, of batch: Tensor) -> Tensor {
  batch.rows(index..<index + 1).reshaped(to: [batch.shape[1], batch.shape[2]])
}

private func bits(_ x: Tensor) -> [UInt32] { x.scalars.map(\.bitPattern) }

private func expectNear(_ found: Tensor, _ expected: Tensor, line: Int = #line) {
  let worst = zip(found.scalars, expected.scalars).map { abs($0 - $1) }.max() ?? 0
  #expect(found.shape == expected.shape && worst <= 1e-6, "line \(line): \(worst)")
}
