import TensorCore
import Testing

/// The extents of one convolution.
struct ConvolutionCase: Sendable, CustomTestStringConvertible {
  var batch: Int
  var height: Int
  var width: Int
  var inputs: Int
  var kernelHeight: Int
  var kernelWidth: Int
  var outputs: Int
  var stride: Int
  var padding: Int

  var outputHeight: Int { (height + 2 * padding - kernelHeight) / stride + 1 }
  var outputWidth: Int { (width + 2 * padding - kernelWidth) / stride + 1 }
  var inputShape: [Int] { [batch, height, width, inputs] }
  var weightShape: [Int] { [kernelHeight, kernelWidth, inputs, outputs] }
  var outputShape: [Int] { [batch, outputHeight, outputWidth, outputs] }
  var testDescription: String { "\(inputShape) by \(weightShape), stride \(stride), padding \(padding)" }

  /// Extents that the kernels treat in ways of their own, and random ones.
  static let all: [ConvolutionCase] = {
    func of(_ e: Int...) -> ConvolutionCase {
      ConvolutionCase(
        batch: e[0], height: e[1], width: e[2], inputs: e[3], kernelHeight: e[4], kernelWidth: e[5], outputs: e[6],
        stride: e[7], padding: e[8])
    }
    var cases = [
      of(1, 1, 1, 1, 1, 1, 1, 1, 0), of(1, 28, 28, 1, 3, 3, 32, 1, 1), of(1, 28, 28, 32, 3, 3, 1, 1, 1),
      of(2, 9, 37, 8, 2, 5, 3, 1, 2), of(1, 12, 35, 9, 3, 3, 8, 1, 0),
      of(1, 8, 20, 4, 3, 1, 11, 1, 4),
      of(1, 7, 8, 64, 3, 3, 64, 1, 1), of(2, 9, 9, 33, 3, 3, 40, 2, 1), of(2, 14, 14, 16, 4, 4, 24, 2, 1),
      of(2, 9, 7, 3, 1, 1, 5, 3, 0), of(1, 6, 6, 2, 2, 2, 3, 4, 0), of(1, 5, 5, 2, 2, 3, 3, 1, 4),
      of(20, 4, 5, 3, 3, 3, 2, 1, 1), of(1, 40, 70, 8, 5, 5, 8, 1, 2), of(1, 5, 5, 100, 3, 3, 65, 1, 1),
      of(1, 3, 3, 4, 3, 3, 6, 5, 5), of(1, 2, 9, 4, 1, 5, 6, 2, 2), of(17, 3, 3, 90, 3, 3, 17, 1, 0),
    ]
    var random = RandomGenerator(seed: 31)
    while cases.count < 60 {
      let n = random.integers(below: 1000, count: 9)
      let next = of(
        1 + n[0] % 4, 1 + n[1] % 13, 1 + n[2] % 13, 1 + n[3] % 20, 1 + n[4] % 5, 1 + n[5] % 5, 1 + n[6] % 40,
        1 + n[7] % 4, n[8] % 5)
      if next.height + 2 * next.padding >= next.kernelHeight && next.width + 2 * next.padding >= next.kernelWidth {
        cases.append(next)
      }
    }
    return cases
  }()

  struct Tensors {
    var input: Tensor
    var weight: Tensor
    var upstream: Tensor
  }

  var tensors: Tensors {
    var random = RandomGenerator(seed: UInt64(batch + height * 10 + inputs * 100 + outputs))
    return Tensors(
      input: random.normal(shape: inputShape), weight: random.normal(shape: weightShape),
      upstream: random.normal(shape: outputShape))
  }

  /// Calls `body` for every product of the convolution: with the offsets into input, weight and output.
  func forEachProduct(_ body: (_ input: Int, _ weight: Int, _ output: Int) -> Void) {
    for n in 0..<batch {
      for y in 0..<outputHeight {
        for x in 0..<outputWidth {
          let pixel = (n * outputHeight + y) * outputWidth + x
          for i in 0..<kernelHeight {
            let row = y * stride + i - padding
            if row < 0 || row >= height { continue }
            for j in 0..<kernelWidth {
              let column = x * stride + j - padding
              if column < 0 || column >= width { continue }
              for c in 0..<inputs {
                let source = ((n * height + row) * width + column) * inputs + c
                let tap = ((i * kernelWidth + j) * inputs + c) * outputs
                for o in 0..<outputs { body(source, tap + o, pixel * outputs + o) }
              }
            }
          }
        }
      }
    }
  }
}

/// Whether each element is within 1e-5 of the sum of its products' magnitudes.
func isNear(_ found: Tensor, _ sums: [Double], _ magnitudes: [Double]) -> Bool {
  let found = found.scalars
  guard found.count == sums.count else { return false }
  return found.indices.allSatisfy { abs(Double(found[$0]) - sums[$0]) <= 1e-5 * magnitudes[$0] }
}

