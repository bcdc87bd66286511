import GenerativeModels
import NeuralNetworks
import TensorCore

/// A thousand modes (VEEGAN, arXiv 1705.07761; PacGAN, arXiv 1712.04086), with clothes for digits: trainings of about the
/// same time.
enum StackedProtocol {
  static let experiment = Experiment(
    name: "stacked",
    columns: [
      Column(title: "modes", key: "modes", decimals: 0), Column(title: "reverse KL", key: "kl", decimals: 3),
    ],
    trainings: [
      Training("test images", settings: PlaneClassifier.settings) { seed in
        var random = RandomGenerator(seed: seed)
        let test = try Clothes.load().test
        return try StackedImages.measure { StackedImages.draw($0, from: test, using: &random) }
      },
      training(StackedGAN(name: "DCGAN", packing: 1)), training(StackedGAN(name: "PacDCGAN2", packing: 2)),
      training(StackedDiffusion()),
    ],
    published: [
      published("DCGAN", "VEEGAN, table 2", "99", "3.40"), published("ALI", "VEEGAN, table 2", "16", "5.40"),
      published("Unrolled GAN", "VEEGAN, table 2", "48.7", "4.32"),
      published("VEEGAN", "VEEGAN, table 2", "150", "2.95"),
      published("DCGAN", "PacGAN", "78.9", "4.50"), published("PacDCGAN2", "PacGAN", "1000", "0.06"),
    ],
    seeds: 3)

  private static func published(_ method: String, _ source: String, _ modes: String, _ kl: String) -> PublishedRow {
    PublishedRow(method: method, source: source + ", digits", cells: [modes, kl])
  }

  private static func training(_ gan: StackedGAN) -> Training {
    Training(gan.name, settings: gan.settings + "; " + PlaneClassifier.settings) { seed in
      try StackedImages.measure(try gan.sampler(seed: seed))
    }
  }

  private static func training(_ model: StackedDiffusion) -> Training {
    Training(StackedDiffusion.ways.map { $0.name }, settings: model.settings + "; " + PlaneClassifier.settings) {
      seed in try model.samplers(seed: seed).mapValues { try StackedImages.measure($0) }
    }
  }
}
