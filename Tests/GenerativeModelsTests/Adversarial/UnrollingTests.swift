import Autodiff
import GenerativeModels
import NeuralNetworks
import TensorCore
import TestSupport
import Testing

@Suite struct UnrollingTests {
  /// A discriminator that has taken a few steps, its optimizer, and rows to go on with.
  private func start() -> (MLPDiscriminator, Adam, real: Tensor, fake: Tensor) {
    var random = RandomGenerator(seed: 6)
    var discriminator = MLPDiscriminator(widths: [2, 5, 1], activation: .tanh, using: &random)
    var adam = Adam(learningRate: 0.05, betas: (0.5, 0.999))
    let (real, fake) = (numbers([4, 2], seed: 2), numbers([4, 2], in: -2...2, seed: 3))
    for _ in 0..<3 { step(&discriminator, &adam, real, fake) }
    return (discriminator, adam, real, fake)
  }

  private func step(_ discriminator: inout MLPDiscriminator, _ adam: inout Adam, _ real: Tensor, _ fake: Tensor) {
    let (_, gradients) = valueAndGradient(at: discriminator) { judge in
      AdversarialLoss.nonSaturating.discriminator(real: judge(real), fake: judge(fake))
    }
    adam.update(&discriminator, with: gradients)
  }

  /// The parameters ahead are those that real steps of Adam reach.
  @Test func valuesAreThoseOfRealSteps() {
    var (discriminator, adam, real, fake) = start()
    var random = RandomGenerator(seed: 1)
    let ahead = unrolled(
      discriminator, steps: 5, optimizer: adam, objective: GANObjective(), real: real, fake: Variable(fake),
      using: &random)
    let before = discriminator.parameters
    for _ in 0..<5 { step(&discriminator, &adam, real, fake) }
    for ((found, expected), old) in zip(zip(ahead.parameters, discriminator.parameters), before) {
      for ((a, b), c) in zip(zip(found.scalars, expected.scalars), old.scalars) {
        #expect(abs(a - b) < 1e-4 * max(1, abs(b)) && abs(b - c) > 1e-3)
      }
    }
  }

  /// The generator's gradient runs through every step of the discriminator: it is the derivative of the whole.
  @Test(arguments: [1, 3]) func gradientsRunThroughTheSteps(_ steps: Int) {
    let (discriminator, adam, real, fake) = start()
    func loss(_ fake: Variable, throughSteps: Bool) -> Variable {
      var random = RandomGenerator(seed: 1)
      let ahead = unrolled(
        discriminator, steps: steps, optimizer: adam, objective: GANObjective(), real: real,
        fake: throughSteps ? fake : fake.stopGradient, using: &random)
      return GANObjective().generatorLoss(ahead, fake: fake, using: &random)
    }
    FiniteDifferences(tolerance: 1e-3).check([fake], secondOrder: false) { loss($0[0], throughSteps: true) }
    // A gradient that takes the steps as given differs.
    let whole = valueAndGradient(at: fake) { loss($0, throughSteps: true) }.gradient
    let part = valueAndGradient(at: fake) { loss($0, throughSteps: false) }.gradient
    #expect((whole - part).squared().sum().item > 0.01 * whole.squared().sum().item)
  }

  /// The Dirac-GAN: data at 0, one generated point theta, the logit psi x, the Wasserstein loss. Then
  /// L_G = -psi_k(theta) theta, where psi follows Adam on the slope theta, and
  /// L_G' = -psi_k - theta psi_k'(theta), computed here by carrying derivatives along in Double.
  @Test(arguments: [0, 1, 2, 4]) func theDiracGame(_ steps: Int) {
    let (theta, rate, epsilon) = (0.7, 0.1, 1e-8)
    let (b1, b2) = (Double(Float(0.5)), Double(Float(0.999)))
    var random = RandomGenerator(seed: 1)
    var discriminator = MLPDiscriminator(widths: [1, 1], using: &random)
    discriminator.layers[0].weight = Variable(constant: Tensor([[0.4]]))
    discriminator.layers[0].bias = Variable(constant: Tensor([0]))
    var adam = Adam(learningRate: rate, betas: (0.5, 0.999), epsilon: Float(epsilon))
    // Moments that an earlier slope of -0.3 has left; those of the bias, whose slope is always 0, are 0.
    adam.state = OptimizerState(
      step: 3, moments: [[Tensor([[-0.3]]), Tensor([0])], [Tensor([[0.09 * 0.003]]), Tensor([0])]])

    var psi = (value: Double(Float(0.4)), slope: 0.0)
    var m = (value: Double(Float(-0.3)), slope: 0.0)
    var v = (value: Double(Float(0.09 * 0.003)), slope: 0.0)
    for step in 4..<4 + steps {
      m = (b1 * m.value + (1 - b1) * theta, b1 * m.slope + 1 - b1)
      v = (b2 * v.value + (1 - b2) * theta * theta, b2 * v.slope + (1 - b2) * 2 * theta)
      let (c1, c2) = (1 - pow(b1, Double(step)), 1 - pow(b2, Double(step)))
      let root = (v.value / c2).squareRoot()
      let (below, belowSlope) = (root + epsilon, v.slope / c2 / (2 * root))
      psi.value -= rate / c1 * m.value / below
      psi.slope -= rate / c1 * (m.slope / below - m.value * belowSlope / (below * below))
    }

    let found = valueAndGradient(at: Tensor([[Float(theta)]])) { fake in
      let ahead = unrolled(
        discriminator, steps: steps, optimizer: adam, objective: GANObjective(.wasserstein), real: Tensor([[0]]),
        fake: fake, using: &random)
      return GANObjective(.wasserstein).generatorLoss(ahead, fake: fake, using: &random)
    }
    #expect(abs(Double(found.value) + psi.value * theta) < 1e-6)
    #expect(abs(Double(found.gradient.item) + psi.value + theta * psi.slope) < 1e-5, "\(found.gradient), \(psi)")
    // What depends on theta through the steps is a good part of it.
    #expect(steps == 0 || abs(theta * psi.slope) > 0.02)
  }

  @Test func learnersUnroll() throws {
    var random = RandomGenerator(seed: 2)
    let generator = MLPGenerator(widths: [3, 8, 2], using: &random)
    let discriminator = MLPDiscriminator(widths: [2, 8, 1], using: &random)
    var parameters: [[Tensor]] = []
    for steps in [0, 2] {
      let plan = AdversarialConfiguration(
        TrainingConfiguration(steps: 3, batchSize: 8, learningRate: 1e-2), unrolledSteps: steps)
      var gan = GenerativeAdversarialNetwork(generator: generator, discriminator: discriminator)
      var same = random
      try gan.train(
        drawing: { $1.normal(shape: [$0, 2]) }, objective: GANObjective(), configuration: plan, using: &same)
      parameters.append(gan.generator.parameters)
    }
    #expect(parameters[0] != parameters[1])
  }
}
