import Autodiff
import NeuralNetworks
import TensorCore

/// A GAN of points on the ring: 64-128-128-2 with ReLU against 2-128-128-1 with leaky ReLU, the non-saturating loss,
/// batches of 256, Adam. One batch of fakes serves both updates.
struct GAN2D {
  static let batch = 256
  static let generatorWidths = [64, 128, 128, 2]
  static let discriminatorWidths = [2, 128, 128, 1]
  let ring = Ring()
  var random: RandomGenerator
  var generator: MLP
  var discriminator: MLP
  var generatorAdam = Adam(learningRate: 1e-3, betas: (0.5, 0.999))
  var discriminatorAdam = Adam(learningRate: 1e-3, betas: (0.5, 0.999))
  var losses: (generator: Float, discriminator: Float) = (.nan, .nan)

  init(seed: UInt64) {
    random = RandomGenerator(seed: seed)
    generator = MLP(widths: GAN2D.generatorWidths, activation: .relu, using: &random)
    discriminator = MLP(widths: GAN2D.discriminatorWidths, activation: .leakyRelu(slope: 0.2), using: &random)
  }

  mutating func step() {
    let latent = random.normal(shape: [GAN2D.batch, 64])
    let real = ring.sample(GAN2D.batch, using: &random)
    let (generatorLoss, gradients) = valueAndGradient(at: generator) { generator in
      let fake = generator(latent)
      let (loss, gradients) = valueAndGradient(at: discriminator) { discriminator in
        let logits = discriminator(Tensor.concatenated([real, fake.value], axis: 0))
        return binaryCrossEntropy(logits: logits.rows(0..<GAN2D.batch), target: 1)
          + binaryCrossEntropy(logits: logits.rows(GAN2D.batch..<2 * GAN2D.batch), target: 0)
      }
      discriminatorAdam.update(&discriminator, with: gradients)
      losses.discriminator = loss
      return binaryCrossEntropy(logits: discriminator(fake), target: 1)
    }
    generatorAdam.update(&generator, with: gradients)
    losses.generator = generatorLoss
  }

  static func report(threads: Int) throws {
    var task = GAN2D(seed: 0)
    var times = StepTimes()
    for _ in 0..<50 { task.step() }
    times.run(steps: 4950, block: 50) { task.step() }
    var quality = task.ring.quality(of: task.generator(task.random.normal(shape: [10_000, 64])).value)
    quality["generator loss"] = Double(task.losses.generator)
    quality["discriminator loss"] = Double(task.losses.discriminator)
    let (g, d) = (denseProducts(generatorWidths), denseProducts(discriminatorWidths))
    try Report(
      task: "gan2d", threads: threads, stepMedian: times.median, stepMinimum: times.minimum,
      operations: trainingOperations(g, rows: batch) + trainingOperations(d, rows: 2 * batch)
        + trainingOperations(d, rows: batch, needsInputGradient: true, needsWeightGradients: false),
      quality: quality
    ).printLine()
  }
}
