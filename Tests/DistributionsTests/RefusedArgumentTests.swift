import Distributions
import TensorCore
import TestSupport
import Testing

/// Every mistake stops the program with the argument's name and what would do.
@Suite struct RefusedArgumentTests {
  @Test func means() async {
    expectTrap(
      "GaussianMixture: means: needs one component a row, [components, dimension], and at least one of each, not [0, 2]",
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = GaussianMixture(means: Tensor(zeros: [0, 2]), standardDeviation: 1)
      })
    expectTrap(
      "GaussianMixture: means: component 1 has the coordinate nan; all must be finite",
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = GaussianMixture(means: Tensor([[0, 0], [0, .nan]]), standardDeviation: 1)
      })
  }

  @Test func deviations() async {
    expectTrap(
      "GaussianMixture: standardDeviations: component 0 has 0.0; a deviation must be above 0 and finite",
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = GaussianMixture(means: Tensor([[0, 0]]), standardDeviation: 0)
      })
    expectTrap(
      "GaussianMixture: standardDeviations: 1 components need as many deviations, not 2",
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = GaussianMixture(means: Tensor([[0, 0]]), standardDeviations: [1, 2])
      })
    expectTrap(
      "GaussianMixture.ring: standardDeviation: must be above 0 and finite, not -0.1",
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = GaussianMixture.ring(standardDeviation: -0.1)
      })
  }

  @Test func weights() async {
    expectTrap(
      "GaussianMixture: weights: their sum must be 1, but is 1.5; divide them by it",
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = GaussianMixture(means: Tensor([[0], [1]]), standardDeviation: 1, weights: [1, 0.5])
      })
    expectTrap(
      "GaussianMixture: weights: component 1 has -0.5; a weight must be 0 or more",
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = GaussianMixture(means: Tensor([[0], [1]]), standardDeviation: 1, weights: [1.5, -0.5])
      })
  }

  @Test func points() async {
    expectTrap(
      "GaussianMixture.score: points: row 1 holds nan; remove points that are not finite first",
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = GaussianMixture.ring().score(Tensor([[0, 0], [.nan, 0]]))
      })
    expectTrap(
      "GaussianMixture.logDensity: points: needs the shape [count, 2], not [1, 3]",
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = GaussianMixture.ring().logDensity(Tensor([[0, 0, 0]]))
      })
  }

  @Test func noiseLevel() async {
    expectTrap(
      "GaussianMixture.diffused: alphaBar: must lie in 0...1, not nan",
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = GaussianMixture.ring().diffused(alphaBar: .nan)
      })
  }

  @Test func shapes() async {
    expectTrap(
      "PlanarShape.twoMoons: noise: must be 0 or more and finite, not -1.0",
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        var random = RandomGenerator(seed: 1)
        _ = PlanarShape.twoMoons(noise: -1).sample(2, using: &random)
      })
    expectTrap(
      "PlanarShape.spirals: arms: needs at least 1, not 0",
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        var random = RandomGenerator(seed: 1)
        _ = PlanarShape.spirals(arms: 0).sample(2, using: &random)
      })
    expectTrap(
      "GaussianMixture.ring: modes: needs at least 1, not 0",
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = GaussianMixture.ring(modes: 0)
      })
  }
}
