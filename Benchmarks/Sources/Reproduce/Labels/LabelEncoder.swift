import GenerativeModels
import Metrics
import NeuralNetworks
import TensorCore

/// What is made of images without their labels. Rows are pixels from 0 to 1.
enum LabelEncoder: String, CaseIterable {
  case pixels
  case components = "PCA"
  case autoencoder
  case denoising = "denoising autoencoder"
  case variational = "VAE"
  case rotation = "rotation"
  case contrastive = "contrastive"
  case discriminator = "SSGAN's discriminator"
  case diffusionEarly = "DDPM at t = 50"
  case diffusion = "DDPM at t = 200"
  case diffusionLate = "DDPM at t = 400"

  static let convolutions = "4 x 4 convolutions of stride 2 to 16 and 32 channels, 128 features, ReLU"

  static func body(using random: inout RandomGenerator) -> ConvEncoder { ConvEncoder(using: &random) }

  private static let epochs = 10
  private static let plan = TrainingConfiguration(
    epochs: epochs, batchSize: 128, learningRate: .cosine(from: 1e-3, to: 0, steps: epochs * 469))
  private static let widths = [784, 256, 128]
  private static let adversarialSteps = 3_000
  private static let network = UNetConfiguration(patch: 2, widths: [32, 64], attentionHeads: 0)
  private static let diffusionSteps = 3_000

  /// How it is learned, in words.
  var settings: String {
    let perceptron = "784-256-128 and back, \(LabelEncoder.epochs) epochs of 128, Adam 1e-3 down to 0"
    let convolution = "\(LabelEncoder.convolutions); \(LabelEncoder.epochs) epochs of 128, Adam 1e-3 down to 0"
    switch self {
    case .pixels: return "784 pixels"
    case .components: return "128 components"
    case .autoencoder: return perceptron
    case .denoising: return perceptron + ", noise of deviation 0.3"
    case .variational: return perceptron + ", Bernoulli"
    case .rotation: return convolution + ", one of four rotations for each image"
    case .contrastive: return convolution + ", NT-Xent at 0.2 on crops of 0.6, shifts of 2 and mirror images"
    case .discriminator:
      return "SSGAN, D convolutions of 16 and 32, \(LabelEncoder.adversarialSteps) steps of 64, Adam 0.5, 0.999, 2e-4, "
        + "one rotation for each image, alpha 0.2; means over quarters of the last convolution"
    case .diffusionEarly, .diffusion, .diffusionLate:
      return "U-Net \(LabelEncoder.network.widths), patches of 2, no attention; cosine schedule of 1000, v, min-SNR 5, "
        + "\(LabelEncoder.diffusionSteps) steps of 32, Adam 2e-3 down to 0; bottleneck's means over quarters, t = \(time)"
    }
  }

  /// Learns from rows, and says how to describe others.
  func learned(
    from rows: Tensor, seed: UInt64, using random: inout RandomGenerator
  ) throws -> (Tensor) -> Tensor {
    switch self {
    case .pixels:
      return { $0 }
    case .components:
      return PrincipalComponents(of: rows, count: 128).transform
    case .autoencoder, .denoising:
      var model = Autoencoder(widths: LabelEncoder.widths, outputActivation: .sigmoid, using: &random)
      try model.train(
        on: rows, corruption: self == .denoising ? .gaussianNoise(standardDeviation: 0.3) : nil,
        configuration: LabelEncoder.plan, using: &random)
      return model.encode
    case .variational:
      var model = VariationalAutoencoder(widths: LabelEncoder.widths, observation: .bernoulli, using: &random)
      try model.train(on: rows, configuration: LabelEncoder.plan, using: &random)
      return model.encode
    case .rotation:
      let model = PretextModel(LabelEncoder.body(using: &random), using: &random)
      var learner = model.learner(Rotations(), use: .oneEach, configuration: LabelEncoder.plan)
      var trainer = Trainer(LabelEncoder.plan)
      try trainer.run(&learner, on: rows, using: &random)
      return learner.model.features(of:)
    case .contrastive:
      let model = ContrastiveModel(LabelEncoder.body(using: &random), using: &random)
      var learner = model.learner(configuration: LabelEncoder.plan)
      var trainer = Trainer(LabelEncoder.plan)
      try trainer.run(&learner, on: rows, using: &random)
      return learner.model.features(of:)
    case .discriminator:
      return try LabelEncoder.discriminator(of: rows, using: &random)
    case .diffusionEarly, .diffusion, .diffusionLate:
      let learned = try LabelEncoder.denoiser(of: rows, seed: seed)
      let features = DiffusionFeatures(learned.network, learned.diffusion, steps: [time], grid: 2, seed: seed)
      return { rows in features(LabelEncoder.images(rows)) }
    }
  }

  /// The step whose noise the diffusion model sees.
  private var time: Int {
    switch self {
    case .diffusionEarly: 50
    case .diffusionLate: 400
    default: 200
    }
  }

  /// -1...1, as adversarial and diffusion models learn them.
  private static func images(_ rows: Tensor) -> Tensor { (rows * 2 - 1).reshaped(to: [rows.shape[0], 28, 28, 1]) }

  private static func discriminator(
    of rows: Tensor, using random: inout RandomGenerator
  ) throws -> (Tensor) -> Tensor {
    var gan = GenerativeAdversarialNetwork(
      generator: ConvGenerator(outputActivation: .tanh, using: &random),
      discriminator: ConvDiscriminator(channels: [16, 32], outputs: 5, using: &random))
    let plan = AdversarialConfiguration(
      TrainingConfiguration(steps: adversarialSteps, batchSize: 64, learningRate: 2e-4),
      updates: .alternatingOnSharedNoise)
    try gan.train(
      on: images(rows), objective: SSGANObjective(transformations: Rotations(), use: .oneEach), configuration: plan,
      using: &random)
    let trained = gan.discriminator
    return { rows in
      // 7 x 7 places of 32 channels.
      trained.features(of: images(rows)).reshaped(to: [rows.shape[0], 7, 7, 32]).cellMeans(2)
    }
  }

  /// The same training serves all times; it is kept in a checkpoint.
  private static func denoiser(of rows: Tensor, seed: UInt64) throws -> (network: UNet, diffusion: GaussianDiffusion) {
    var random = RandomGenerator(seed: seed)
    let diffusion = GaussianDiffusion(.cosine(steps: 1_000), target: .v, dataRange: -1...1)
    let plan = TrainingConfiguration(
      steps: diffusionSteps, batchSize: 32,
      learningRate: .warmup(steps: 100, then: .cosine(from: 2e-3, to: 0, steps: diffusionSteps - 100)),
      gradientLimit: 1)
    var learner = DiffusionLearner(
      UNet(network, using: &random), diffusion, objective: .minSNR(gamma: 5), averageDecay: 0.998, configuration: plan)
    var trainer = Trainer(plan)
    try trainer.runInterruptibly(
      "labels-diffusion-\(seed)", settings: "\(network) \(diffusionSteps)", &learner,
      drawing: { count, random in images(rows.gatheringRows(at: random.integers(below: rows.shape[0], count: count))) },
      using: &random)
    return (learner.averaged, diffusion)
  }
}
