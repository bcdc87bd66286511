import Autodiff
import Datasets
import Foundation
import GenerativeModels
import Metrics
import NeuralNetworks
import TensorCore

/// Names the class of a grey image, -1...1; learned from Fashion-MNIST's training images.
struct PlaneClassifier {
  private let network: ConvClassifier
  /// On the test images.
  let accuracy: Double

  static let settings = "planes named by a classifier: 3 x 3 convolutions of 16 and 32, 64 features, 3 epochs of 128"

  /// The trained classifier: from its file, or learned and stored there, with the same bits either way. Safe, as
  /// experiments run one after another on the main thread.
  nonisolated(unsafe) static let shared = Result { try PlaneClassifier(file: ".build/plane-classifier.safetensors") }

  private init(file: String) throws {
    let data = try Clothes.load()
    var random = RandomGenerator(seed: 1)
    var network = ConvClassifier(channels: [16, 32], features: 64, using: &random)
    if FileManager.default.fileExists(atPath: file) {
      try network.load(try Safetensors(contentsOf: file))
    } else {
      PlaneClassifier.train(&network, on: data.train, using: &random)
      try Safetensors(of: network).write(to: file)
    }
    self.network = network
    accuracy =
      ConfusionMatrix(
        predicted: network.classify(data.test.images * 2 - 1), actual: data.test.labels, classes: 10
      ).accuracy
  }

  private static func train(
    _ network: inout ConvClassifier, on images: LabeledImages, using random: inout RandomGenerator
  ) {
    let (epochs, batch) = (3, 128)
    let steps = epochs * images.count / batch
    var optimizer = Adam(learningRate: .cosine(from: 2e-3, to: 0, steps: steps))
    for _ in 0..<steps {
      let rows = random.integers(below: images.count, count: batch)
      let pixels = images.images(at: rows) * 2 - 1
      let labels = rows.map { images.labels[$0] }
      let (_, gradients) = valueAndGradient(at: network) { network in
        crossEntropy(logits: network.inTraining(Variable(constant: pixels), using: &random), labels: labels)
      }
      optimizer.update(&network, with: gradients)
    }
  }

  func classes(of images: Tensor) -> [Int] { network.classify(images) }

  /// What it decides by: `[n, 64]`.
  func features(of images: Tensor) -> Tensor { network.features(of: images) }

  /// The classes of those images to whose likeliest class it gives a probability of 0.9 or more.
  func sureClasses(features: Tensor) -> [Int] {
    let chances = network.head(Variable(constant: features)).value.softmax()
    return zip(chances.argMax(axis: 1), chances.max(axis: 1).scalars).filter { $0.1 >= 0.9 }.map { $0.0 }
  }
}
