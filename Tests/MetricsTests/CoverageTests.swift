import Distributions
import Metrics
import TensorCore
import Testing

@Suite struct ModeCoverageTests {
  @Test func perfectSamplesReachTheCeiling() throws {
    var random = RandomGenerator(seed: 41)
    for mixture in [GaussianMixture.ring(), .grid()] {
      let coverage = ModeCoverage(of: mixture.sample(2_500, using: &random).points, in: mixture)
      #expect(coverage.modes == mixture.componentCount)
      #expect(coverage.sampleCount == 2_500)
      #expect(abs(coverage.highQualityCeiling - (1 - exp(-4.5))) < 1e-15)
      #expect(coverage.highQualityInterval(confidence: 0.999).contains(coverage.highQualityCeiling))
      let floor = try #require(coverage.reverseKL())
      #expect(floor < 3 * coverage.expectedReverseKL)
    }
    #expect(abs(ModeCoverage(labels: Array(0..<8), modes: 8).expectedReverseKL - 7.0 / 16) < 1e-15)
  }

  /// Counted by hand: three modes on a line of deviation 1, at 0, 10 and 20.
  @Test func countsByHand() throws {
    let mixture = GaussianMixture(
      means: Tensor([[0], [10], [20]]), standardDeviations: [1, 1, 0.1], weights: [0.5, 0.25, 0.25])
    let points = Tensor([[0], [1], [-3], [3.001], [4.9], [10], [20.4], [20.2]])
    let coverage = ModeCoverage(of: points, in: mixture)
    #expect(coverage.counts == [5, 1, 2])
    #expect(coverage.highQualityCounts == [3, 1, 1])
    #expect(coverage.modes == 3 && coverage.modes(atLeast: 2) == 1 && coverage.modes(atLeast: 4) == 0)
    #expect(coverage.highQualityShare == 5.0 / 8)
    let reverse = try #require(coverage.reverseKL())
    #expect(abs(reverse - (0.6 * log(0.6 / 0.5) + 0.4 * log(0.2 / 0.25))) < 1e-15)
    let all = try #require(coverage.reverseKL(over: .all))
    let expected = 0.625 * log(0.625 / 0.5) + 0.125 * log(0.125 / 0.25)
    #expect(abs(all - expected) < 1e-15)
    let forward = try #require(coverage.forwardKL())
    #expect(abs(forward - (0.5 * log(0.5 / 0.6) + 0.5 * log(0.25 / 0.2))) < 1e-15)
  }

  @Test func collapse() throws {
    let ring = GaussianMixture.ring()
    let coverage = ModeCoverage(of: Tensor(repeating: 1, shape: [100, 1]) * Tensor([[1, 0]]), in: ring)
    #expect(coverage.modes == 1 && coverage.highQualityShare == 1)
    let reverse = try #require(coverage.reverseKL())
    #expect(abs(reverse - log(8)) < 1e-15)
    #expect(coverage.forwardKL() == .infinity)
    let lost = ModeCoverage(of: Tensor([[50, 50]]), in: ring)
    #expect(lost.modes == 0 && lost.reverseKL() == nil && lost.reverseKL(over: .all) != nil)
  }

  /// The floor of the KL for perfect samples of the stacked set: (K - 1) / 2n and a little more.
  @Test func thousandModes() throws {
    var random = RandomGenerator(seed: 42)
    let coverage = ModeCoverage(labels: random.integers(below: 1000, count: 26_000), modes: 1000)
    let reverse = try #require(coverage.reverseKL())
    #expect(coverage.modes == 1000 && reverse > 0.016 && reverse < 0.0225)
  }
}

@Suite struct BirthdayTests {
  @Test func supportOfUniformDraws() {
    var random = RandomGenerator(seed: 43)
    let test = BirthdayParadox(labels: random.integers(below: 1000, count: 38 * 2_000), batchSize: 38)
    #expect(test.batchCount == 2_000)
    #expect(abs(test.collisionShare - 0.5) < 0.05)
    #expect(abs(test.support / 1000 - 1) < 0.1)
    #expect(test.supportInterval(confidence: 0.999).contains(1000))
  }

  @Test func pointsCountAsOneThingWhenNear() {
    var random = RandomGenerator(seed: 44)
    let centers = random.normal(shape: [200, 16])
    let which = random.integers(below: 200, count: 18 * 400)
    let points = centers.gatheringRows(at: which) + random.normal(shape: [which.count, 16]) * 0.001
    let near = BirthdayParadox(points: points, batchSize: 18, threshold: 0.1)
    #expect(near == BirthdayParadox(labels: which, batchSize: 18))
    #expect(abs(near.support / 200 - 1) < 0.2)
  }

  @Test func oneSidedCases() {
    let none = BirthdayParadox(labels: [0, 1, 2, 3], batchSize: 2)
    #expect(none.support == .infinity && none.supportInterval().upper == .infinity && none.supportInterval().lower > 0)
    let all = BirthdayParadox(labels: [0, 0, 1, 1], batchSize: 2)
    #expect(all.support == 0 && all.supportInterval().lower == 0 && all.supportInterval().upper > 0)
  }
}
