import Distributions
import GenerativeModels
import NeuralNetworks
import TensorCore
import Testing

@Suite struct DenoisingScoreTests {
  /// The data's density after the noise.
  private func blurred(_ mixture: GaussianMixture, by sigma: Double) -> GaussianMixture {
    GaussianMixture(
      means: mixture.means,
      standardDeviations: mixture.standardDeviations.map { ($0 * $0 + sigma * sigma).squareRoot() },
      weights: mixture.weights)
  }

  private func cosines(_ a: Tensor, _ b: Tensor) -> [Double] {
    let products = (a * b).sum(axis: 1).scalars
    let lengths = zip(a.squared().sum(axis: 1).scalars, b.squared().sum(axis: 1).scalars).map { ($0 * $1).squareRoot() }
    return zip(products, lengths).map { Double($0 / $1) }
  }

  private func trained(on data: Tensor, sigma: Float, seed: UInt64) throws -> Autoencoder {
    var random = RandomGenerator(seed: seed)
    var model = Autoencoder(widths: [2, 64, 64], activation: .silu, codeActivation: .silu, using: &random)
    let plan = TrainingConfiguration(
      steps: 6_000, batchSize: 256, learningRate: .cosine(from: 3e-3, to: 0, steps: 6_000))
    try model.train(
      on: data, corruption: .gaussianNoise(standardDeviation: sigma), configuration: plan, using: &random)
    return model
  }

  /// A denoiser of a mixture's points has learned the mixture's score, blurred by the noise.
  @Test(arguments: [0.3, 0.6])
  func theScoreOfAMixture(_ sigma: Double) throws {
    let mixture = GaussianMixture(
      means: Tensor([[-1.5, 0], [1, 1], [0.5, -1.5]]), standardDeviations: [0.4, 0.3, 0.5], weights: [0.5, 0.3, 0.2])
    var random = RandomGenerator(seed: 4)
    let data = mixture.sample(20_000, using: &random).points
    let model = try trained(on: data, sigma: Float(sigma), seed: 5)

    let density = blurred(mixture, by: sigma)
    let points = density.sample(2_000, using: &random).points
    let exact = density.score(points)
    let learned = model.score(at: points, noise: Float(sigma))
    let logs = density.logDensity(points)
    let threshold = logs.sorted()[logs.count / 2]
    // Near a mode the score vanishes and has no direction.
    let lengths = exact.squared().sum(axis: 1).scalars
    let chosen = cosines(learned, exact).indices.filter { logs[$0] >= threshold && lengths[$0] > 0.01 }
    let found = cosines(learned, exact)
    let mean = chosen.reduce(0) { $0 + found[$1] } / Double(chosen.count)
    #expect(chosen.count > 800)
    #expect(mean > 0.98, "\(mean)")
    #expect(Double(chosen.count { found[$0] > 0.95 }) > 0.9 * Double(chosen.count))
  }

  /// Of finitely many points it is the score of their Parzen density (Vincent 2011).
  @Test func theScoreOfPoints() throws {
    let points = Tensor([[-1, 0], [0.5, 0.9], [0.8, -0.8], [0, 0.1], [1.3, 0.2]])
    let parzen = GaussianMixture(means: points, standardDeviation: 0.35)
    let model = try trained(on: points.gatheringRows(at: (0..<1_280).map { $0 % 5 }), sigma: 0.35, seed: 6)
    var random = RandomGenerator(seed: 7)
    let places = parzen.sample(2_000, using: &random).points
    let (exact, learned) = (parzen.score(places), model.score(at: places, noise: 0.35))
    let logs = parzen.logDensity(places)
    let threshold = logs.sorted()[logs.count / 2]
    let (lengths, found) = (exact.squared().sum(axis: 1).scalars, cosines(learned, exact))
    let chosen = found.indices.filter { logs[$0] >= threshold && lengths[$0] > 0.25 }
    let mean = chosen.reduce(0) { $0 + found[$1] } / Double(chosen.count)
    #expect(mean > 0.97, "\(mean)")
    // Not only the direction: the length as well.
    let (error, size) = ((learned - exact).squared().mean().item, exact.squared().mean().item)
    #expect(error < 0.05 * size, "\(error) \(size)")
  }
}
