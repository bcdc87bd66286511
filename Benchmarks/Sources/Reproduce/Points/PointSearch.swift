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
    return PointSearch.candidates.max { (scores[$0.key] ?? 0) < (scores[$1.key] ?? 0) }
  }

  /// All searches, as experiments of their own.
  var experiments: [Experiment] { [adversarial, AdversarialSearch.headToHead(set).experiment, diffusion] }

  private var adversarial: Experiment {
    AdversarialSearch(
      name: "search-gan-" + set.name, set: set, variants: PointGAN.variants, candidates: PointSearch.candidates
    ).experiment
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
