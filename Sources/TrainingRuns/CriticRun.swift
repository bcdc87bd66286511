internal import Autodiff
internal import NeuralNetworks
internal import TensorCore

/// A critic learns to tell bright images from dark ones under a gradient penalty (Gulrajani et al., arXiv 1704.00028),
/// 8 steps.
func criticRun() -> Outcome {
  let batch = 8
  var random = RandomGenerator(key: RandomKey(seed: 3).derived(3))
  var critic = Critic(using: &random)
  var sgd = SGD(learningRate: .decay(from: 0.02, factor: 0.5, every: 4), momentum: 0.9, nesterov: true)
  var outcome = Outcome()
  for step in 0..<8 {
    let bright = abs(random.normal(shape: [batch, 8, 8, 2]))
    let dark = random.normal(shape: [batch, 8, 8, 2], mean: -0.5, standardDeviation: 0.5)
    let share = random.uniform(shape: [batch, 1, 1, 1])
    let between = dark + share * (bright - dark)
    let (loss, gradients) = valueAndGradient(updatingBuffersOf: &critic) { critic in
      critic.normalizeHead()
      let score = critic(Variable(constant: dark)).mean() - critic(Variable(constant: bright)).mean()
      let middle = Variable(between)
      let slope = gradient(of: critic(middle).sum(), withRespectTo: middle, isDifferentiable: true)
      let norms = sqrt(square(slope).reshaped(to: [batch, 128]).sum(axis: 1) + 1e-12)
      return score + square(norms - 1).mean() * 10
    }
    sgd.update(&critic, with: gradients)
    outcome.note(loss: loss, step: step)
  }
  outcome.note("weights", critic.parameters)
  outcome.note("buffers", critic.buffers)
  return outcome
}

private struct Critic: Module {
  private var entry: Conv2d
  private var head: Linear
  private var spectral: SpectralNorm
  private var normalized: Variable

  init(using random: inout RandomGenerator) {
    entry = Conv2d(inputChannels: 2, outputChannels: 12, kernelSize: 4, stride: 2, padding: 1, using: &random)
    head = Linear(192, 1, using: &random)
    spectral = SpectralNorm(for: head.weight.value, using: &random)
    normalized = head.weight
  }

  mutating func visitParameters(_ visitor: inout some ParameterVisitor) {
    visitor.visit("entry", &entry)
    visitor.visit("head", &head)
    visitor.visit("spectral", &spectral)
  }

  mutating func normalizeHead() { normalized = spectral.normalize(head.weight, phase: .training) }

  func callAsFunction(_ x: Variable) -> Variable {
    let features = leakyRelu(entry(x), slope: 0.2)
    return linear(softplus(features.reshaped(to: [x.shape[0], 192])), weight: normalized, bias: head.bias)
  }
}
