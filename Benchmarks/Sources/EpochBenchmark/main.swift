import Autodiff
import Datasets
import GenerativeModels
import NeuralNetworks
import TensorCore

// One epoch as a lesson writes it: 784-256-32-256-784, ReLU, squared error, Adam, 60,000 images in batches of 128.
// The step includes gathering the batch. Prints the epochs' times and the test error after each.
let clothes = try FashionMNIST.load()
let train = clothes.train.images
let test = clothes.test.images
var random = RandomGenerator(seed: 7)
var network = Autoencoder(widths: [784, 256, 32], activation: .relu, using: &random)
var adam = Adam(learningRate: 1e-3)
let clock = ContinuousClock()
for epoch in 1...5 {
  let time = clock.measure {
    let order = random.permutation(train.shape[0])
    for start in stride(from: 0, to: order.count, by: 128) {
      let batch = train.gatheringRows(at: Array(order[start...].prefix(128)))
      let (_, gradients) = valueAndGradient(at: network) { meanSquaredError($0(batch), batch) }
      adam.update(&network, with: gradients)
    }
  }
  let difference = network.reconstruct(test) - test
  print("epoch \(epoch): \(time), test error \(difference.squared().mean().item)")
}
