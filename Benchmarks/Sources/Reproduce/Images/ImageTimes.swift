/// How long the trainings on images take: not deterministic, and so kept apart. A seed is a repetition.
enum ImageTimes {
  static let experiment = Experiment(
    name: "image-times", columns: StepTime.columns,
    trainings: [
      Training("DCGAN", settings: ImageGAN().settings) { _ in
        try values(steps: ImageGAN().steps) { _ = try ImageGAN(steps: $0).sampler(seed: 1, resumes: false) }
      },
      Training("DDPM", settings: ImageDiffusion().settings) { _ in
        try values(steps: ImageDiffusion().steps, diffusion)
      },
    ], seeds: 3)

  private static func values(steps: Int, _ train: (Int) throws -> Void) throws -> [String: Double] {
    try StepTime.values(steps: steps, from: 20, to: 120, train, against: ImageDiffusion().steps, diffusion)
  }

  private static func diffusion(steps: Int) throws {
    _ = try ImageDiffusion(steps: steps).trained(seed: 1, resumes: false)
  }
}
