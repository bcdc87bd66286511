/// Mode collapse on points: every method on one of the two sets.
struct PointProtocol {
  let set: PointSet
  let search: PointSearch

  init(_ set: PointSet, results: Results) {
    self.set = set
    search = PointSearch(set, results: results)
  }

  func experiment() throws -> Experiment {
    Experiment(
      name: "points-" + set.name, columns: PointSet.columns,
      trainings: try PointGAN.variants.map { try training($0) } + PointDiffusion.chosen.map { training($0) },
      published: set.published)
  }

  private func training(_ variant: PointGAN) throws -> Training {
    guard let choice = try search.choice(of: variant.name) else {
      return Training(variant.name, settings: "not chosen") { _ in
        throw UsageError("what suits \(variant.name) is not known; run `reproduce search` first")
      }
    }
    var gan = variant
    gan.choice = choice
    let chosen = gan
    return Training(gan.name, settings: gan.settings) { seed in set.measure(try chosen.samples(set, seed: seed)) }
  }

  private func training(_ model: PointDiffusion) -> Training {
    Training(model.names, settings: model.settings) { seed in
      try model.samples(set, seed: seed).mapValues { set.measure($0) }
    }
  }
}
