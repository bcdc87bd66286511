import Foundation
import GenerativeModels

/// Candidates for what the papers leave open of a GAN, each tried with one seed that serves for nothing else.
struct AdversarialSearch: Sendable {
  let name: String
  let set: PointSet
  let variants: [PointGAN]
  let candidates: [PointGAN.Choice]

  /// At the budget of the course's head-to-head, which is a quarter of that of ``PointGAN/variants``: both players have
  /// the same rate.
  static func headToHead(_ set: PointSet) -> AdversarialSearch {
    let variants = PointGAN.variants.filter { ["GAN", "PacGAN2", "SSGAN", "R1"].contains($0.name) }.map { variant in
      var shorter = variant
      shorter.steps = 5_000
      shorter.batch = 128
      shorter.averageDecay = 0.995
      return shorter
    }
    let candidates = [0, 2].flatMap { octaves in
      [3e-3, 1e-2, 3e-2].map { PointGAN.Choice(octaves: octaves, generatorRate: $0, discriminatorRate: $0) }
    }
    return AdversarialSearch(
      name: "search-head-to-head-" + set.name, set: set, variants: variants, candidates: candidates)
  }

  var experiment: Experiment {
    let trainings = variants.map { variant in
      Training(variant.name, settings: variant.settings) { seed in
        var scores: [String: Double] = [:]
        for choice in candidates {
          var candidate = variant
          candidate.choice = choice
          scores[choice.key] = try score { set.measure(try candidate.samples(set, seed: seed)) }
        }
        return scores
      }
    }
    return Experiment(
      name: name, columns: candidates.map { Column(title: $0.title, key: $0.key, decimals: 3) }, trainings: trainings,
      seeds: 1, firstSeed: 101)
  }
}

extension PointGAN.Choice {
  /// Under what its score is kept.
  var key: String { "\(octaves) \(generatorRate) \(discriminatorRate)" }

  fileprivate var title: String { "\(octaves) octaves, \(generatorRate) / \(discriminatorRate)" }
}
