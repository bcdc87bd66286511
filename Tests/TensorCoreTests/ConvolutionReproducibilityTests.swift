import TensorCore
import Testing

/// The same bits of convolutions and their gradients on every machine; see `ReproducibilityTests`.
@Suite struct ConvolutionReproducibilityTests {
  @Test func convolutionsGiveTheSameBitsEverywhere() {
    var random = RandomGenerator(seed: 11)
    var hash = ReproducibilityTests.Hash()
    for (inputs, outputs, stride) in [(1, 33, 1), (20, 3, 1), (17, 40, 2)] {
      let input = random.normal(shape: [18, 13, 11, inputs])
      let weight = random.normal(shape: [3, 3, inputs, outputs], standardDeviation: 0.1)
      let bias = random.normal(shape: [outputs])
      let result = conv2d(input: input, weight: weight, bias: bias, activation: .silu, stride: stride, padding: 1)
      let gradients = conv2dBackward(
        upstream: result.output, input: input, weight: weight, result: result, activation: .silu, stride: stride,
        padding: 1)
      for tensor in [
        result.output, gradients.weight, gradients.bias, gradients.input ?? Tensor(0),
        input.averagePooled(window: 3, stride: 2), input.upsampledNearest(factor: 2).summedSquares(factor: 2),
      ] { hash.add(tensor) }
    }
    #expect(hash.value == 971_516_123_048_278_423)
  }
}
