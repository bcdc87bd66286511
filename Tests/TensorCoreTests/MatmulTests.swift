import TensorCore
import Testing

/// The product as it is defined: each element one chain of fused multiply-adds over ascending k.
func chainProduct(_ a: Tensor, _ b: Tensor) -> Tensor {
  let (m, k, n) = (a.shape[0], a.shape[1], b.shape[1])
  let (left, right) = (a.scalars, b.scalars)
  var result = [Float](repeating: 0, count: m * n)
  for i in 0..<m {
    for j in 0..<n {
      var sum: Float = 0
      for p in 0..<k { sum.addProduct(left[i * k + p], right[p * n + j]) }
      result[i * n + j] = sum
    }
  }
  return Tensor(result, shape: [m, n])
}

@Suite struct MatmulTests {
  static let extents = [
    (1, 1, 1), (1, 7, 3), (3, 1, 5), (2, 128, 2), (7, 33, 31), (8, 16, 32), (9, 17, 33), (17, 300, 65), (64, 520, 48),
    (130, 70, 100), (5, 784, 6), (1, 256, 300), (300, 2, 1), (300, 40, 3), (70, 300, 8),
  ]

  @Test(arguments: extents)
  func everyElementIsOneChain(m: Int, k: Int, n: Int) {
    var random = RandomGenerator(seed: UInt64(m * 1000 + k * 10 + n))
    let a = random.normal(shape: [m, k])
    let b = random.normal(shape: [k, n])
    let expected = chainProduct(a, b)
    #expect(matmul(a, b) == expected)
    #expect(matmul(a.transposed(), b, transposeA: true) == expected)
    #expect(matmul(a, b.transposed(), transposeB: true) == expected)
    #expect(matmul(a.transposed(), b.transposed(), transposeA: true, transposeB: true) == expected)
  }

  @Test func emptyInnerExtentGivesZeros() {
    #expect(matmul(Tensor(zeros: [2, 0]), Tensor(zeros: [0, 3])) == Tensor(zeros: [2, 3]))
    #expect(matmul(Tensor(zeros: [0, 2]), Tensor(zeros: [2, 3])).shape == [0, 3])
  }

  @Test(arguments: [
    Activation.identity, .relu, .leakyRelu(slope: 0.2), .silu, .tanh, .sigmoid, .gelu, .softplus,
  ])
  func linearIsProductBiasActivation(activation: Activation) {
    var random = RandomGenerator(seed: 5)
    let input = random.normal(shape: [37, 50])
    let weight = random.normal(shape: [50, 45], standardDeviation: 0.2)
    let bias = random.normal(shape: [45])
    let result = linear(input: input, weight: weight, bias: bias, activation: activation)
    let preactivation = matmul(input, weight) + bias
    #expect(result.output == activation(preactivation))
    #expect((result.slope != nil) == activation.derivativeNeedsInput)
    if let slope = result.slope {
      #expect(
        slope == activation.gradient(upstream: Tensor(ones: [37, 45]), input: preactivation, output: result.output))
    }

    let upstream = random.normal(shape: [37, 45])
    let gradients = linearBackward(
      upstream: upstream, input: input, weight: weight, result: result, activation: activation)
    let d = activation.gradient(upstream: upstream, input: preactivation, output: result.output)
    #expect(gradients.weight == matmul(input, d, transposeA: true))
    #expect(gradients.bias == d.sum(axis: 0))
    #expect(gradients.input == matmul(d, weight, transposeB: true))
    let first = linearBackward(
      upstream: upstream, input: input, weight: weight, result: result, activation: activation,
      needsInputGradient: false)
    #expect(first.input == nil)
    let alone = linearInputGradient(upstream: upstream, weight: weight, result: result, activation: activation)
    #expect(alone == gradients.input)
  }

  @Test func linearWithoutBias() {
    let result = linear(input: Tensor([[1, 2]]), weight: Tensor([[3, 4], [5, 6]]))
    #expect(result.output == Tensor([[13, 16]]))
  }
}
