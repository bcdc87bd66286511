/// How long the trainings on points take: not deterministic, and so kept apart. A seed is a repetition.
enum PointTimes {
  static func experiment(_ results: Results) throws -> Experiment {
    Experiment(
      name: "times",
      columns: StepTime.columns,
      trainings: try trainings(PointSearch(.ring, results: results)), seeds: 3)
  }

  private static func trainings(_ search: PointSearch) throws -> [Training] {
    let games = try PointGAN.variants.map { variant in
      var gan = variant
      gan.choice = try search.choice(of: variant.name) ?? variant.choice
      let chosen = gan
      return Training(gan.name, settings: gan.settings) { seed in
        try values(steps: chosen.steps) { steps in
          var shorter = chosen
          shorter.steps = steps
          _ = try shorter.samples(.ring, seed: seed)
        }
      }
    }
    let models = PointDiffusion.chosen.map { model in
      Training(model.names[0], settings: model.settings) { seed in
        try values(steps: model.steps) { steps in
          var shorter = model
          shorter.steps = steps
          _ = try shorter.samples(.ring, seed: seed)
        }
      }
    }
    return games + models
  }

  private static func values(steps: Int, _ train: (Int) throws -> Void) throws -> [String: Double] {
    let reference = PointDiffusion.chosen[0]
    return try StepTime.values(steps: steps, from: 100, to: 700, train, against: reference.steps) { steps in
      var shorter = reference
      shorter.steps = steps
      _ = try shorter.samples(.ring, seed: 1)
    }
  }
}
