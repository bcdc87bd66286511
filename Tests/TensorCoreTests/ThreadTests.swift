import TensorCore
import Testing

/// One training step's worth of everything that uses threads, as the bits of its results.
private func work(seed: UInt64) -> [UInt32] {
  var random = RandomGenerator(seed: seed)
  let input = random.normal(shape: [200, 300])
  let weight = random.normal(shape: [300, 500], standardDeviation: 0.1)
  let target = random.uniform(shape: [200, 500])
  let result = linear(input: input, weight: weight, bias: Tensor(ones: [500]), activation: .silu)
  let loss = meanSquaredErrorWithGradient(prediction: result.output, target: target)
  let gradients = linearBackward(
    upstream: loss.gradient, input: input, weight: weight, result: result, activation: .silu)
  var parameters = weight
  var first = Tensor(zeros: weight.shape)
  var second = Tensor(zeros: weight.shape)
  adamStep(
    parameters: &parameters, gradients: gradients.weight, firstMoment: &first, secondMoment: &second, step: 1,
    constants: AdamConstants())
  let other = (exp(parameters) + parameters.transposed().transposed()).sum(axis: 1)
  let all = [parameters, gradients.input ?? Tensor(0), gradients.bias, other, Tensor(loss.loss), parameters.sum()]
  return all.flatMap { $0.scalars.map(\.bitPattern) }
}

/// One after another: they set the number of threads, which the process shares.
@Suite(.serialized) struct ThreadTests {
  @Test func theNumberOfThreadsChangesNoBit() {
    let wanted = ThreadPool.threadCount
    ThreadPool.use(threads: 1)
    let alone = work(seed: 1)
    for threads in [2, 3, 7] {
      ThreadPool.use(threads: threads)
      for _ in 0..<20 { #expect(work(seed: 1) == alone) }
    }
    ThreadPool.use(threads: wanted)
  }

  @Test func manyCallersAtOnce() async {
    let expected = work(seed: 2)
    await withTaskGroup(of: [UInt32].self) { group in
      for _ in 0..<16 { group.addTask { work(seed: 2) } }
      for await result in group { #expect(result == expected) }
    }
  }
}
