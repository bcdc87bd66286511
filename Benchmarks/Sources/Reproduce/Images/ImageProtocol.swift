import Datasets
import TensorCore

/// Fashion-MNIST: a diffusion model of a few minutes against a GAN of about the same time, beside other real images.
enum ImageProtocol {
  /// - Parameter results: where the first seed's images are shown, too.
  static func experiment(_ results: Results) -> Experiment {
    @Sendable func sheet(_ method: String, _ seed: UInt64) -> ImageSheet? {
      guard seed == 1 else { return nil }
      let name = method.lowercased().replacing(" ", with: "-")
      return ImageSheet(file: results.folder.appending(path: "images").appending(path: name + ".png"))
    }
    return Experiment(
      name: "images",
      columns: [
        Column(title: "Frechet distance", key: "frechet"), Column(title: "precision", key: "precision", decimals: 3),
        Column(title: "recall", key: "recall", decimals: 3), Column(title: "density", key: "density", decimals: 2),
        Column(title: "coverage", key: "coverage", decimals: 3), Column(title: "sure, %", key: "sure", scale: 100),
        Column(title: "kinds", key: "kinds"), Column(title: "bits a pixel", key: "bits", decimals: 2),
      ],
      trainings: [
        Training("training images", settings: ImageMeasures.settings) { seed in
          var random = RandomGenerator(seed: seed)
          let images = try Clothes.load().train
          return try ImageMeasures.values(sheet: sheet("training images", seed)) {
            Clothes.draw($0, from: images, using: &random)
          }
        },
        Training("DCGAN", settings: ImageGAN().settings + "; " + ImageMeasures.settings) { seed in
          try ImageMeasures.values(sheet: sheet("DCGAN", seed), try ImageGAN().sampler(seed: seed))
        },
        Training(
          ImageDiffusion.ways.map { $0.name }, settings: ImageDiffusion().settings + "; " + ImageMeasures.settings
        ) { seed in try ImageDiffusion().values(seed: seed) { sheet($0, seed) } },
      ], seeds: 3)
  }
}
