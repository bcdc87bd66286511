import Distributions
import Metrics
import TensorCore
import Testing

@Suite struct StatisticsTests {
  @Test func wilsonAgreesWithSciPy() {
    var expected = MeasuresReference.wilson[...]
    for (s, n) in [(0, 10), (3, 10), (10, 10), (2470, 2500), (1, 1)] {
      for level in [0.95, 0.99] {
        let interval = wilsonInterval(successes: s, trials: n, confidence: level)
        #expect(abs(interval.lower - expected.removeFirst()) < 1e-12)
        #expect(abs(interval.upper - expected.removeFirst()) < 1e-12)
      }
    }
    #expect(expected.isEmpty)
  }

  @Test func studentAgreesWithSciPy() {
    let runs = [0.31, 0.29, 0.35, 0.30, 0.33, 0.28, 0.34, 0.32, 0.27, 0.36]
    var expected = MeasuresReference.student[...]
    for n in [2, 3, 4, 5, 10] {
      let estimate = MeanEstimate(of: Array(runs.prefix(n)))
      #expect(abs(estimate.interval.lower - expected.removeFirst()) < 1e-12)
      #expect(abs(estimate.interval.upper - expected.removeFirst()) < 1e-12)
    }
    #expect(expected.isEmpty)
  }

  @Test func ballMassAgreesWithSciPy() {
    for (dimension, expected) in zip([1, 2, 3, 4, 5, 10, 31], MeasuresReference.ballMass) {
      let mixture = GaussianMixture.gaussian(mean: Array(repeating: 0, count: dimension), standardDeviation: 2)
      let coverage = ModeCoverage(of: Tensor(zeros: [1, dimension]), in: mixture)
      #expect(abs(coverage.highQualityCeiling - expected) < 1e-13)
    }
  }

  @Test func divergences() {
    #expect(klDivergence([1, 1], [2, 2]) == 0)
    #expect(abs(klDivergence([1, 0], [1, 1]) - log(2)) < 1e-15)
    #expect(klDivergence([1, 1], [1, 0]) == .infinity)
    #expect(abs(klDivergence([3, 1], [1, 1]) - (0.75 * log(1.5) + 0.25 * log(0.5))) < 1e-15)
  }

  @Test func likelihoods() {
    #expect(abs(bitsPerDimension(nats: 784 * log(2.0) * 3, dimensions: 784) - 3) < 1e-13)
    #expect(abs(nats(bitsPerDimension: 3, dimensions: 784) - 784 * log(2.0) * 3) < 1e-10)
    // A uniform density on 0...1 leaves 8 bits for each of 256 bins; on -1...1 its nats grow as the bins do.
    #expect(abs(bitsPerDimension(densityNats: 0, dimensions: 10, binWidth: 1.0 / 256) - 8) < 1e-14)
    #expect(abs(bitsPerDimension(densityNats: 10 * log(2.0), dimensions: 10, binWidth: 2.0 / 256) - 8) < 1e-14)
    // The entropy of N(0, s^2 I).
    var random = RandomGenerator(seed: 51)
    let gaussian = GaussianMixture.gaussian(mean: [1, 2], standardDeviation: 0.5)
    let loss = NegativeLogLikelihood(of: gaussian.sample(20_000, using: &random).points, under: gaussian)
    let entropy = log(2 * Double.pi * exp(1.0) * 0.25)
    #expect(abs(loss.mean - entropy) < 4 * (loss.standardError ?? 0))
    #expect(abs((loss.standardError ?? 0) - 1 / 20_000.0.squareRoot()) < 2e-4)
  }

  @Test func confusion() {
    let matrix = ConfusionMatrix(predicted: [0, 0, 1, 2, 2, 2], actual: [0, 1, 1, 2, 2, 0], classes: 4)
    #expect(matrix.correct == 4 && matrix.total == 6 && matrix.accuracy == 4.0 / 6)
    #expect(matrix[actual: 0, predicted: 2] == 1 && matrix[actual: 2, predicted: 0] == 0)
    #expect(matrix.recalls == [0.5, 0.5, 1, nil])
    #expect(matrix.precisions == [0.5, 1, 2.0 / 3, nil])
    #expect(abs(matrix.balancedAccuracy - 2.0 / 3) < 1e-15)
    #expect(matrix.accuracyInterval() == wilsonInterval(successes: 4, trials: 6))
    #expect(accuracy(of: [1, 2, 3], against: [1, 2, 4]) == 2.0 / 3)
  }

  @Test func balancedBudgets() {
    var random = RandomGenerator(seed: 52)
    let labels = (0..<1000).map { $0 < 900 ? $0 % 3 : 3 }
    let order = balancedOrder(of: labels, using: &random)
    #expect(order.sorted() == Array(0..<1000))
    for budget in [4, 40, 400] {
      let counts = (0..<4).map { label in order.prefix(budget).count { labels[$0] == label } }
      #expect(counts == Array(repeating: budget / 4, count: 4))
    }
    #expect(Set(order.prefix(2).map { labels[$0] }).count == 2)
    #expect(order != balancedOrder(of: labels, using: &random))
  }
}
