import GenerativeModels
import Metrics
import NeuralNetworks
import TensorCore
import Testing

/// A linear variational autoencoder is probabilistic principal component analysis (Lucas et al. 2019).
@Suite struct LinearVariationalTests {
  private static let width = 8
  private static let latentWidth = 3

  private static func correlatedRows(_ count: Int) -> Tensor {
    var random = RandomGenerator(seed: 21)
    let mixing = random.normal(shape: [width, width])
    let scales = Tensor([2, 1.5, 1, 0.5, 0.45, 0.4, 0.35, 0.3])
    return matmul(random.normal(shape: [count, width]) * scales, mixing) * 0.5 + Tensor([1, 0, -1, 2, 0, 0, 3, 0])
  }

  @Test func theBoundIsTheLikelihood() throws {
    let rows = Self.correlatedRows(512)
    let components = PrincipalComponents(of: rows, count: Self.latentWidth)
    let best = components.maximumLogLikelihood
    var random = RandomGenerator(seed: 9)
    var model = VariationalAutoencoder(
      widths: [Self.width, Self.latentWidth], observation: .learnedGaussian, activation: .identity, using: &random)
    let plan = TrainingConfiguration(
      steps: 8_000, batchSize: 128, learningRate: .cosine(from: 1e-2, to: 0, steps: 8_000))
    try model.train(on: rows, configuration: plan, using: &random)

    let bound = model.evidenceBound(of: rows, draws: 400, using: &random)
    #expect(abs(bound.total.mean + best) < 0.01 * abs(best), "\(-bound.total.mean) \(best)")
    // It is a bound: the estimate's error apart, it cannot be above.
    #expect(-bound.total.mean < best + 0.005 * abs(best))
    #expect(abs(bound.reconstruction.mean + bound.divergence.mean - bound.total.mean) < 1e-9)
    #expect(abs(bound.bitsPerDimension - bound.total.mean / (8 * log(2.0))) < 1e-12)

    // What the decoder scatters by is the variance that is left over.
    let variance = try #require(model.observationDeviation).squared
    #expect(abs(variance / components.residualVariance - 1) < 0.03)

    // Where the posterior is exact, importance weighting has nothing to gain; it cannot lose.
    let likelihoods = model.negativeLogLikelihoods(of: rows, draws: 200, using: &random)
    let weighted = -likelihoods.reduce(0, +) / 512
    #expect(weighted > -bound.total.mean - 0.01 && weighted < best + 0.01 * abs(best))
    #expect(model.latentUse(of: rows).activeUnits() == Self.latentWidth)
  }

  /// The formula against the density of N(m, W W^T + sigma^2 I), summed over the data.
  @Test func theLikelihoodIsThatOfAGaussian() {
    // Independent columns of known variance: the covariance is diagonal up to rotation by 0.
    let rows = Tensor([[2, 0], [-2, 0], [0, 1], [0, -1]])
    let components = PrincipalComponents(of: rows, count: 1)
    // Eigenvalues 2 and 1/2, so the model's covariance is diag(2, 1/2) as well.
    let total = rows.scalars.indices.reduce(0.0) { sum, index in
      let (value, variance) = (Double(rows.scalars[index]), index % 2 == 0 ? 2.0 : 0.5)
      return sum - (log(2 * Double.pi * variance) + value * value / variance) / 2
    }
    #expect(abs(components.maximumLogLikelihood - total / 4) < 1e-6)
    #expect(abs(components.residualVariance - 0.5) < 1e-7)
  }
}

extension Double {
  fileprivate var squared: Double { self * self }
}
