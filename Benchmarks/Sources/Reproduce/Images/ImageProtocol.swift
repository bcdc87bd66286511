/// Fashion-MNIST: a diffusion model of a few minutes against a GAN of the same time.
enum ImageProtocol {
  static let experiment = Experiment(name: "images", columns: [], trainings: [])
}
