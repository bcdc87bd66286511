/// Mode collapse on points: every method on one of the two sets.
struct PointProtocol {
  let set: PointSet

  init(_ set: PointSet) { self.set = set }

  var experiment: Experiment {
    let choice = PointGAN.Choice(octaves: 0, generatorRate: 1e-3, discriminatorRate: 1e-3)
    let models = [PointDiffusion(process: .diffusion(.v), octaves: 5), PointDiffusion(process: .flow, octaves: 5)]
    return Experiment(
      name: "points-" + set.name, columns: PointSet.columns,
      trainings: PointGAN.variants(choice).map { training($0) } + models.map { training($0) },
      published: set.published)
  }

  func training(_ gan: PointGAN, as name: String? = nil) -> Training {
    Training(name ?? gan.name, settings: gan.settings) { seed in set.measure(try gan.samples(set, seed: seed)) }
  }

  func training(_ model: PointDiffusion) -> Training {
    Training(model.names, settings: model.settings) { seed in
      try model.samples(set, seed: seed).mapValues { set.measure($0) }
    }
  }
}
