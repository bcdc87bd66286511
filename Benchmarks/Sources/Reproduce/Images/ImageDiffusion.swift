import GenerativeModels
import NeuralNetworks
import TensorCore

/// A diffusion model of grey clothes with a small U-Net, trained for a few minutes.
struct ImageDiffusion: Sendable {
  var steps = 6_000

  private static let batch = 32
  private static let rate = 2e-3
  private static let network = UNetConfiguration(patch: 2, widths: [32, 64], blocks: 1, attentionHeads: 1)
  private static let diffusion = GaussianDiffusion(.cosine(steps: 1_000), target: .v, dataRange: -1...1)

  static let ways: [(name: String, method: SamplingMethod)] = [
    ("DDPM by DPM-Solver++ 10", .dpmSolver(steps: 10)), ("DDPM by DPM-Solver++ 25", .dpmSolver(steps: 25)),
  ]

  var settings: String {
    "cosine schedule of 1000, v target, min-SNR 5, range -1...1; U-Net \(ImageDiffusion.network.widths), patches of 2, one head; "
      + "\(steps) steps of \(ImageDiffusion.batch); Adam, rate \(ImageDiffusion.rate) down to 0 on a cosine, gradients within 1; "
      + "averaged 0.998; full bound of 64 test images"
  }

  /// Trains, from where an interrupted run of the same seed has left off if that is wanted.
  func trained(seed: UInt64, resumes: Bool = true) throws -> UNet {
    let images = try Clothes.load().train
    var random = RandomGenerator(seed: seed)
    let configuration = TrainingConfiguration(
      steps: steps, batchSize: ImageDiffusion.batch,
      learningRate: .warmup(steps: 100, then: .cosine(from: ImageDiffusion.rate, to: 0, steps: max(1, steps - 100))),
      gradientLimit: 1)
    var learner = DiffusionLearner(
      UNet(ImageDiffusion.network, using: &random), ImageDiffusion.diffusion, objective: .minSNR(gamma: 5),
      averageDecay: 0.998, configuration: configuration)
    var trainer = Trainer(configuration)
    try trainer.runInterruptibly(
      resumes ? "images-diffusion-\(seed)" : nil, settings: settings, &learner,
      drawing: { Clothes.draw($0, from: images, using: &$1) }, using: &random)
    return learner.averaged
  }

  /// The values of each way to sample, the bound's beside them.
  ///
  /// - Parameter sheet: where images of a way are shown.
  func values(seed: UInt64, sheet: (String) -> ImageSheet?) throws -> [String: [String: Double]] {
    let network = try trained(seed: seed)
    var noise = RandomGenerator(seed: 1_000_000 + seed)
    let test = try Clothes.load().test.grid
    let bound = ImageDiffusion.diffusion.variationalBound(
      network, of: test.rows(0..<64) * 2 - 1, decoder: .eightBit, using: &noise)
    var values: [String: [String: Double]] = [:]
    for way in ImageDiffusion.ways {
      values[way.name] = try ImageMeasures.values(sheet: sheet(way.name)) { count in
        ImageDiffusion.diffusion.sample(network, shape: [count, 28, 28, 1], method: way.method, using: &noise)
      }
      values[way.name]?["bits"] = bound.bitsPerDimension
    }
    return values
  }
}
