import Autodiff
import Distributions
import GenerativeModels
import NeuralNetworks
import TensorCore
import Testing

@Suite struct DiffusionTrainingTests {
  /// The ring of the mode-collapse papers: all eight modes, and nine of ten samples within three deviations of one.
  @Test func aTrainedDiffusionCoversTheRing() throws {
    let ring = GaussianMixture.ring()
    var random = RandomGenerator(seed: 1)
    let data = ring.sample(25_600, using: &random).points
    let diffusion = GaussianDiffusion(.cosine(steps: 100))
    let configuration = TrainingConfiguration(
      steps: 2_000, batchSize: 256, learningRate: .cosine(from: 4e-3, to: 0, steps: 2_000))
    var learner = DiffusionLearner(
      TimeMLP(dimension: 2, octaves: 4, using: &random), diffusion, averageDecay: 0.99, configuration: configuration)
    var trainer = Trainer(configuration)
    try trainer.run(&learner, on: data, using: &random)
    let samples = diffusion.sample(learner.averaged, shape: [2_500, 2], using: &random)
    let nearest = ring.nearestModes(samples)
    let good = nearest.distances.indices.filter { nearest.distances[$0] <= 3 * ring.standardDeviations[0] }
    #expect(Double(good.count) / 2_500 >= 0.9)
    for mode in 0..<8 { #expect(good.count { nearest.labels[$0] == mode } > 150) }
  }
}
