import Datasets
import GenerativeModels
import Metrics
import NeuralNetworks
import TensorCore

/// The forgetting of discriminators (Chen et al. 2019, arXiv 1811.11212, section 3) on Fashion-MNIST: ten tasks of one
/// class against all others, a thousand steps each, twice round, with and without having to name rotations.
enum ForgettingProtocol {
  static let experiment = Experiment(
    name: "forgetting",
    columns: [
      Column(title: "after a switch, %", key: "switch", scale: 100),
      Column(title: "20 steps later, %", key: "recovery", scale: 100),
      Column(title: "at the end, %", key: "end", scale: 100),
      Column(title: "mean probe, %", key: "meanProbe", scale: 100),
      Column(title: "worst probe, %", key: "worstProbe", scale: 100),
    ],
    trainings: bodies.flatMap { body in [Float(0), 1].map { training(body, weight: $0) } })

  /// What is in front of the head.
  private enum Body: String {
    case sixteen = "16 hidden"
    case sixtyFour = "64 hidden"
    case convolutions = "convolutions"

    var words: String {
      switch self {
      case .sixteen: "784-16-5 leaky ReLU"
      case .sixtyFour: "784-64-5 leaky ReLU"
      case .convolutions: "4 x 4 convolutions of stride 2 to 8 and 16 channels, leaky ReLU, a head of 5"
      }
    }
  }

  private static let bodies = [Body.sixteen, .sixtyFour, .convolutions]
  private static let tasks = 10
  private static let stepsPerTask = 1_000
  private static let cycles = 2
  private static let probeRows = 10_000

  private static func training(_ body: Body, weight: Float) -> Training {
    Training(
      "\(body.rawValue), " + (weight == 0 ? "plain" : "rotations"),
      settings: "\(body.words); \(stepsPerTask) steps of 64 a task, \(cycles) rounds; Adam 1e-3; "
        + "rotations weigh \(weight); linear probe on \(probeRows) training images"
    ) { seed in
      var random = RandomGenerator(seed: seed)
      switch body {
      case .sixteen: return try measure(MLPDiscriminator(widths: [784, 16, 5], using: &random), weight, &random)
      case .sixtyFour: return try measure(MLPDiscriminator(widths: [784, 64, 5], using: &random), weight, &random)
      case .convolutions:
        return try measure(ConvDiscriminator(channels: [8, 16], outputs: 5, using: &random), weight, &random)
      }
    }
  }

  /// Means over the visits of the last round, when every class has been seen before.
  private static func measure(
    _ network: some Discriminator, _ weight: Float, _ random: inout RandomGenerator
  ) throws -> [String: Double] {
    let data = try rows.get()
    var network = network
    let experiment = ForgettingExperiment(
      transformations: Rotations(), pretextWeight: weight, stepsPerTask: stepsPerTask, cycles: cycles)
    let probeLabels = Array(data.training.labels.prefix(probeRows))
    let probed = data.training.rows.rows(0..<probeRows)
    let visits = try experiment.run(
      &network, training: data.training, test: data.test, using: &random,
      probe: { network in
        LinearProbe(features: network.features(of: probed), labels: probeLabels, classes: tasks)
          .evaluate(network.features(of: data.test.rows), labels: data.test.labels).accuracy
      }
    ).suffix(tasks)
    func mean(_ value: (ForgettingExperiment<Rotations>.Visit) -> Double) -> Double {
      visits.map(value).reduce(0, +) / Double(visits.count)
    }
    var values = [
      "switch": mean { $0.accuracyAfterSwitch }, "recovery": mean { $0.accuracyAfterRecovery },
      "end": mean { $0.accuracyAtEnd }, "meanProbe": mean { $0.probe ?? 0 },
    ]
    values["worstProbe"] = visits.compactMap { $0.probe }.min()
    return values
  }

  private static let rows = Result {
    let data = try Clothes.load()
    return (
      training: ClassifiedRows(data.train.images, labels: data.train.labels),
      test: ClassifiedRows(data.test.images, labels: data.test.labels)
    )
  }
}
