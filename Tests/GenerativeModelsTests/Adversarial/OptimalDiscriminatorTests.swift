import Autodiff
import GenerativeModels
import NeuralNetworks
import TensorCore
import Testing

@Suite struct OptimalDiscriminatorTests {
  private let quadrature = Quadrature(over: -14...14)

  private func value(_ mean: Double, _ deviation: Double, shiftedBy shift: Double = 0) -> Double {
    let generated = { logNormalDensity($0, mean: mean, standardDeviation: deviation) }
    let best = OptimalDiscriminator(logData: { logNormalDensity($0) }, logGenerated: generated)
    return adversarialValue(
      logData: { logNormalDensity($0) }, logGenerated: generated, logit: { best.logit($0) + shift }, by: quadrature)
  }

  @Test func theRatioOfTwoNormalDensities() {
    let best = OptimalDiscriminator(
      logData: { logNormalDensity($0) }, logGenerated: { logNormalDensity($0, mean: 1) })
    for x in [-30.0, -1, 0, 0.5, 2, 40] {
      #expect(abs(best.logit(x) - (0.5 - x)) < 1e-10)
      let (p, q) = (exp(-x * x / 2), exp(-(x - 1) * (x - 1) / 2))
      if p + q > 0 { #expect(abs(best(x) - p / (p + q)) < 1e-12) }
    }
    #expect(best(1_000) == 0 && best(-1_000) == 1)
  }

  @Test func theValueAtEquilibriumIsMinusLogarithmOfFour() {
    #expect(abs(value(0, 1) + log(4.0)) < 1e-12)
    #expect(abs(value(0, 1) - (-1.386294)) < 5e-7)
  }

  /// -ln 4 + 2 JSD, with divergences that NumPy computed from the definition on 4 million points.
  @Test func theValueIsTheDivergence() {
    for (mean, deviation, expected) in [(1.0, 1.0, 0.11142148218473617), (2, 0.5, 0.4743074112285288)] {
      let divergence = jensenShannonDivergence(
        logData: { logNormalDensity($0) },
        logGenerated: { logNormalDensity($0, mean: mean, standardDeviation: deviation) }, by: quadrature)
      #expect(abs(divergence - expected) < 1e-9)
      #expect(abs(value(mean, deviation) - (-log(4.0) + 2 * expected)) < 1e-9)
      // Any other discriminator does worse.
      #expect(value(mean, deviation, shiftedBy: 0.1) < value(mean, deviation))
      #expect(value(mean, deviation, shiftedBy: -0.1) < value(mean, deviation))
    }
    let apart = jensenShannonDivergence(
      logData: { logNormalDensity($0, mean: -6, standardDeviation: 0.3) },
      logGenerated: { logNormalDensity($0, mean: 6, standardDeviation: 0.3) }, by: quadrature)
    #expect(abs(apart - log(2.0)) < 1e-9)
  }

  @Test func simpsonsRule() {
    #expect(abs(Quadrature(over: 0...2, pieces: 2).integral { $0 * $0 * $0 } - 4) < 1e-14)
    #expect(abs(Quadrature(over: 0...1).integral(of: exp) - (exp(1.0) - 1)) < 1e-13)
  }

  /// A network that is trained against a fixed generator finds D*.
  @Test func trainingFindsIt() throws {
    var random = RandomGenerator(seed: 3)
    var network = MLPDiscriminator(widths: [1, 32, 32, 1], using: &random)
    var adam = Adam(learningRate: .linear(from: 5e-3, to: 0, steps: 600))
    for _ in 0..<600 {
      let (real, fake) = (random.normal(shape: [512, 1]), random.normal(shape: [512, 1], mean: 1.5))
      let (_, gradients) = valueAndGradient(at: network) { judge in
        AdversarialLoss.saturating.discriminator(real: judge(real), fake: judge(fake))
      }
      adam.update(&network, with: gradients)
    }
    // l*(x) = 1.5 (0.75 - x), looked at where either density is high.
    for x in stride(from: -1.0, through: 2.5, by: 0.25) {
      let found = network(Tensor([[Float(x)]])).value.item
      #expect(abs(Double(found) - 1.5 * (0.75 - x)) < 0.35, "at \(x): \(found)")
    }
  }

  @Test func badInputStops() async {
    await #expect(processExitsWith: .failure) { _ = Quadrature(over: 0...0) }
    await #expect(processExitsWith: .failure) { _ = Quadrature(over: 0...1, pieces: 3) }
    await #expect(processExitsWith: .failure) { _ = logNormalDensity(0, standardDeviation: 0) }
  }
}
