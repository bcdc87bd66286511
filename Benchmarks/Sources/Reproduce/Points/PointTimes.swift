/// How long the trainings on points take: not deterministic, and so kept apart. A seed is a repetition.
///
/// A step's time is that of a longer training minus a shorter one's, which leaves out what does not grow with the steps.
enum PointTimes {
  static func experiment(_ results: Results) throws -> Experiment {
    Experiment(
      name: "times",
      columns: [
        Column(title: "us a step", key: "microseconds", decimals: 0), Column(title: "steps", key: "steps", decimals: 0),
        Column(title: "training, s", key: "seconds", decimals: 1),
        Column(title: "ratio to DDPM", key: "ratio", decimals: 2),
      ],
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
    let own = try perStep(train)
    let other = try perStep { steps in
      var shorter = reference
      shorter.steps = steps
      _ = try shorter.samples(.ring, seed: 1)
    }
    return [
      "microseconds": own * 1e6, "steps": Double(steps), "seconds": own * Double(steps),
      "ratio": own * Double(steps) / (other * Double(reference.steps)),
    ]
  }

  private static func perStep(_ train: (Int) throws -> Void) throws -> Double {
    let clock = ContinuousClock()
    let short = try clock.measure { try train(100) }
    let long = try clock.measure { try train(700) }
    return (long - short) / Duration.seconds(600)
  }
}
