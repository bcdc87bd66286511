import Autodiff
import Datasets
import NeuralNetworks
import TensorCore

/// 784-256-32-256-784 with ReLU on Fashion-MNIST: one epoch in batches of 128, squared error, Adam.
struct AutoencoderTask {
  static let batch = 128
  static let widths = [784, 256, 32, 256, 784]

  static func report(threads: Int) throws {
    let train = try FashionMNIST.loadTrain()
    var random = RandomGenerator(seed: 0)
    var network = MLP(widths: widths, activation: .relu, using: &random)
    var adam = Adam(learningRate: 1e-3)
    var order: ArraySlice<Int> = []
    let step = {
      if order.count < batch { order = random.permutation(train.count)[...] }
      let input = train.images(at: Array(order.prefix(batch)))
      order = order.dropFirst(batch)
      let (_, gradients) = valueAndGradient(at: network) { meanSquaredError($0(input), input) }
      adam.update(&network, with: gradients)
    }
    var times = StepTimes()
    times.run(steps: 468, block: 39, step)
    let test = try FashionMNIST.loadTest()
    var error = 0.0
    for start in stride(from: 0, to: test.count, by: 1000) {
      let some = test.images(at: Array(start..<start + 1000))
      error += Double(meanSquaredError(network(some), some).value.item) * 1000 / Double(test.count)
    }
    try Report(
      task: "ae", threads: threads, stepMedian: times.median, stepMinimum: times.minimum,
      operations: trainingOperations(denseProducts(widths), rows: batch),
      quality: ["test error": error]
    ).printLine()
  }
}
