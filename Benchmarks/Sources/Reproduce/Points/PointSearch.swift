import Foundation
import GenerativeModels

/// The search for what the papers leave open, the same for every variant of the GAN and of like size for diffusion: four
/// candidates (six, in a third of the steps, for diffusion), tried with one seed that serves for nothing else.
///
/// A candidate's score is HQ e^(-KL) with HQ the share of high-quality samples and KL the reverse one over them: the share
/// times the evenness, 1 at best, 1/K for one perfect mode of K.
struct PointSearch: Sendable {
  let set: PointSet
  /// Where the search's own rows are.
  let results: Results

  init(_ set: PointSet, results: Results) {
    self.set = set
    self.results = results
  }

  static let candidates: [PointGAN.Choice] = [0, 2].flatMap { octaves in
    [(1e-3, 1e-3), (3e-3, 3e-3)].map { generator, discriminator in
      PointGAN.Choice(octaves: octaves, generatorRate: generator, discriminatorRate: discriminator)
    }
  }

  /// What the search found: the candidate with the best score; nil before the search.
  func choice(of variant: String) throws -> PointGAN.Choice? {
    let experiment = adversarial
    guard let training = experiment.trainings.first(where: { $0.methods == [variant] }) else { return nil }
    let rows = try results.rows(of: variant, in: experiment, settings: training.settings)
    guard let scores = rows[experiment.firstSeed]?.values else { return nil }
    return PointSearch.candidates.max { (scores[PointSearch.key($0)] ?? 0) < (scores[PointSearch.key($1)] ?? 0) }
  }

  /// Both searches, as experiments of their own.
  var experiments: [Experiment] { [adversarial, diffusion] }

  private var adversarial: Experiment {
    let columns = PointSearch.candidates.map {
      Column(
        title: "\($0.octaves) octaves, \($0.generatorRate) / \($0.discriminatorRate)", key: PointSearch.key($0),
        decimals: 3)
    }
    let trainings = PointGAN.variants.map { variant in
      return Training(variant.name, settings: variant.settings) { seed in
        var scores: [String: Double] = [:]
        for choice in PointSearch.candidates {
          var candidate = variant
          candidate.choice = choice
          scores[PointSearch.key(choice)] = try score { set.measure(try candidate.samples(set, seed: seed)) }
        }
        return scores
      }
    }
    return Experiment(
      name: "search-gan-" + set.name, columns: columns, trainings: trainings, seeds: 1, firstSeed: 101)
  }

  private static func key(_ choice: PointGAN.Choice) -> String {
    "\(choice.octaves) \(choice.generatorRate) \(choice.discriminatorRate)"
  }

  private var diffusion: Experiment {
    let kinds: [(String, PointDiffusion.Process)] = [
      ("epsilon", .diffusion(.epsilon)), ("v", .diffusion(.v)), ("flow", .flow),
    ]
    let octaves = [0, 3, 5]
    let rates = [2e-3, 5e-4]
    let columns = octaves.flatMap { octaves in
      rates.map { Column(title: "\(octaves) octaves, \($0)", key: "\(octaves) \($0)", decimals: 3) }
    }
    let trainings = kinds.map { name, process in
      let first = PointDiffusion(process: process, octaves: 0, steps: 5_000)
      return Training(name, settings: first.settings) { seed in
        var scores: [String: Double] = [:]
        for octaves in octaves {
          for rate in rates {
            let candidate = PointDiffusion(process: process, octaves: octaves, rate: rate, steps: first.steps)
            // The usual way of sampling is the first.
            scores["\(octaves) \(rate)"] = try score {
              try candidate.samples(set, seed: seed, ways: 1)[candidate.names[0]].map { set.measure($0) } ?? [:]
            }
          }
        }
        return scores
      }
    }
    return Experiment(
      name: "search-diffusion-" + set.name, columns: columns, trainings: trainings, seeds: 1, firstSeed: 101)
  }
}

/// HQ e^(-KL); 0 without a sample of high quality and for a training that diverges.
private func score(_ measure: () throws -> [String: Double]) throws -> Double {
  do {
    let values = try measure()
    guard let quality = values["highQuality"], let divergence = values["klHighQuality"] else { return 0 }
    return quality * exp(-divergence)
  } catch is TrainingError {
    return 0
  }
}
