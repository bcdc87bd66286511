import TensorCore
import Testing

@Suite struct ConvTransposed2dTests {
  static let activations: [Activation] = [
    .identity, .relu, .leakyRelu(slope: 0.2), .silu, .tanh, .sigmoid, .gelu, .softplus,
  ]

  /// The bias and the activation in the same pass change no bit.
  @Test(arguments: [(5, 3, 2, 1, 1), (4, 4, 2, 1, 0), (1, 3, 1, 1, 0), (2, 3, 3, 0, 2)])
  func theFusedLayerIsTheComposedOne(_ outputs: Int, _ kernel: Int, _ stride: Int, _ padding: Int, _ outputPadding: Int)
  {
    var random = RandomGenerator(seed: 21)
    let input = random.normal(shape: [3, 7, 6, 9])
    let weight = random.normal(shape: [kernel, kernel, outputs, 9], standardDeviation: 0.3)
    let bias = random.normal(shape: [outputs])
    let plain = convTransposed2d(
      input: input, weight: weight, stride: stride, padding: padding, outputPadding: outputPadding)
    for activation in ConvTransposed2dTests.activations {
      let result = convTransposed2d(
        input: input, weight: weight, bias: bias, activation: activation, stride: stride, padding: padding,
        outputPadding: outputPadding)
      let expected = activation(plain + bias)
      #expect(result.output.shape == plain.shape)
      #expect(result.output.scalars.elementsEqual(expected.scalars) { $0.bitPattern == $1.bitPattern }, "\(activation)")

      let upstream = random.normal(shape: plain.shape)
      let gradients = convTransposed2dBackward(
        upstream: upstream, input: input, weight: weight, result: result, activation: activation, stride: stride,
        padding: padding)
      let d = activation.gradient(upstream: upstream, input: plain + bias, output: expected)
      let expectedInput = conv2d(input: d, weight: weight, stride: stride, padding: padding).output
      let expectedWeight = conv2dWeightGradient(
        upstream: input, input: d, kernelHeight: kernel, kernelWidth: kernel, stride: stride, padding: padding)
      #expect(largestDifference(gradients.input ?? Tensor(0), expectedInput) < 1e-4, "\(activation)")
      #expect(largestDifference(gradients.weight, expectedWeight) < 1e-3, "\(activation)")
      #expect(largestDifference(gradients.bias, d.sum(axis: 0).sum(axis: 0).sum(axis: 0)) < 1e-3, "\(activation)")
    }
  }

  /// Of few channels, whose pixels share registers across the rows' ends: one image at a time gives the same bits as
  /// each channel computed beside others.
  @Test(arguments: [(1, 3, 1, 1), (3, 3, 1, 0), (4, 4, 2, 1), (1, 4, 2, 1), (2, 5, 3, 2)])
  func fewChannelsAreTheFirstOfMany(_ channels: Int, _ kernel: Int, _ stride: Int, _ padding: Int) {
    var random = RandomGenerator(seed: 22)
    let input = random.normal(shape: [3, 15, 13, 12])
    let wide = random.normal(shape: [kernel, kernel, 12, 20])
    let narrow = wide.slice(axis: 3, 0..<channels)
    let few = conv2d(input: input, weight: narrow, stride: stride, padding: padding).output
    let many = conv2d(input: input, weight: wide, stride: stride, padding: padding).output
    #expect(few == many.slice(axis: 3, 0..<channels))

    let adjointWide = random.normal(shape: [kernel, kernel, 20, 12])
    let adjointNarrow = adjointWide.slice(axis: 2, 0..<channels)
    #expect(
      convTransposed2d(input: input, weight: adjointNarrow, stride: stride, padding: padding)
        == convTransposed2d(input: input, weight: adjointWide, stride: stride, padding: padding)
        .slice(axis: 3, 0..<channels))

    let upstream = random.normal(shape: many.shape)
    #expect(
      conv2dWeightGradient(
        upstream: upstream.slice(axis: 3, 0..<channels), input: input, kernelHeight: kernel, kernelWidth: kernel,
        stride: stride, padding: padding)
        == conv2dWeightGradient(
          upstream: upstream, input: input, kernelHeight: kernel, kernelWidth: kernel, stride: stride,
          padding: padding
        ).slice(axis: 3, 0..<channels))
  }
}

private func largestDifference(_ a: Tensor, _ b: Tensor) -> Float {
  if a.shape != b.shape { return .infinity }
  return zip(a.scalars, b.scalars).map { Swift.abs($0 - $1) }.max() ?? 0
}
