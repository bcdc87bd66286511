import Autodiff
import Datasets
import NeuralNetworks
import TensorCore

/// 784-256-32-256-784 with ReLU on Fashion-MNIST: one epoch in batches of 128, squared error, Adam.
struct AutoencoderTask {
  static let batch = 128
  static let widths = [784, 256, 32, 256, 784]

  static func report(threads: Int) throws {
    let images = try FashionMNIST.loadTrain().images
    var random = RandomGenerator(seed: 0)
    var network = MLP(widths: widths, activation: .relu, using: &random)
    var adam = Adam(learningRate: 1e-3)
    var order: ArraySlice<Int> = []
    let step = {
      if order.count < batch { order = random.permutation(images.shape[0])[...] }
      let input = images.gatheringRows(at: Array(order.prefix(batch)))
      order = order.dropFirst(batch)
      let (_, gradients) = valueAndGradient(at: network) { meanSquaredError($0(input), input) }
      adam.update(&network, with: gradients)
    }
    var times = StepTimes()
    times.run(steps: 468, block: 39, step)
    let test = try FashionMNIST.loadTest().images
    try Report(
      task: "ae", threads: threads, stepMedian: times.median, stepMinimum: times.minimum,
      operations: trainingOperations(denseProducts(widths), rows: batch),
      quality: ["test error": Double(meanSquaredError(network(test), test).value.item)]
    ).printLine()
  }
}
