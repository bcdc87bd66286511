import TensorCore
import Testing

@Suite struct NormalizationTests {
  /// Several images and groups, blocks of pixels, channels that fill no vector, one set a channel, rows.
  static let sets = [
    NormalizationSets(batch: 3, pixels: 10, channels: 24, groups: 4),
    NormalizationSets(batch: 2, pixels: 2100, channels: 6, groups: 2),
    NormalizationSets(batch: 9, pixels: 1, channels: 32, groups: 8),
    NormalizationSets(batch: 1, pixels: 1500, channels: 5, groups: 5),
    NormalizationSets(batch: 70, pixels: 1, channels: 19, groups: 1),
    NormalizationSets(batch: 3, pixels: 1, channels: 64, groups: 1),
  ]

  @Test(arguments: sets, [Activation.identity, .silu, .relu]) func agreesWithDoublePrecision(
    _ sets: NormalizationSets, _ activation: Activation
  ) {
    let data = NormalizationData(sets, mean: 0.5)
    let found = data.run(activation)
    let expected = NormalizationReference(data, activation)
    expectClose(found.result.output, expected.output, 1e-5)
    expectClose(found.result.mean, expected.mean, 1e-5)
    expectClose(found.result.variance, expected.variance, 1e-5)
    expectClose(found.gradients.input, expected.input, 1e-5)
    expectClose(found.gradients.weight, expected.weight, 1e-5)
    expectClose(found.gradients.bias, expected.bias, 1e-5)
  }

  /// A mean of 10,000 deviations: the rounding of the sums alone makes up 1e-4 or so of the variance, where the mean of the
  /// squares less the square of the mean would leave nothing of it.
  @Test(arguments: sets) func aLargeMeanCancelsNothing(_ sets: NormalizationSets) {
    let data = NormalizationData(sets, mean: 20_000)
    expectClose(data.run(.identity).result.variance, NormalizationReference(data, .identity).variance, 1e-3)
  }

  @Test func nothingIsNormalizedToNothing() {
    for sets in [
      NormalizationSets(batch: 0, pixels: 4, channels: 2, groups: 2),
      NormalizationSets(batch: 0, pixels: 1, channels: 2, groups: 1),
    ] {
      let found = NormalizationData(sets, mean: 0).run(.silu)
      #expect(found.result.output.count == 0)
      #expect(found.gradients.weight == Tensor(zeros: [2]))
      #expect(found.gradients.bias == Tensor(zeros: [2]))
    }
  }

  @Test func mistakesNameTheShapes() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let sets = NormalizationSets(batch: 2, pixels: 3, channels: 4, groups: 2)
      _ = normalization(
        input: Tensor(zeros: [2, 3, 4]), weight: Tensor(ones: [4]), bias: Tensor(zeros: [3]), sets: sets, epsilon: 1e-5)
    }
    let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(
      text.contains("Fatal error: normalization: the gain [4] and the offset [3] do not fit the input [2, 3, 4]\n"))
    let other = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let sets = NormalizationSets(batch: 2, pixels: 3, channels: 4, groups: 2)
      _ = normalization(
        input: Tensor(zeros: [2, 2, 4]), weight: Tensor(ones: [4]), bias: Tensor(zeros: [4]), sets: sets, epsilon: 1e-5)
    }
    let otherText = String(decoding: other?.standardErrorContent ?? [], as: UTF8.self)
    #expect(otherText.contains("Fatal error: normalization: the input [2, 2, 4] cannot be seen as [2, 3, 4]\n"))
    let upstream = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let data = NormalizationData(NormalizationSets(batch: 2, pixels: 3, channels: 4, groups: 2), mean: 0)
      _ = normalizationBackward(
        upstream: Tensor(zeros: [2, 3, 5]), input: data.input, weight: data.weight, bias: data.bias, sets: data.sets,
        result: data.run(.identity).result)
    }
    let upstreamText = String(decoding: upstream?.standardErrorContent ?? [], as: UTF8.self)
    #expect(
      upstreamText.contains("Fatal error: normalizationBackward: the shapes [2, 3, 5] and [2, 3, 4] differ\n"))
  }
}

/// With the other tests that set the number of threads, which the process shares.
extension ThreadTests {
  @Test(arguments: [
    NormalizationSets(batch: 12, pixels: 400, channels: 24, groups: 4),
    NormalizationSets(batch: 2, pixels: 3000, channels: 20, groups: 2),
    NormalizationSets(batch: 1, pixels: 7000, channels: 16, groups: 16),
    NormalizationSets(batch: 1400, pixels: 1, channels: 50, groups: 1),
  ])
  func theNumberOfThreadsChangesNoBitOfNormalizations(_ sets: NormalizationSets) {
    func work() -> [UInt32] {
      let found = NormalizationData(sets, mean: 0.5).run(.silu)
      let all = [found.result.output, found.gradients.input, found.gradients.weight, found.gradients.bias]
      return all.flatMap { $0.scalars.map(\.bitPattern) }
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

/// A normalization's operands.
struct NormalizationData {
  let sets: NormalizationSets
  let input, weight, bias, upstream: Tensor

  init(_ sets: NormalizationSets, mean: Float) {
    var random = RandomGenerator(seed: 7)
    self.sets = sets
    let shape = [sets.batch, sets.pixels, sets.channels]
    input = random.normal(shape: shape, mean: mean, standardDeviation: 2)
    weight = random.normal(shape: [sets.channels], mean: 1)
    bias = random.normal(shape: [sets.channels])
    upstream = random.normal(shape: shape)
  }

  func run(_ activation: Activation) -> (result: NormalizationResult, gradients: NormalizationGradients) {
    let result = normalization(
      input: input, weight: weight, bias: bias, sets: sets, epsilon: 1e-5, activation: activation)
    let gradients = normalizationBackward(
      upstream: upstream, input: input, weight: weight, bias: bias, sets: sets, result: result, activation: activation)
    return (result, gradients)
  }
}

/// Expects every number to lie within `tolerance` times the largest expected one.
private func expectClose(_ found: Tensor, _ expected: [Double], _ tolerance: Double, line: Int = #line) {
  #expect(found.count == expected.count)
  let scale = expected.reduce(1e-30) { max($0, abs($1)) }
  let worst = zip(found.scalars, expected).map { abs(Double($0) - $1) }.max() ?? 0
  #expect(worst <= tolerance * scale, "line \(line)")
}
