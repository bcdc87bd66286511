import GenerativeModels
import NeuralNetworks
import TensorCore

/// A convolutional GAN of stacked images, its discriminator judging one or several at a time.
struct StackedGAN: Sendable {
  let name: String
  let packing: Int

  static let steps = 8_000
  static let batch = 64

  var settings: String {
    "G 64 numbers, transposed convolutions 7 x 7 x 64, 14 x 14 x 32, batch normalization; D convolutions of 32 and 64, "
      + "packing \(packing); \(StackedGAN.steps) steps of \(StackedGAN.batch); Adam 0.5, 0.999, 2e-4; non-saturating; "
      + "G averaged 0.999"
  }

  /// Trains; the result makes images.
  func sampler(seed: UInt64) throws -> (Int) -> Tensor {
    let images = try Clothes.load().train
    var random = RandomGenerator(seed: seed)
    var gan = GenerativeAdversarialNetwork(
      generator: ConvGenerator(outputChannels: 3, outputActivation: .tanh, using: &random),
      discriminator: ConvDiscriminator(inputChannels: 3 * packing, using: &random))
    let plan = AdversarialConfiguration(
      TrainingConfiguration(steps: StackedGAN.steps, batchSize: StackedGAN.batch, learningRate: 2e-4),
      updates: .alternatingOnSharedNoise, averageDecay: 0.999)
    var learner = gan.learner(GANObjective(packing: packing), plan)
    var trainer = Trainer(plan.training)
    try trainer.runInterruptibly(
      "stacked-\(name)-\(seed)", settings: settings, &learner,
      drawing: { StackedImages.draw($0, from: images, using: &$1) }, using: &random)
    gan.adopt(learner)
    return { gan.sample(count: $0, using: &random) }
  }
}
