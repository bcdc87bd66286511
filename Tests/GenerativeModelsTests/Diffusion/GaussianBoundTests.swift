import Distributions
import GenerativeModels
import TensorCore
import TestSupport
import Testing

/// The bound of Gaussian data, where everything is known.
@Suite struct GaussianBoundTests {
  /// -E ln p(x_0) for N(0, s^2): ln(2 pi e s^2) / 2.
  private func entropy(_ dataVariance: Double) -> Double { (log(2 * Double.pi * dataVariance) + 1) / 2 }

  @Test(arguments: [10, 50, 200, 1000], [ReverseVariance.fixedLarge, .fixedSmall])
  func theExactDenoisersBoundLiesAboveTheTruthByTheFormula(_ steps: Int, _ variance: ReverseVariance) {
    let diffusion = GaussianDiffusion(.scaledLinear(steps: steps), variance: variance)
    for dataVariance in [0.0001, 0.0625, 0.5, 1, 2, 9] {
      let bound = diffusion.exactBound(meanSquare: dataVariance) {
        diffusion.minimalNoiseError(dataVariance: dataVariance, t: $0)
      }
      let gap = bound.total.mean - entropy(dataVariance)
      #expect((gap - diffusion.gaussianBoundGap(dataVariance: dataVariance)).magnitude < 1e-6)
      #expect(gap > -1e-9)
    }
  }

  @Test func standardNormalDataCostNothingUnderTheLargeVariance() {
    for steps in [1, 10, 100, 1000] {
      let diffusion = GaussianDiffusion(.scaledLinear(steps: steps), variance: .fixedLarge)
      let bound = diffusion.exactBound(meanSquare: 1) { diffusion.minimalNoiseError(dataVariance: 1, t: $0) }
      #expect((bound.total.mean - 1.418939).magnitude < 1e-6)
      #expect(diffusion.gaussianBoundGap(dataVariance: 1).magnitude < 1e-9)
    }
  }

  @Test(arguments: [(10, 10.1768, 5e-5), (1000, 0.46489, 5e-6)])
  func theSmallVarianceCosts(_ steps: Int, _ gap: Double, _ rounding: Double) {
    let diffusion = GaussianDiffusion(.scaledLinear(steps: steps), variance: .fixedSmall)
    #expect((diffusion.gaussianBoundGap(dataVariance: 1) - gap).magnitude <= rounding)
  }

  @Test func thePointMassWantsTheSmallVariance() {
    let tiny = 1e-10
    let small = GaussianDiffusion(.scaledLinear(steps: 100), variance: .fixedSmall)
    let large = GaussianDiffusion(.scaledLinear(steps: 100), variance: .fixedLarge)
    for t in 2...100 {
      let truth = small.trueReverseVariance(dataVariance: tiny, t: t)
      #expect((truth / small.fixedVariance(t) - 1).magnitude < 1e-4)
    }
    let normal = large.trueReverseVariance(dataVariance: 1, t: 50)
    #expect((normal / large.fixedVariance(50) - 1).magnitude < 1e-12)
  }

  /// Drawn and exact bounds agree within their errors, in the plane and for every target.
  @Test(arguments: PredictionTarget.allCases)
  func theDrawnBoundAgreesWithTheExactOne(_ target: PredictionTarget) {
    var random = RandomGenerator(seed: 7)
    let deviation = 0.6
    let data = GaussianMixture.gaussian(mean: [0, 0], standardDeviation: deviation)
    for variance in [ReverseVariance.fixedLarge, .fixedSmall] {
      let diffusion = GaussianDiffusion(.scaledLinear(steps: 25), target: target, variance: variance)
      let exact = diffusion.exactBound(meanSquare: deviation * deviation) {
        diffusion.minimalNoiseError(dataVariance: deviation * deviation, t: $0)
      }
      let rows = data.sample(2_000, using: &random).points
      let drawn = diffusion.variationalBound(ExactDenoiser(data, diffusion), of: rows, using: &random)
      #expect((drawn.total.mean - 2 * exact.total.mean).magnitude < 4 * drawn.total.standardError)
      for t in diffusion.schedule.steps {
        let (found, wanted) = (drawn.step(t), 2 * exact.step(t).mean)
        #expect((found.mean - wanted).magnitude < 5 * found.standardError + 1e-6, "step \(t)")
      }
      #expect((drawn.prior.mean - 2 * exact.prior.mean).magnitude < 5 * drawn.prior.standardError)
      let bits = drawn.rate + drawn.distortionBits
      #expect((bits - drawn.bitsPerDimension).magnitude < 1e-9)
      #expect((drawn.bitsPerDimension - drawn.total.mean / (2 * log(2.0))).magnitude < 1e-12)
    }
  }

  @Test func noDenoiserBeatsTheLeastError() {
    var random = RandomGenerator(seed: 3)
    let data = GaussianMixture.gaussian(mean: [0.5], standardDeviation: 0.8)
    let diffusion = GaussianDiffusion(.cosine(steps: 50))
    let rows = data.sample(20_000, using: &random).points
    for t in [5, 25, 45] {
      let least = diffusion.minimalNoiseError(dataVariance: 0.64, t: t)
      let found = diffusion.noiseError(of: ExactDenoiser(data, diffusion), on: rows, t: t, using: &random)
      #expect((found.mean - least).magnitude < 4 * found.standardError)
      let none = diffusion.noiseError(of: Constant(Tensor(zeros: rows.shape)), on: rows, t: t, using: &random)
      #expect(none.mean > found.mean + 4 * found.standardError)
    }
  }

  @Test func boundsOfNothingStop() async {
    expectTrap(
      "variationalBound: rows: there are none in the shape [0, 2]; give at least one, [n, ...]",
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        var random = RandomGenerator(seed: 1)
        _ = GaussianDiffusion(.linear(steps: 5)).variationalBound(
          Constant(Tensor(zeros: [0, 2])), of: Tensor(zeros: [0, 2]), using: &random)
      })
    expectTrap(
      "noiseError: rows: there are none in the shape [0, 2]; give at least one, [n, ...]",
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        var random = RandomGenerator(seed: 1)
        _ = GaussianDiffusion(.linear(steps: 5)).noiseError(
          of: Constant(Tensor(zeros: [0, 2])), on: Tensor(zeros: [0, 2]), t: 1, using: &random)
      })
    expectTrap(
      "exactBound: the variance must be fixed; use a diffusion with .fixedSmall or .fixedLarge",
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = GaussianDiffusion(.linear(steps: 5), variance: .learned).exactBound(meanSquare: 1) { _ in 0 }
      })
  }
}
