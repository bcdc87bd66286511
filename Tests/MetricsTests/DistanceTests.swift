import Metrics
import TensorCore
import Testing

@Suite struct DistanceTests {
  @Test(arguments: ReferenceSets.both) func frechetAgreesWithSciPy(_ sets: ReferenceSets) {
    #expect(isClose(frechetDistance(sets.real, sets.generated), sets.frechet, within: 1e-5))
    #expect(frechetDistance(sets.real, sets.real) < 1e-9)
  }

  /// Covariances that commute: |m|^2 + sum (sqrt a_i - sqrt b_i)^2.
  @Test func frechetOfGaussians() {
    let a = FeatureMoments(mean: [1, -2, 0], covariance: [4, 0, 0, 0, 1, 0, 0, 0, 0])
    let b = FeatureMoments(mean: [0, 0, 0], covariance: [1, 0, 0, 0, 9, 0, 0, 0, 0.25])
    #expect(abs(a.frechetDistance(to: b) - (5 + 1 + 4 + 0.25)) < 1e-13)
    #expect(abs(b.frechetDistance(to: a) - a.frechetDistance(to: b)) < 1e-13)
    // Rotated alike, the distance stays.
    let (c, s) = (cos(0.3), sin(0.3))
    let first = FeatureMoments(mean: [0, 0], covariance: [4 * c * c + s * s, 3 * c * s, 3 * c * s, 4 * s * s + c * c])
    let second = FeatureMoments(
      mean: [0, 0], covariance: [c * c + 9 * s * s, -8 * c * s, -8 * c * s, s * s + 9 * c * c])
    #expect(abs(first.frechetDistance(to: second) - 5) < 1e-13)
  }

  @Test(arguments: ReferenceSets.both) func slicedAgreesWithPOT(_ sets: ReferenceSets) {
    let distance = slicedWasserstein(sets.real, sets.generated, directions: sets.directions)
    #expect(isClose(distance, sets.sliced, within: 1e-6))
  }

  @Test func wassersteinOnALine() {
    #expect(abs(wasserstein([2.5, 0, 4, 1], [7, 3, -1, 5, 3, 0.5]) - MeasuresReference.wasserstein[0]) < 1e-14)
    #expect(wasserstein([1, 2, 3], [4, 3, 5]) == 2)
    #expect(abs(wasserstein([0], [3, 4]) - 12.5.squareRoot()) < 1e-15)
  }

  /// SW_2^2 between N(m, I) and N(0, I) is |m|^2 / d: shifting a set shifts every projection.
  @Test func slicedDistanceOfAShift() {
    var random = RandomGenerator(seed: 61)
    let points = random.normal(shape: [500, 6])
    let shift = Tensor([[1, -2, 0.5, 0, 1, 0.25]])
    let distance = slicedWasserstein(points + shift, points, projections: 4_000, using: &random)
    let squaredLength = 1 + 4 + 0.25 + 1 + 0.0625
    #expect(abs(distance * distance - squaredLength / 6) < 0.06)
    let other = random.normal(shape: [700, 6])
    #expect(slicedWasserstein(points, other, using: &random) < 0.12)
  }

  @Test(arguments: ReferenceSets.both) func mmdAgreesWithScikitLearnsKernels(_ sets: ReferenceSets) {
    #expect(abs(squaredMMD(sets.real, sets.generated, kernel: .polynomial()) - sets.polynomial) < 1e-6)
    #expect(abs(squaredMMD(sets.real, sets.generated, kernel: .gaussian(bandwidth: 0.7)) - sets.gaussian) < 1e-6)
  }

  /// The estimate is unbiased: over many pairs of samples of one distribution its mean is 0 within its error.
  @Test(arguments: [MMDKernel.polynomial(degree: 3), .gaussian(bandwidth: 1)])
  func mmdOfEqualsIsZeroOnAverage(kernel: MMDKernel) {
    var random = RandomGenerator(seed: 62)
    let values = (0..<200).map { _ in
      squaredMMD(random.normal(shape: [30, 2]), random.normal(shape: [20, 2]), kernel: kernel)
    }
    #expect(MeanEstimate(of: values, confidence: 0.999).interval.contains(0))
    #expect(values.contains { $0 < 0 } && values.contains { $0 > 0 })
    #expect(squaredMMD(random.normal(shape: [50, 2]) + 2, random.normal(shape: [50, 2]), kernel: kernel) > 0.3)
  }

  @Test func medianOfDistances() {
    // Distances 1, 2, 3, 2, 1, 4, ... of the points 0, 1, 3: {1, 3, 2}.
    #expect(medianDistance(of: Tensor([[0], [1], [3]])) == 2)
    #expect(medianDistance(of: Tensor([[0], [1], [3], [7]])) == 3.5)
  }
}
