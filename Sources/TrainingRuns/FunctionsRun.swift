internal import Autodiff
internal import TensorCore

/// Functions of tensors, of single numbers in both precisions, reductions, products, sampling and sorting.
func functionsRun() -> Outcome {
  var outcome = Outcome()
  var random = RandomGenerator(key: RandomKey(seed: 7).derived(4))
  let wide = random.normal(shape: [300, 301], standardDeviation: 20)
  noteFunctions(of: wide, &outcome)
  noteFunctions(of: wide * 1e-4, &outcome)
  noteFunctions(of: wide * 1e30, &outcome)
  noteReductions(of: wide, &outcome)
  noteProducts(of: wide.rows(0..<90), &outcome)
  noteConvolutions(&random, &outcome)
  noteDoubles(&outcome)
  noteSampling(&random, &outcome)
  return outcome
}

private func noteFunctions(of x: Tensor, _ outcome: inout Outcome) {
  let positive = abs(x)
  outcome.note("exp", exp(x))
  outcome.note("expm1", expm1(x))
  outcome.note("log", log(positive))
  outcome.note("log1p", log1p(positive))
  outcome.note("sin", sin(x))
  outcome.note("cos", cos(x))
  outcome.note("tanh", tanh(x))
  outcome.note("erf", erf(x))
  outcome.note("sqrt", sqrt(positive))
  outcome.note("pow", pow(positive, 1.7))
  outcome.note("quotient", x / (positive + 1))
  let activations: [Activation] = [.relu, .leakyRelu(slope: 0.1), .silu, .tanh, .sigmoid, .gelu, .softplus]
  for activation in activations {
    let output = activation(x)
    outcome.note("activation", output)
    outcome.note("its derivative", activation.gradient(upstream: x, input: x, output: output))
  }
}

private func noteReductions(of x: Tensor, _ outcome: inout Outcome) {
  outcome.note("sums", [x.sum(), x.sum(axis: 0), x.sum(axis: 1)])
  outcome.note("variances", [x.variance(), x.variance(axis: 0), x.variance(axis: 1)])
  outcome.note("softmax", [x.softmax(axis: 0), x.softmax(), x.logSoftmax(axis: 0), x.logSoftmax()])
  outcome.note("logSumExp", [x.logSumExp(axis: 0), x.logSumExp()])
  outcome.note("extremes", [x.max(axis: 0), x.min(axis: 1), x.max(), x.min()])
  outcome.note("argMax", x.argMax())
}

/// Products of every case and of shapes that fill no tile.
private func noteProducts(of x: Tensor, _ outcome: inout Outcome) {
  outcome.note("a bT", matmul(x, x, transposeB: true))
  outcome.note("aT b", matmul(x, x, transposeA: true))
  outcome.note("aT bT", matmul(x, x.transposed().rows(0..<7), transposeA: true, transposeB: true))
  outcome.note("a b", matmul(x, x.transposed().slice(axis: 1, 0..<19)))
  outcome.note("thin", matmul(x, x.rows(0..<1), transposeB: true))
  outcome.note("flat", matmul(x.rows(3..<5), x, transposeB: true))
}

/// Few channels and many, and numbers of them that fill no vector, with and without a stride.
private func noteConvolutions(_ random: inout RandomGenerator, _ outcome: inout Outcome) {
  for (inputs, outputs, stride) in [(1, 33, 1), (20, 3, 1), (17, 40, 2)] {
    let input = random.normal(shape: [18, 13, 11, inputs])
    let weight = random.normal(shape: [3, 3, inputs, outputs], standardDeviation: 0.1)
    let bias = random.normal(shape: [outputs])
    let result = conv2d(input: input, weight: weight, bias: bias, activation: .silu, stride: stride, padding: 1)
    let gradients = conv2dBackward(
      upstream: result.output, input: input, weight: weight, result: result, activation: .silu, stride: stride,
      padding: 1)
    outcome.note("convolution", result.output)
    outcome.note("its gradients", [gradients.weight, gradients.bias] + [gradients.input].compactMap { $0 })
    outcome.note("pooled", input.averagePooled(window: 3, stride: 2))
    outcome.note("resized", input.upsampledNearest(factor: 2).summedSquares(factor: 2))
  }
}

/// Schedules, statistics and finite differences are computed in double precision.
private func noteDoubles(_ outcome: inout Outcome) {
  let numbers = stride(from: -400.0, through: 400, by: 0.37).map { $0 * $0 * $0 * 1e-6 }
  outcome.note("exp of Double", numbers.map { exp($0) })
  outcome.note("expm1 of Double", numbers.map { expm1($0) })
  outcome.note("log of Double", numbers.map { log($0 * $0) })
  outcome.note("log1p of Double", numbers.map { log1p($0 * $0) })
  outcome.note("log2 of Double", numbers.map { log2($0 * $0) })
  outcome.note("log10 of Double", numbers.map { log10($0 * $0) })
  outcome.note("sin of Double", numbers.map { sin($0 * 1e5) })
  outcome.note("cos of Double", numbers.map { cos($0 * 1e5) })
  outcome.note("tanh of Double", numbers.map { tanh($0) })
  outcome.note("erf of Double", numbers.map { erf($0) })
  outcome.note("erfc of Double", numbers.map { erfc($0) })
  outcome.note("pow of Double", numbers.map { pow($0 * $0, 1.3) })
}

private func noteSampling(_ random: inout RandomGenerator, _ outcome: inout Outcome) {
  outcome.note("uniform", random.uniform(shape: [70_001], in: -3..<5))
  outcome.note("normal", random.normal(shape: [70_001]))
  outcome.note("bernoulli", random.bernoulli(probability: 0.3, shape: [1_001]))
  outcome.note("integers", random.integers(below: 1_000_003, count: 1_001))
  outcome.note("permutation", random.permutation(1_001))
  outcome.note("categorical", random.categorical(weights: [0.2, 1, 3.5, 0.01], count: 1_001))
  outcome.note("categorical logits", random.categorical(logits: random.normal(shape: [101, 7])))
  let ranked = random.normal(shape: [9_001]).sorted()
  outcome.note("sorted", ranked.values)
  outcome.note("sorted places", ranked.positions)
  outcome.note("scalar normals", (0..<101).map { _ in Double(random.normal()) + random.uniformDouble() })
}
