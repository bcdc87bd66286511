import Autodiff
import NeuralNetworks
import TensorCore

/// The noise in a point at a time: 2 + 32 to 128, 128, 128, 2 with SiLU.
struct PointDenoiser: Module {
  static let widths = [34, 128, 128, 128, 2]
  var network: MLP
  let table: NoiseTable

  init(_ table: NoiseTable, using random: inout RandomGenerator) {
    self.table = table
    network = MLP(widths: PointDenoiser.widths, activation: .silu, using: &random)
  }

  mutating func visitParameters(_ visitor: inout some ParameterVisitor) { visitor.visit("network", &network) }

  func callAsFunction(_ x: Tensor, at times: [Int]) -> Variable {
    network(Tensor.concatenated([x, table.embeddings.gatheringRows(at: times)], axis: 1))
  }
}

/// A diffusion model of points on the ring: batches of 256, Adam; then 10,000 samples of 100 steps each.
struct DDPM2D {
  static let batch = 256
  let ring = Ring()
  let scale: Float
  let table = NoiseTable()
  var random: RandomGenerator
  var network: PointDenoiser
  var adam = Adam(learningRate: 1e-3)
  var loss: Float = .nan

  init(seed: UInt64) {
    random = RandomGenerator(seed: seed)
    scale = ring.centres.squared().mean().item.squareRoot()
    network = PointDenoiser(table, using: &random)
  }

  mutating func step() {
    let x0 = ring.sample(DDPM2D.batch, using: &random) / scale
    let t = random.integers(below: NoiseTable.steps, count: DDPM2D.batch)
    let noise = random.normal(shape: [DDPM2D.batch, 2])
    let xt = table.signal.gatheringRows(at: t) * x0 + table.noise.gatheringRows(at: t) * noise
    let (loss, gradients) = valueAndGradient(at: network) { meanSquaredError($0(xt, at: t), noise) }
    adam.update(&network, with: gradients)
    self.loss = loss
  }

  mutating func sample(_ count: Int) -> Tensor {
    var x = random.normal(shape: [count, 2])
    for t in (0..<NoiseTable.steps).reversed() {
      let predicted = network.network.folding(shared: Variable(constant: table.embeddings.gatheringRows(at: [t])))(x)
        .value
      x.add(predicted, scaledBy: -table.beta[t] / table.noise.scalars[t])
      x /= table.alpha[t].squareRoot()
      if t > 0 { x.add(random.normal(shape: x.shape), scaledBy: table.deviation[t]) }
    }
    return x * scale
  }

  static func report(threads: Int) throws {
    var task = DDPM2D(seed: 0)
    var times = StepTimes()
    for _ in 0..<50 { task.step() }
    times.run(steps: 4950, block: 50) { task.step() }
    var sampling: [Double] = []
    let clock = ContinuousClock()
    var points = task.ring.centres
    for _ in 0..<3 { sampling.append(microseconds(clock.measure { points = task.sample(10_000) })) }
    let products = denseProducts(PointDenoiser.widths)
    var quality = task.ring.quality(of: points)
    quality["loss"] = Double(task.loss)
    try Report(
      task: "ddpm2d", threads: threads, stepMedian: times.median, stepMinimum: times.minimum,
      operations: trainingOperations(products, rows: batch), samplingMedian: middle(sampling),
      samplingMinimum: sampling.min(), samplingOperations: 2 * 10_000 * 100 * products.reduce(0, +), quality: quality
    ).printLine()
  }
}
