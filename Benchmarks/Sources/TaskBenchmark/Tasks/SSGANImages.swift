import Autodiff
import Datasets
import NeuralNetworks
import TensorCore

/// 64 numbers to a 28 x 28 image: a dense layer and two transposed convolutions.
struct ImageGenerator: Module {
  var dense: Linear
  var first: ConvTransposed2d
  var second: ConvTransposed2d
  static let products: [Double] = [64 * 3136, 49 * 64 * 32 * 16, 196 * 32 * 16]

  init(using random: inout RandomGenerator) {
    dense = Linear(64, 3136, using: &random)
    first = ConvTransposed2d(
      inputChannels: 64, outputChannels: 32, kernelSize: 4, stride: 2, padding: 1, using: &random)
    second = ConvTransposed2d(
      inputChannels: 32, outputChannels: 1, kernelSize: 4, stride: 2, padding: 1, using: &random)
  }

  mutating func visitParameters(_ visitor: inout some ParameterVisitor) {
    visitor.visit("dense", &dense)
    visitor.visit("first", &first)
    visitor.visit("second", &second)
  }

  func callAsFunction(_ latent: Tensor) -> Variable {
    let h = dense(latent, activation: .relu).reshaped(to: [latent.shape[0], 7, 7, 64])
    return second(first(h, activation: .relu), activation: .tanh)
  }
}

/// A 28 x 28 image to five logits: whether it is real, and by how many quarters it is turned.
struct ImageDiscriminator: Module {
  var first: Conv2d
  var second: Conv2d
  var head: Linear
  static let products: [Double] = [196 * 16 * 32, 49 * 16 * 32 * 64, 3136 * 5]

  init(using random: inout RandomGenerator) {
    first = Conv2d(inputChannels: 1, outputChannels: 32, kernelSize: 4, stride: 2, padding: 1, using: &random)
    second = Conv2d(inputChannels: 32, outputChannels: 64, kernelSize: 4, stride: 2, padding: 1, using: &random)
    head = Linear(3136, 5, using: &random)
  }

  mutating func visitParameters(_ visitor: inout some ParameterVisitor) {
    visitor.visit("first", &first)
    visitor.visit("second", &second)
    visitor.visit("head", &head)
  }

  func callAsFunction(_ x: Variable) -> Variable {
    let h = second(first(x, activation: .leakyRelu(slope: 0.2)), activation: .leakyRelu(slope: 0.2))
    return head(h.reshaped(to: [x.shape[0], 3136]))
  }
}

/// A self-supervised GAN on Fashion-MNIST: 64 real and 64 generated images a step, a quarter of them also in all four
/// rotations; Adam. One batch of fakes serves both updates.
struct SSGANImages {
  static let batch = 64
  static let turned = 16
  /// The rotations of four stacked copies of the turned images.
  static let turns = (0..<4).flatMap { [Int](repeating: $0, count: turned) }
  let train: LabeledImages
  var random: RandomGenerator
  var generator: ImageGenerator
  var discriminator: ImageDiscriminator
  var generatorAdam = Adam(learningRate: 2e-4, betas: (0.5, 0.999))
  var discriminatorAdam = Adam(learningRate: 2e-4, betas: (0.5, 0.999))
  var losses: (generator: Float, discriminator: Float) = (.nan, .nan)

  init(seed: UInt64) throws {
    train = try FashionMNIST.loadTrain()
    random = RandomGenerator(seed: seed)
    generator = ImageGenerator(using: &random)
    discriminator = ImageDiscriminator(using: &random)
  }

  private func scaled(_ rows: Tensor) -> Tensor { (rows * 2 - 1).reshaped(to: [rows.shape[0], 28, 28, 1]) }

  mutating func step() {
    let (batch, turned) = (SSGANImages.batch, SSGANImages.turned)
    let real = scaled(train.images(at: random.integers(below: train.count, count: batch)))
    let latent = random.normal(shape: [batch, 64])
    let (generatorLoss, gradients) = valueAndGradient(at: generator) { generator in
      let fake = generator(latent)
      let upright = real.rows(0..<turned)
      let seen = Tensor.concatenated(
        [real, fake.value] + (0..<4).map { upright.rotated(quarterTurns: $0) }, axis: 0)
      let (loss, gradients) = valueAndGradient(at: discriminator) { discriminator in
        let logits = discriminator(Variable(constant: seen))
        let judgements = logits.slice(axis: 1, 0..<1)
        let rotations = logits.slice(axis: 1, 1..<5).rows(2 * batch..<2 * batch + 4 * turned)
        return softplus(-judgements.rows(0..<batch)).mean() + softplus(judgements.rows(batch..<2 * batch)).mean()
          + crossEntropy(logits: rotations, labels: SSGANImages.turns)
      }
      discriminatorAdam.update(&discriminator, with: gradients)
      losses.discriminator = loss
      let few = fake.rows(0..<turned)
      let logits = discriminator(
        Variable.concatenated([fake] + (0..<4).map { few.rotated(quarterTurns: $0) }, axis: 0))
      let rotations = logits.slice(axis: 1, 1..<5).rows(batch..<batch + 4 * turned)
      return softplus(-logits.slice(axis: 1, 0..<1).rows(0..<batch)).mean()
        + 0.2 * crossEntropy(logits: rotations, labels: SSGANImages.turns)
    }
    generatorAdam.update(&generator, with: gradients)
    losses.generator = generatorLoss
  }

  /// The share of right answers about the rotation of 1,000 images in all four rotations.
  func rotationAccuracy() -> Double {
    let some = scaled(train.prefix(1000).images)
    var right = 0
    for turn in 0..<4 {
      let logits = discriminator(Variable(constant: some.rotated(quarterTurns: turn))).value
      right += logits.slice(axis: 1, 1..<5).argMax().count { $0 == turn }
    }
    return Double(right) / 4000
  }

  static func report(threads: Int) throws {
    var task = try SSGANImages(seed: 0)
    var times = StepTimes()
    for _ in 0..<5 { task.step() }
    times.run(steps: 200, block: 5) { task.step() }
    let (g, d) = (ImageGenerator.products, ImageDiscriminator.products)
    try Report(
      task: "ssgan-img", threads: threads, stepMedian: times.median, stepMinimum: times.minimum,
      operations: trainingOperations(g, rows: batch) + trainingOperations(d, rows: 3 * batch)
        + trainingOperations(d, rows: 2 * batch, needsInputGradient: true, needsWeightGradients: false),
      quality: [
        "rotation accuracy": task.rotationAccuracy(), "generator loss": Double(task.losses.generator),
        "discriminator loss": Double(task.losses.discriminator),
      ]
    ).printLine()
  }
}
