import Autodiff
import GenerativeModels
import NeuralNetworks
import TensorCore
import TestSupport
import Testing

@Suite struct AdversarialLossTests {
  private let real: [Float] = [2.5, -0.3, 0.7, -1.6]
  private let fake: [Float] = [-0.4, 1.8, -2.2]

  private func mean(_ values: [Float], _ term: (Double) -> Double) -> Double {
    values.map { term(Double($0)) }.reduce(0, +) / Double(values.count)
  }

  private func sigmoid(_ x: Double) -> Double { 1 / (1 + exp(-x)) }

  private func check(_ loss: AdversarialLoss, discriminator: Double, generator: Double) {
    let (r, f) = (Variable(constant: Tensor(real)), Variable(constant: Tensor(fake)))
    #expect(abs(Double(loss.discriminator(real: r, fake: f).value.item) - discriminator) < 1e-6)
    #expect(abs(Double(loss.generator(fake: f).value.item) - generator) < 1e-6)
  }

  @Test func theFormulas() {
    let cross = mean(real) { -log(sigmoid($0)) } + mean(fake) { -log(1 - sigmoid($0)) }
    check(.saturating, discriminator: cross, generator: mean(fake) { log(1 - sigmoid($0)) })
    check(.nonSaturating, discriminator: cross, generator: mean(fake) { -log(sigmoid($0)) })
    check(
      .leastSquares, discriminator: mean(real) { ($0 - 1) * ($0 - 1) } / 2 + mean(fake) { $0 * $0 } / 2,
      generator: mean(fake) { ($0 - 1) * ($0 - 1) } / 2)
    check(
      .hinge, discriminator: mean(real) { max(0, 1 - $0) } + mean(fake) { max(0, 1 + $0) },
      generator: mean(fake) { -$0 })
    check(.wasserstein, discriminator: mean(fake) { $0 } - mean(real) { $0 }, generator: mean(fake) { -$0 })
  }

  @Test(arguments: AdversarialLoss.allCases) func theGradients(_ loss: AdversarialLoss) {
    let points = [Tensor(real), Tensor(fake)]
    FiniteDifferences().check(points, secondOrder: false) { loss.discriminator(real: $0[0], fake: $0[1]) }
    FiniteDifferences().check([points[1]], secondOrder: false) { loss.generator(fake: $0[0]) }
  }

  /// Where the discriminator is sure, the saturating generator stands still and the other one does not.
  @Test func saturation() {
    let sure = Tensor([-20])
    let still = valueAndGradient(at: sure) { AdversarialLoss.saturating.generator(fake: $0) }
    let moving = valueAndGradient(at: sure) { AdversarialLoss.nonSaturating.generator(fake: $0) }
    #expect(abs(still.gradient.item) < 1e-8)
    #expect(abs(moving.gradient.item + 1) < 1e-6)
    #expect(
      moving.value.isFinite && AdversarialLoss.nonSaturating.generator(fake: Variable(Tensor([-1e4]))).value.item == 1e4
    )
  }
}

@Suite struct GradientPenaltyTests {
  private let real = numbers([5, 3], seed: 2)
  private let fake = numbers([5, 3], in: -2...2, seed: 3)

  /// For a linear logit every slope is the weight vector.
  @Test func linearLogits() {
    let weight = Tensor([[0.6], [-1.5], [2]])
    let squared = 0.36 + 2.25 + 4.0
    var random = RandomGenerator(seed: 1)
    let r1 = GradientPenalty.r1(gamma: 0.7)(real: real, fake: fake, using: &random) { matmul($0, Variable(weight)) }
    #expect(abs(Double(r1.value.item) - 0.35 * squared) < 1e-6)
    let price = GradientPenalty.wasserstein(weight: 0.1)
    let wasserstein = price(real: real, fake: fake, using: &random) { matmul($0, Variable(weight)) }
    #expect(abs(Double(wasserstein.value.item) - 0.1 * (squared.squareRoot() - 1) * (squared.squareRoot() - 1)) < 1e-6)
  }

  /// R1 looks at the real rows alone, WGAN-GP between the two.
  @Test func whereTheyLook() {
    // l(x) = sum x^2 / 2 has the slope x.
    func quadratic(_ x: Variable) -> Variable { square(x).sum(axis: 1) * 0.5 }
    var random = RandomGenerator(seed: 1)
    let r1 = GradientPenalty.r1(gamma: 2)(real: real, fake: fake, using: &random, logits: quadratic)
    #expect(abs(r1.value.item - real.squared().sum().item / 5) < 1e-5)
    let ones = Tensor(ones: [1_000, 1])
    let price = GradientPenalty.wasserstein(weight: 1)(real: ones, fake: ones * 3, using: &random, logits: quadratic)
    // (|x| - 1)^2 for x uniform in 1...3 has the mean 4/3.
    #expect(abs(price.value.item - 4 / 3) < 0.1)
  }

  /// The penalty's own gradient in every weight, through the second derivative.
  @Test(arguments: [GradientPenalty.r1(gamma: 0.7), .wasserstein(weight: 0.3)])
  func gradientsInTheWeights(_ penalty: GradientPenalty) {
    let points = [numbers([3, 4], seed: 4), numbers([4], seed: 5), numbers([4, 1], seed: 6), numbers([1], seed: 7)]
    FiniteDifferences(tolerance: 1e-3).check(points, secondOrder: false) { weights in
      var random = RandomGenerator(seed: 9)
      return penalty(real: real, fake: fake, using: &random) { x in
        linear(
          linear(x, weight: weights[0], bias: weights[1], activation: .tanh), weight: weights[2], bias: weights[3])
      }
    }
  }

  @Test func badInputStops() async {
    await #expect(processExitsWith: .failure) {
      var random = RandomGenerator(seed: 1)
      let rows = Tensor(zeros: [2, 1])
      _ = GradientPenalty.r1(gamma: -1)(real: rows, fake: rows, using: &random) { $0 }
    }
    await #expect(processExitsWith: .failure) {
      var random = RandomGenerator(seed: 1)
      let price = GradientPenalty.wasserstein(weight: 1)
      _ = price(real: Tensor(zeros: [2, 1]), fake: Tensor(zeros: [3, 1]), using: &random) { $0 }
    }
  }
}
