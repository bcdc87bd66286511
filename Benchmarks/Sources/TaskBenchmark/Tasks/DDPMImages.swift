import Autodiff
import Datasets
import NeuralNetworks
import TensorCore

/// The noise in an image at a time: five 3 x 3 convolutions, down to 14 x 14 pixels with 64 channels and up again.
struct ImageDenoiser: Module {
  var first: Conv2d
  var down: Conv2d
  var middle: Conv2d
  var up: Conv2d
  var last: Conv2d
  var time: Linear
  let table: NoiseTable

  /// The multiply-adds of each convolution for one image.
  static let products: [Double] = [784 * 9 * 32, 196 * 9 * 32 * 64, 196 * 9 * 64 * 64, 784 * 9 * 64 * 32, 784 * 9 * 32]

  init(_ table: NoiseTable, using random: inout RandomGenerator) {
    self.table = table
    time = Linear(32, 64, using: &random)
    first = Conv2d(inputChannels: 1, outputChannels: 32, kernelSize: 3, padding: 1, using: &random)
    down = Conv2d(inputChannels: 32, outputChannels: 64, kernelSize: 3, stride: 2, padding: 1, using: &random)
    middle = Conv2d(inputChannels: 64, outputChannels: 64, kernelSize: 3, padding: 1, using: &random)
    up = Conv2d(inputChannels: 64, outputChannels: 32, kernelSize: 3, padding: 1, using: &random)
    last = Conv2d(inputChannels: 32, outputChannels: 1, kernelSize: 3, padding: 1, using: &random)
  }

  mutating func visitParameters(_ visitor: inout some ParameterVisitor) {
    visitor.visit("first", &first)
    visitor.visit("down", &down)
    visitor.visit("middle", &middle)
    visitor.visit("up", &up)
    visitor.visit("last", &last)
    visitor.visit("time", &time)
  }

  /// - Parameter x: `[batch, 28, 28, 1]`.
  func callAsFunction(_ x: Tensor, at times: [Int]) -> Variable {
    let t = time(table.embeddings.gatheringRows(at: times)).reshaped(to: [times.count, 1, 1, 64])
    var h = first(x, activation: .silu)
    h = silu(down(h) + t)
    h = middle(h, activation: .silu)
    h = up(h.upsampledNearest(factor: 2), activation: .silu)
    return last(h)
  }
}

/// A diffusion model of Fashion-MNIST: batches of 64, Adam; then denoising steps of 64 images.
struct DDPMImages {
  static let batch = 64
  let train: LabeledImages
  let table = NoiseTable()
  var random: RandomGenerator
  var network: ImageDenoiser
  var adam = Adam(learningRate: 1e-3)
  var losses: [Float] = []

  init(seed: UInt64) throws {
    train = try FashionMNIST.loadTrain()
    random = RandomGenerator(seed: seed)
    network = ImageDenoiser(table, using: &random)
  }

  private func column(_ values: Tensor, at t: [Int]) -> Tensor {
    values.gatheringRows(at: t).reshaped(to: [t.count, 1, 1, 1])
  }

  mutating func step() {
    let batch = DDPMImages.batch
    let rows = random.integers(below: train.count, count: batch)
    let x0 = (train.images(at: rows) * 2 - 1).reshaped(to: [batch, 28, 28, 1])
    let t = random.integers(below: NoiseTable.steps, count: batch)
    let noise = random.normal(shape: x0.shape)
    let xt = column(table.signal, at: t) * x0 + column(table.noise, at: t) * noise
    let (loss, gradients) = valueAndGradient(at: network) { meanSquaredError($0(xt, at: t), noise) }
    adam.update(&network, with: gradients)
    losses.append(loss)
  }

  mutating func denoise(_ x: Tensor, at t: Int) -> Tensor {
    var x = x
    x.add(
      network(x, at: [Int](repeating: t, count: x.shape[0])).value,
      scaledBy: -table.beta[t] / table.noise.scalars[t])
    x /= table.alpha[t].squareRoot()
    x.add(random.normal(shape: x.shape), scaledBy: table.beta[t].squareRoot())
    return x
  }

  static func report(threads: Int) throws {
    var task = try DDPMImages(seed: 0)
    var times = StepTimes()
    for _ in 0..<5 { task.step() }
    times.run(steps: 100, block: 5) { task.step() }
    var denoising = StepTimes()
    var x = task.random.normal(shape: [batch, 28, 28, 1])
    var t = NoiseTable.steps
    denoising.run(steps: 40, block: 1) {
      t -= 1
      x = task.denoise(x, at: t)
    }
    let products = ImageDenoiser.products
    try Report(
      task: "ddpm-img", threads: threads, stepMedian: times.median, stepMinimum: times.minimum,
      operations: trainingOperations(products, rows: batch), samplingMedian: denoising.median,
      samplingMinimum: denoising.minimum, samplingOperations: 2 * Double(batch) * products.reduce(0, +),
      quality: ["loss": Double(task.losses.suffix(20).reduce(0, +)) / 20]
    ).printLine()
  }
}
