import TensorCore
import Testing

/// Every operation on images that uses threads, as the bits of its results.
private func work(_ shape: [Int], _ outputs: Int, stride: Int) -> [UInt32] {
  var random = RandomGenerator(seed: 3)
  let input = random.normal(shape: shape)
  let weight = random.normal(shape: [3, 3, shape[3], outputs], standardDeviation: 0.1)
  let bias = random.normal(shape: [outputs])
  let result = conv2d(input: input, weight: weight, bias: bias, activation: .silu, stride: stride, padding: 1)
  let gradients = conv2dBackward(
    upstream: result.output, input: input, weight: weight, result: result, activation: .silu, stride: stride,
    padding: 1)
  let large = result.output.upsampledNearest(factor: 2)
  let spread = large.averagePooled(window: 3, stride: 1).averagePooledAdjoint(
    inputShape: large.shape, window: 3, stride: 1)
  let all = [
    result.output, gradients.input ?? Tensor(0), gradients.weight, gradients.bias, spread,
    large.summedSquares(factor: 2),
    convTransposed2d(input: result.output, weight: weight, stride: stride, padding: 1, outputPadding: stride - 1),
  ]
  return all.flatMap { $0.scalars.map(\.bitPattern) }
}

/// With the other tests that set the number of threads, which the process shares.
extension ThreadTests {
  @Test(arguments: [
    ([20, 10, 10, 24], 40, 1), ([1, 33, 30, 24], 24, 1), ([5, 16, 16, 33], 20, 2), ([35, 9, 9, 20], 2, 1),
  ])
  func theNumberOfThreadsChangesNoBitOfConvolutions(_ shape: [Int], _ outputs: Int, _ stride: Int) {
    let wanted = ThreadPool.threadCount
    ThreadPool.use(threads: 1)
    let alone = work(shape, outputs, stride: stride)
    for threads in [2, 3] {
      ThreadPool.use(threads: threads)
      for _ in 0..<5 { #expect(work(shape, outputs, stride: stride) == alone) }
    }
    ThreadPool.use(threads: wanted)
  }
}

@Suite struct ImageBiasTests {
  @Test(arguments: [
    ([5, 9, 7, 8], 20, 1), ([3, 28, 28, 16], 16, 1), ([2, 8, 8, 12], 40, 2), ([4, 20, 20, 9], 2, 1),
  ])
  func eachImageHasItsOwn(_ shape: [Int], _ outputs: Int, _ stride: Int) {
    var random = RandomGenerator(seed: 3)
    let input = random.normal(shape: shape)
    let weight = random.normal(shape: [3, 3, shape[3], outputs], standardDeviation: 0.1)
    let bias = random.normal(shape: [shape[0], outputs])
    for activation in [Activation.identity, .silu] {
      let all = conv2d(
        input: input, weight: weight, bias: bias, activation: activation, stride: stride, padding: 1)
      let gradients = conv2dBackward(
        upstream: all.output, input: input, weight: weight, result: all, activation: activation, stride: stride,
        padding: 1, hasImageBias: true)
      #expect(gradients.bias.shape == bias.shape)
      for image in 0..<shape[0] {
        let some = input.rows(image..<image + 1)
        let one = conv2d(
          input: some, weight: weight, bias: bias.rows(image..<image + 1).reshaped(to: [outputs]),
          activation: activation, stride: stride, padding: 1)
        #expect(one.output == all.output.rows(image..<image + 1))
        #expect(one.slope == all.slope?.rows(image..<image + 1))
        let own = conv2dBackward(
          upstream: one.output, input: some, weight: weight, result: one, activation: activation, stride: stride,
          padding: 1)
        #expect(own.bias == gradients.bias.rows(image..<image + 1).reshaped(to: [outputs]))
      }
    }
  }
}
