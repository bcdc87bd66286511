import Datasets
import GenerativeModels
import Metrics
import NeuralNetworks
import TensorCore

/// How many labels it takes: linear probes on what encoders make of Fashion-MNIST, which have seen all training images
/// and none of their labels, against learning from the labels alone.
enum LabelProtocol {
  static let experiment = Experiment(
    name: "labels",
    columns: budgets.map { Column(title: "\($0) labels, %", key: "\($0)", scale: 100) }
      + [Column(title: "numbers", key: "width", decimals: 0)],
    trainings: LabelEncoder.allCases.map { training($0) } + [fromLabels], seeds: 3)

  private static let budgets = [10, 100, 1_000, 10_000, 60_000]
  private static let draws = 3
  private static let probes = "linear probes, \(draws) draws of labels, penalty by held-out labels"

  private static func training(_ encoder: LabelEncoder) -> Training {
    Training(encoder.rawValue, settings: encoder.settings + "; " + probes) { seed in
      let data = try images.get()
      var random = RandomGenerator(seed: seed)
      let features = try encoder.learned(from: data.training, seed: seed, using: &random)
      return try accuracies(ProbeSubject(encoder.rawValue, features: features), seed: seed)
    }
  }

  /// The encoder of the other rows, trained from nothing on each budget.
  private static let fromLabels = Training(
    "labels alone",
    settings: LabelEncoder.convolutions
      + "; three epochs of 64 or 500 steps, whichever is more; Adam 1e-3; \(draws) draws"
  ) { seed in
    let subject = ProbeSubject("labels alone") { rows, labels, test, random in
      var model = SupervisedModel(LabelEncoder.body(using: &random), classes: 10, using: &random)
      let steps = max(500, 3 * labels.count / 64)
      let plan = TrainingConfiguration(
        steps: steps, batchSize: min(64, labels.count), learningRate: .cosine(from: 1e-3, to: 0, steps: steps))
      try model.train(on: rows, labels: labels, configuration: plan, using: &random)
      return model.predict(test)
    }
    return try accuracies(subject, seed: seed)
  }

  /// The mean over draws for each budget. All subjects are given the same draws for one seed.
  private static func accuracies(_ subject: ProbeSubject, seed: UInt64) throws -> [String: Double] {
    let data = try images.get()
    var random = RandomGenerator(seed: 1_000 + seed)
    let table = try LabelEfficiency(budgets: budgets, draws: draws).measure(
      [subject], training: data.training, labels: data.labels, test: data.test, testLabels: data.testLabels,
      using: &random)
    var values: [String: Double] = [:]
    for row in table.rows {
      for cell in row.cells { values["\(cell.budget)"] = cell.mean }
      if let width = row.featureWidth { values["width"] = Double(width) }
    }
    return values
  }

  private static let images = Result {
    let data = try Clothes.load()
    return (
      training: data.train.images, labels: data.train.labels, test: data.test.images, testLabels: data.test.labels
    )
  }
}
