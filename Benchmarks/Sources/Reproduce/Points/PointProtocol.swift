/// Mode collapse on points: every method on one of the two sets.
struct PointProtocol {
  let set: PointSet

  init(_ set: PointSet) { self.set = set }

  var experiment: Experiment {
    let search = PointSearch(set)
    return Experiment(
      name: "points-" + set.name, columns: PointSet.columns,
      trainings: PointGAN.variants { search.choice(of: $0) }.map { training($0) }
        + PointDiffusion.chosen.map { training($0) },
      published: set.published)
  }

  func training(_ gan: PointGAN) -> Training {
    Training(gan.name, settings: gan.settings) { seed in set.measure(try gan.samples(set, seed: seed)) }
  }

  func training(_ model: PointDiffusion) -> Training {
    Training(model.names, settings: model.settings) { seed in
      try model.samples(set, seed: seed).mapValues { set.measure($0) }
    }
  }
}
