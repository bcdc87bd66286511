import TensorCore
import Testing

/// Agreement with PyTorch.
@Suite struct ConvolutionReferenceTests {
  private func wave(_ shape: [Int], _ phase: Double) -> Tensor {
    Tensor((0..<shape.reduce(1, *)).map { Float(sin(Double($0) * 0.7 + phase)) }, shape: shape)
  }

  private func isNear(_ found: Tensor, _ expected: ConvolutionReference.Values) -> Bool {
    let scalars = found.scalars.map(Double.init)
    let largest = scalars.reduce(1) { max($0, abs($1)) }
    var sum = 0.0
    for (index, scalar) in scalars.enumerated() { sum += scalar * cos(Double(index) * 1.3) }
    return abs(sum - expected.sum) <= 1e-5 * largest * Double(scalars.count).squareRoot()
      && zip(scalars, expected.first).allSatisfy { abs($0 - $1) <= 1e-5 * largest }
  }

  @Test(arguments: ConvolutionReference.convolutions)
  func convolutions(_ reference: ConvolutionReference.Convolution) {
    let (x, w) = (wave(reference.input, 0), wave(reference.weight, 1))
    let (stride, padding) = (reference.stride, reference.padding)
    let output = conv2d(input: x, weight: w, stride: stride, padding: padding).output
    #expect(isNear(output, reference.output))
    let u = wave(output.shape, 2)
    let inputGradient = conv2dInputGradient(
      upstream: u, weight: w, inputShape: x.shape, stride: stride, padding: padding)
    #expect(isNear(inputGradient, reference.inputGradient))
    let weightGradient = conv2dWeightGradient(
      upstream: u, input: x, kernelHeight: w.shape[0], kernelWidth: w.shape[1], stride: stride, padding: padding)
    #expect(isNear(weightGradient, reference.weightGradient))
    let transposed = convTransposed2d(
      input: u, weight: w, stride: stride, padding: padding, outputPadding: reference.outputPadding)
    #expect(isNear(transposed, reference.transposed))
  }

  @Test func resampling() {
    let x = wave([2, 8, 6, 3], 0)
    #expect(isNear(x.upsampledNearest(factor: 2), ConvolutionReference.upsampled))
    #expect(isNear(x.averagePooled(window: 3, stride: 2), ConvolutionReference.averaged))
    #expect(isNear(x.maxPooled(window: 3, stride: 2).output, ConvolutionReference.maxima))
  }

  /// Of equals the first, row by row, in every channel of every image.
  @Test func placesOfMaxima() {
    let shape = [2, 7, 9, 35]
    let x = Tensor((0..<shape.reduce(1, *)).map { Float($0 * $0 * 7919 % 1009 % 7) }, shape: shape)
    let result = x.maxPooled(window: 3, stride: 2)
    let places = result.places.map { Int($0) }
    #expect(result.output.shape == [2, 3, 4, 35] && places.count == 840)
    #expect(Array(places.prefix(40)) == ConvolutionReference.firstPlaces)
    #expect(Array(places.suffix(40)) == ConvolutionReference.lastPlaces)
    #expect(places.enumerated().reduce(0) { $0 + $1.element * ($1.offset % 97 + 1) } == ConvolutionReference.placesSum)
    #expect(result.output.scalars == places.map { x.scalars[$0] })
  }
}
