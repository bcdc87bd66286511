import GenerativeModels
import NeuralNetworks
import TensorCore

/// A diffusion model of stacked images with a small U-Net: one training, sampled in several ways.
struct StackedDiffusion: Sendable {
  var network = UNetConfiguration(imageChannels: 3, patch: 2, widths: [32, 64], attentionHeads: 0)
  var steps = 4_000
  var batch = 32
  var rate = 3e-3

  static let ways: [(name: String, method: SamplingMethod)] = [
    ("DDPM by DPM-Solver++ 10", .dpmSolver(steps: 10))
  ]

  var settings: String {
    "cosine schedule of 1000, v target, min-SNR 5, range -1...1; U-Net \(network.widths), patches of \(network.patch), no attention; "
      + "\(steps) steps of \(batch); Adam, rate \(rate) down to 0 on a cosine, gradients within 1; averaged 0.998"
  }

  /// Trains; the results make images.
  func samplers(seed: UInt64) throws -> [String: (Int) -> Tensor] {
    let images = try Clothes.load().train
    var random = RandomGenerator(seed: seed)
    let diffusion = GaussianDiffusion(.cosine(steps: 1_000), target: .v, dataRange: -1...1)
    let configuration = TrainingConfiguration(
      steps: steps, batchSize: batch,
      learningRate: .warmup(steps: 100, then: .cosine(from: rate, to: 0, steps: steps - 100)),
      gradientLimit: 1)
    var learner = DiffusionLearner(
      UNet(network, using: &random), diffusion, objective: .minSNR(gamma: 5), averageDecay: 0.998,
      configuration: configuration)
    var trainer = Trainer(configuration)
    try trainer.runInterruptibly(
      "stacked-diffusion-\(seed)", settings: settings, &learner,
      drawing: { StackedImages.draw($0, from: images, using: &$1) }, using: &random)
    let trained = learner.averaged
    var samplers: [String: (Int) -> Tensor] = [:]
    for way in StackedDiffusion.ways {
      var noise = RandomGenerator(seed: 1_000_000 + seed)
      samplers[way.name] = { count in
        diffusion.sample(trained, shape: [count, 28, 28, 3], method: way.method, using: &noise)
      }
    }
    return samplers
  }
}