@Suite struct ConvolutionTests {
  @Test(arguments: ConvolutionCase.all) func allPassesAgreeWithTheDefinition(_ extents: ConvolutionCase) {
    let tensors = extents.tensors
    let (x, w, u) = (tensors.input.scalars, tensors.weight.scalars, tensors.upstream.scalars)
    var sums = [x, w, u].map { [Double](repeating: 0, count: $0.count) }
    var magnitudes = sums
    extents.forEachProduct { input, weight, output in
      for (which, place, a, b) in [
        (0, input, w[weight], u[output]), (1, weight, x[input], u[output]), (2, output, x[input], w[weight]),
      ] {
        let product = Double(a) * Double(b)
        sums[which][place] += product
        magnitudes[which][place] += abs(product)
      }
    }
    let output = conv2d(
      input: tensors.input, weight: tensors.weight, stride: extents.stride, padding: extents.padding
    ).output
    #expect(output.shape == extents.outputShape)
    #expect(isNear(output, sums[2], magnitudes[2]))
    let inputGradient = conv2dInputGradient(
      upstream: tensors.upstream, weight: tensors.weight, inputShape: extents.inputShape, stride: extents.stride,
      padding: extents.padding)
    #expect(inputGradient.shape == extents.inputShape)
    #expect(isNear(inputGradient, sums[0], magnitudes[0]))
    let weightGradient = conv2dWeightGradient(
      upstream: tensors.upstream, input: tensors.input, kernelHeight: extents.kernelHeight,
      kernelWidth: extents.kernelWidth, stride: extents.stride, padding: extents.padding)
    #expect(weightGradient.shape == extents.weightShape)
    #expect(isNear(weightGradient, sums[1], magnitudes[1]))
  }

  /// Not near: equal. The output is one chain over the kernel's rows, columns and channels, whatever the tiling.
  @Test(arguments: ConvolutionCase.all) func everyOutputIsOneChain(_ extents: ConvolutionCase) {
    let tensors = extents.tensors
    let (x, w) = (tensors.input.scalars, tensors.weight.scalars)
    var expected = [Float](repeating: 0, count: tensors.upstream.count)
    extents.forEachProduct { input, weight, output in expected[output].addProduct(x[input], w[weight]) }
    let output = conv2d(
      input: tensors.input, weight: tensors.weight, stride: extents.stride, padding: extents.padding
    ).output
    #expect(output == Tensor(expected, shape: extents.outputShape))
  }

  @Test(arguments: [
    Activation.identity, .relu, .leakyRelu(slope: 0.2), .silu, .tanh, .sigmoid, .gelu, .softplus,
  ])
  func biasAndActivationAreFused(activation: Activation) {
    var random = RandomGenerator(seed: 5)
    let input = random.normal(shape: [3, 9, 11, 20])
    let weight = random.normal(shape: [3, 3, 20, 37], standardDeviation: 0.1)
    let bias = random.normal(shape: [37])
    let result = conv2d(input: input, weight: weight, bias: bias, activation: activation, stride: 2, padding: 1)
    let preactivation = conv2d(input: input, weight: weight, stride: 2, padding: 1).output + bias
    #expect(result.output == activation(preactivation))
    #expect((result.slope != nil) == activation.derivativeNeedsInput)

    let upstream = random.normal(shape: result.output.shape)
    let gradients = conv2dBackward(
      upstream: upstream, input: input, weight: weight, result: result, activation: activation, stride: 2, padding: 1)
    let d = activation.gradient(upstream: upstream, input: preactivation, output: result.output)
    #expect(
      gradients.weight
        == conv2dWeightGradient(upstream: d, input: input, kernelHeight: 3, kernelWidth: 3, stride: 2, padding: 1))
    #expect(
      gradients.input
        == conv2dInputGradient(upstream: d, weight: weight, inputShape: input.shape, stride: 2, padding: 1))
    let sums = d.scalars
    for channel in 0..<37 {
      let terms = stride(from: channel, to: sums.count, by: 37).map { Double(sums[$0]) }
      let error = abs(terms.reduce(0, +) - Double(gradients.bias.scalars[channel]))
      #expect(error < 1e-5 * terms.reduce(0) { $0 + abs($1) })
    }
    let first = conv2dBackward(
      upstream: upstream, input: input, weight: weight, result: result, activation: activation, stride: 2, padding: 1,
      needsInputGradient: false)
    #expect(first.input == nil)
  }

  @Test func emptyBatches() {
    let (input, weight) = (Tensor(zeros: [0, 4, 4, 2]), Tensor(ones: [3, 3, 2, 5]))
    let output = conv2d(input: input, weight: weight, padding: 1).output
    #expect(output.shape == [0, 4, 4, 5])
    #expect(
      conv2dWeightGradient(upstream: output, input: input, kernelHeight: 3, kernelWidth: 3, padding: 1)
        == Tensor(zeros: [3, 3, 2, 5]))
    #expect(conv2dInputGradient(upstream: output, weight: weight, inputShape: [0, 4, 4, 2], padding: 1) == input)
    let none = conv2d(input: Tensor(zeros: [1, 4, 4, 0]), weight: Tensor(zeros: [3, 3, 0, 2]), bias: Tensor([1, 2]))
    #expect(none.output == Tensor([[1, 2], [1, 2], [1, 2], [1, 2]]).reshaped(to: [1, 2, 2, 2]))
  }
}
