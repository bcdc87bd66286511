import GenerativeModels
import NeuralNetworks
import TensorCore

/// A convolutional GAN of grey clothes.
struct ImageGAN: Sendable {
  var steps = 12_000

  private static let batch = 64

  var settings: String {
    "G 64 numbers, transposed convolutions 7 x 7 x 64, 14 x 14 x 32, batch normalization; D convolutions of 32 and 64; "
      + "\(steps) steps of \(ImageGAN.batch); Adam 0.5, 0.999, 2e-4; non-saturating; G averaged 0.999"
  }

  /// Trains, from where an interrupted run of the same seed has left off if that is wanted; the result makes images.
  func sampler(seed: UInt64, resumes: Bool = true) throws -> (Int) -> Tensor {
    let images = try Clothes.load().train
    var random = RandomGenerator(seed: seed)
    var gan = GenerativeAdversarialNetwork(
      generator: ConvGenerator(outputActivation: .tanh, using: &random),
      discriminator: ConvDiscriminator(using: &random))
    let plan = AdversarialConfiguration(
      TrainingConfiguration(steps: steps, batchSize: ImageGAN.batch, learningRate: 2e-4),
      updates: .alternatingOnSharedNoise, averageDecay: 0.999)
    var learner = gan.learner(GANObjective(), plan)
    var trainer = Trainer(plan.training)
    try trainer.runInterruptibly(
      resumes ? "images-gan-\(seed)" : nil, settings: settings, &learner,
      drawing: { Clothes.draw($0, from: images, using: &$1) }, using: &random)
    gan.adopt(learner)
    return { gan.sample(count: $0, using: &random) }
  }
}
