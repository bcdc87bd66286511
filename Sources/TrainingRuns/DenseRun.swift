internal import Autodiff
internal import NeuralNetworks
internal import TensorCore

/// Softmax cross-entropy over ten noisy prototypes of 784 numbers, 50 steps.
func denseRun() -> Outcome {
  let classes = 10
  let batch = 32
  let steps = 50
  var random = RandomGenerator(key: RandomKey(seed: 784).derived(1))
  let prototypes = random.normal(shape: [classes, 784])
  var network = DenseNetwork(classes: classes, using: &random)
  var adam = Adam(
    learningRate: .warmup(steps: 5, then: .cosine(from: 3e-3, to: 1e-4, steps: steps)), weightDecay: 1e-2)
  var outcome = Outcome()
  for step in 0..<steps {
    let labels = random.integers(below: classes, count: batch)
    let input = prototypes.gatheringRows(at: labels) + random.normal(shape: [batch, 784], standardDeviation: 2)
    var (loss, gradients) = valueAndGradient(at: network) { crossEntropy(logits: $0(input), labels: labels) }
    gradients.clip(toNorm: 1)
    adam.update(&network, with: gradients)
    outcome.note(loss: loss, step: step)
  }
  outcome.note("weights", network.parameters)
  return outcome
}

/// 784 - 48 - 24 - classes, one activation each.
private struct DenseNetwork: Module {
  var first: Linear
  var second: Linear
  var output: Linear

  init(classes: Int, using random: inout RandomGenerator) {
    first = Linear(784, 48, using: &random)
    second = Linear(48, 24, initializer: .kaimingNormal, using: &random)
    output = Linear(24, classes, initializer: .xavierUniform, using: &random)
  }

  mutating func visitParameters(_ visitor: inout some ParameterVisitor) {
    visitor.visit("first", &first)
    visitor.visit("second", &second)
    visitor.visit("output", &output)
  }

  func callAsFunction(_ x: Tensor) -> Variable {
    output(second(first(x, activation: .silu), activation: .relu))
  }
}
