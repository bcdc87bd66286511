import Foundation
import GenerativeModels

/// Computes the rows that are missing, seed after seed, so that a stopped run has whole seeds.
struct Runner {
  let options: Options
  let results: Results
  private let start = ContinuousClock.now

  init(_ options: Options, _ results: Results) {
    self.options = options
    self.results = results
  }

  func run(_ experiments: [Experiment]) throws {
    let chosen = experiments.filter { experiment in options.only.map { experiment.name.contains($0) } ?? true }
    let names = Set(chosen.flatMap { $0.trainings.flatMap { $0.methods } })
    if let unknown = options.methods.first(where: { !names.contains($0) }) {
      throw UsageError("there is no row \(unknown); there are \(names.sorted().joined(separator: "; "))")
    }
    for round in 0..<(chosen.map { options.seeds ?? $0.seeds }.max() ?? 0) {
      for experiment in chosen where round < options.seeds ?? experiment.seeds {
        for training in experiment.trainings where isWanted(training) {
          if let minutes = options.minutes, start.duration(to: .now) > .seconds(60 * minutes) { return }
          try run(training, of: experiment, seed: (options.firstSeed ?? experiment.firstSeed) + UInt64(round))
        }
      }
    }
  }

  private func isWanted(_ training: Training) -> Bool {
    options.methods.isEmpty || training.methods.contains { options.methods.contains($0) }
  }

  private func run(_ training: Training, of experiment: Experiment, seed: UInt64) throws {
    var known: [String: Row] = [:]
    for method in training.methods {
      known[method] = try results.rows(of: method, in: experiment, settings: training.settings)[seed]
    }
    let isComplete = known.count == training.methods.count
    // To verify is to compute again what is there, and nothing else.
    guard isComplete == options.verifies else { return }
    let began = ContinuousClock.now
    let computed = try rows(of: training, in: experiment, seed: seed)
    let seconds = began.duration(to: .now).components.seconds
    for row in computed {
      let found = row.values.sorted { $0.key < $1.key }.map { "\($0.key) \(rounded($0.value, 4))" }
      print(
        "\(experiment.name) \(row.method) seed \(seed) (\(seconds) s): \(row.error ?? found.joined(separator: ", "))")
      if !options.verifies {
        try results.append(row, in: experiment)
      } else if row != known[row.method] {
        throw VerificationError(row: row)
      }
    }
    fflush(nil)
  }

  private func rows(of training: Training, in experiment: Experiment, seed: UInt64) throws -> [Row] {
    var values: [String: [String: Double]] = [:]
    var error: String?
    do {
      values = try training.run(seed)
    } catch let failure as TrainingError {
      // A training that diverges is a result.
      error = failure.description
    }
    return training.methods.map { method in
      Row(
        experiment: experiment.name, method: method, seed: seed, settings: training.settings,
        values: values[method] ?? [:], error: error)
    }
  }
}

/// A row that came out otherwise than it did before.
struct VerificationError: Error, CustomStringConvertible {
  let row: Row
  var description: String { "\(row.experiment) \(row.method) seed \(row.seed) no longer gives the row that is kept" }
}
