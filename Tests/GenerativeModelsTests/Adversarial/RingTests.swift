import Distributions
import GenerativeModels
import Metrics
import NeuralNetworks
import TensorCore
import Testing

/// Eight modes on a circle, short trainings: what collapses, and what helps. The same bits everywhere, so one seed does.
@Suite struct RingTests {
  private func coverage(
    _ objective: GANObjective, octaves: Int = 0, standardDeviation: Double = 0.1
  ) throws -> ModeCoverage {
    let ring = GaussianMixture.ring(modes: 8, radius: 2, standardDeviation: standardDeviation)
    var random = RandomGenerator(seed: 1)
    var gan = GenerativeAdversarialNetwork(
      generator: MLPGenerator(widths: [16, 64, 64, 2], using: &random),
      discriminator: MLPDiscriminator(
        widths: [2 * objective.packing, 64, 64, 1], octaves: octaves, using: &random))
    let plan = AdversarialConfiguration(
      TrainingConfiguration(steps: 1_500, batchSize: 256, learningRate: .linear(from: 1e-3, to: 0, steps: 1_500)),
      averageDecay: 0.99)
    try gan.train(
      drawing: { ring.sample($0, using: &$1).points }, objective: objective, configuration: plan, using: &random)
    return ModeCoverage(of: gan.sample(count: 2_500, using: &random), in: ring)
  }

  /// A discriminator that sees fine detail makes a plain GAN put everything into one mode, and well.
  @Test func aPlainGANCollapses() throws {
    let found = try coverage(GANObjective(), octaves: 3, standardDeviation: 0.02)
    #expect(found.modes(atLeast: 20) == 1)
    #expect(found.highQualityShare > 0.98)
    let divergence = try #require(found.reverseKL())
    #expect(abs(divergence - log(8.0)) < 0.01)
  }

  /// R1 covers the ring, and closely; packing spreads the samples more evenly.
  @Test func curesHelp() throws {
    let plain = try coverage(GANObjective())
    let penalized = try coverage(GANObjective(penalty: .r1(gamma: 0.1)))
    #expect(plain.modes(atLeast: 20) < 5)
    #expect(penalized.modes(atLeast: 20) == 8)
    #expect(penalized.highQualityShare > 3 * plain.highQualityShare)

    let packed = try coverage(GANObjective(packing: 2))
    let (before, after) = (try #require(plain.reverseKL(over: .all)), try #require(packed.reverseKL(over: .all)))
    #expect(after < before / 2, "\(before) and \(after)")
  }
}
