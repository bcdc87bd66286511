import TensorCore
import Testing

/// The same bits on every machine: a dense network is trained for some steps, and everything that the core computes goes
/// into one number, which must be this one for every target CPU (build with `WALKTHROUGH_CPU=x86-64`, `x86-64-v3`, ...)
/// and every number of threads (`WALKTHROUGH_THREADS`).
@Suite struct ReproducibilityTests {
  /// FNV-1a over the bits of the scalars.
  struct Hash {
    var value: UInt64 = 0xcbf2_9ce4_8422_2325

    mutating func add(_ tensor: Tensor) {
      for scalar in tensor.scalars {
        value = (value ^ UInt64(scalar.isNaN ? 0x7fc0_0000 : scalar.bitPattern)) &* 0x100_0000_01b3
      }
    }
  }

  @Test func trainingGivesTheSameBitsEverywhere() {
    var random = RandomGenerator(seed: 2024)
    var hash = Hash()
    let sizes = [20, 48, 33, 20]
    var weights = zip(sizes, sizes.dropFirst()).map {
      random.normal(shape: [$0, $1], standardDeviation: 1 / sqrt(Float($0)))
    }
    var biases = sizes.dropFirst().map { Tensor(zeros: [$0]) }
    var firstMoments = weights.map { Tensor(zeros: $0.shape) }
    var secondMoments = firstMoments
    let activations: [Activation] = [.silu, .gelu, .identity]
    for step in 1...30 {
      let input = random.normal(shape: [40, 20])
      var results: [LinearResult] = []
      for index in weights.indices {
        results.append(
          linear(
            input: results.last?.output ?? input, weight: weights[index], bias: biases[index],
            activation: activations[index]))
      }
      var upstream = meanSquaredErrorWithGradient(prediction: results[2].output, target: input).gradient
      for index in weights.indices.reversed() {
        let gradients = linearBackward(
          upstream: upstream, input: index == 0 ? input : results[index - 1].output, weight: weights[index],
          result: results[index], activation: activations[index])
        adamStep(
          parameters: &weights[index], gradients: gradients.weight, firstMoment: &firstMoments[index],
          secondMoment: &secondMoments[index], step: step, constants: AdamConstants(learningRate: 0.01))
        biases[index].add(gradients.bias, scaledBy: -0.01)
        if let next = gradients.input { upstream = next }
      }
    }
    for tensor in weights + biases { hash.add(tensor) }
    #expect(hash.value == 1_565_324_387_336_562_571)
  }

  @Test func functionsGiveTheSameBitsEverywhere() {
    var random = RandomGenerator(seed: 7)
    var hash = Hash()
    let x = random.normal(shape: [300, 301], standardDeviation: 20)
    let positive = abs(x)
    for y in [
      exp(x), expm1(x), log(positive), log1p(positive), sin(x), cos(x), tanh(x), erf(x), sigmoid(x), silu(x), gelu(x),
      softplus(x), leakyRelu(x), positive.squareRoot(), x / positive, x.softmax(), x.logSoftmax(axis: 0),
      x.sum(axis: 0), x.sum(axis: 1), x.sum(), x.variance(axis: 1), x.logSumExp(), pow(positive, 1.7),
      matmul(x, x, transposeB: true), random.uniform(shape: [1001], in: -3..<5),
      Tensor(linearlySpacedFrom: exp(0.1), to: log(30.0) + sin(1e9) + erf(0.3) + tanh(0.7), count: 77),
    ] { hash.add(y) }
    #expect(hash.value == 4_342_523_763_343_002_800)
  }
}
