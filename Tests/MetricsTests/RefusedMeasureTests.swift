import Distributions
import Metrics
import TensorCore
import TestSupport
import Testing

/// Every mistake stops the program with the argument's name and what would do.
@Suite struct RefusedMeasureTests {
  @Test func tooManyNeighbors() async {
    expectTrap(
      "NeighborhoodMeasures: neighbors: the 5 generated points have 1...4 neighbours, not 5; "
        + "take fewer neighbours or more points",
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = NeighborhoodMeasures(of: Tensor(zeros: [5, 2]), against: Tensor(zeros: [9, 2]), neighbors: 5)
      })
    expectTrap(
      "NearestNeighbors: count: 3 references have 1...3 neighbours, not 4; "
        + "choose a count within that, or give more references",
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = NearestNeighbors(of: Tensor(zeros: [5, 2]), in: Tensor(zeros: [3, 2]), count: 4)
      })
    expectTrap(
      "NearestNeighbors: count: among 3 points each has 1...2 neighbours, not 3; "
        + "choose a count within that, or give more points",
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = NearestNeighbors(within: Tensor(zeros: [3, 2]), count: 3)
      })
    expectTrap(
      "NearestNeighborClassifier: neighbors: 2 examples allow 1...2, not 3; "
        + "choose a number within that, or give more examples",
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = NearestNeighborClassifier(features: Tensor(zeros: [2, 1]), labels: [0, 1], neighbors: 3)
      })
  }

  @Test func oneClass() async {
    expectTrap(
      "LinearProbe: labels: all 3 are 4; needs examples of at least two classes",
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = LinearProbe(features: Tensor(zeros: [3, 1]), labels: [4, 4, 4])
      })
    expectTrap(
      "NearestNeighborClassifier: labels: all 3 are 1; needs examples of at least two classes",
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = NearestNeighborClassifier(features: Tensor(zeros: [3, 1]), labels: [1, 1, 1], neighbors: 1)
      })
    expectTrap(
      "LinearProbe: labels: needs one label for each of the 3 rows, not 2",
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = LinearProbe(features: Tensor(zeros: [3, 1]), labels: [0, 1])
      })
    expectTrap(
      "LinearProbe: labels: label 1 is -1; labels count from 0 and must be below 3",
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = LinearProbe(features: Tensor(zeros: [2, 1]), labels: [2, -1])
      })
  }

  @Test func emptyAndNotFinite() async {
    expectTrap(
      "ModeCoverage: points: needs at least 1 row, not 0",
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = ModeCoverage(of: Tensor(zeros: [0, 2]), in: .ring())
      })
    expectTrap(
      "ModeCoverage: points: row 1 holds nan; remove rows that are not finite first",
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = ModeCoverage(of: Tensor([[0, 0], [0, .nan]]), in: .ring())
      })
    expectTrap(
      "frechetDistance: b: needs at least 2 rows, not 1",
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = frechetDistance(Tensor(zeros: [5, 2]), Tensor(zeros: [1, 2]))
      })
    expectTrap(
      "squaredMMD: a and b: the rows must be of one width, but the shapes are [5, 2] and [5, 3]",
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = squaredMMD(Tensor(zeros: [5, 2]), Tensor(zeros: [5, 3]), kernel: .polynomial())
      })
    expectTrap(
      "slicedWasserstein: directions: row 1 is 0 and points nowhere",
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = slicedWasserstein(Tensor(zeros: [5, 2]), Tensor(zeros: [5, 2]), directions: Tensor([[1, 0], [0, 0]]))
      })
  }

  @Test func otherArguments() async {
    expectTrap(
      "wilsonInterval: trials: needs at least 1, not 0",
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = wilsonInterval(successes: 0, trials: 0)
      })
    expectTrap(
      "MeanEstimate: values: run 1 gave nan; leave out runs that failed, and say so",
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = MeanEstimate(of: [1, .nan])
      })
    expectTrap(
      "BirthdayParadox: batchSize: must lie in 2...3, the number of samples, not 4",
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = BirthdayParadox(labels: [1, 2, 3], batchSize: 4)
      })
    expectTrap(
      "FeatureMoments: covariance: entries (1, 0) and (0, 1) differ; it must be symmetric",
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = FeatureMoments(mean: [0, 0], covariance: [1, 0, 0.5, 1])
      })
    expectTrap(
      "squaredMMD: bandwidth: must be above 0 and finite, such as the median distance, not 0.0",
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = squaredMMD(Tensor(zeros: [5, 2]), Tensor(zeros: [5, 2]), kernel: .gaussian(bandwidth: 0))
      })
  }
}
