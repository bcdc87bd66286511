import Autodiff
import Datasets
import GenerativeModels
import NeuralNetworks
import TensorCore

/// A diffusion model of Fashion-MNIST with the library's U-Net: group normalizations, residual blocks, attention at 7 x 7
/// pixels; batches of 64, Adam, a moving average of the weights. Then one answer for 64 images.
struct UNetImages {
  static let batch = 64
  let train: LabeledImages
  var random: RandomGenerator
  var learner: DiffusionLearner<UNet>
  var losses: [Float] = []

  init(seed: UInt64) throws {
    train = try FashionMNIST.loadTrain()
    random = RandomGenerator(seed: seed)
    let configuration = TrainingConfiguration(.steps(1000), batchSize: UNetImages.batch, gradientLimit: 1)
    learner = DiffusionLearner(
      UNet(UNetConfiguration(widths: [16, 32, 64]), using: &random),
      GaussianDiffusion(.cosine(steps: 200), target: .v, dataRange: -1...1), configuration: configuration)
  }

  mutating func step() throws {
    let batch = UNetImages.batch
    let rows = random.integers(below: train.count, count: batch)
    let images = (train.images(at: rows) * 2 - 1).reshaped(to: [batch, 28, 28, 1])
    losses.append(try learner.learn(from: images, using: &random).loss)
  }

  static func report(threads: Int) throws {
    var task = try UNetImages(seed: 0)
    var times = StepTimes()
    for _ in 0..<5 { try task.step() }
    try times.run(steps: 60, block: 5) { try task.step() }
    var answering = StepTimes()
    let x = task.random.normal(shape: [batch, 28, 28, 1])
    let steps = [Double](repeating: 0.5, count: batch)
    answering.run(steps: 20, block: 1) { _ = task.learner.averaged(Variable(constant: x), times: steps) }
    try Report(
      task: "unet-img", threads: threads, stepMedian: times.median, stepMinimum: times.minimum, operations: 0,
      samplingMedian: answering.median, samplingMinimum: answering.minimum,
      quality: ["loss": Double(task.losses.suffix(20).reduce(0, +)) / 20]
    ).printLine()
  }
}
