/// How long the trainings on points take: not deterministic, and so kept apart. A seed is a repetition.
///
/// A step's time is that of a longer training minus a shorter one's, which leaves out what does not grow with the steps.
enum PointTimes {
  static let experiment = Experiment(
    name: "times",
    columns: [
      Column(title: "us a step", key: "microseconds", decimals: 0), Column(title: "steps", key: "steps", decimals: 0),
      Column(title: "training, s", key: "seconds", decimals: 1),
      Column(title: "ratio to DDPM", key: "ratio", decimals: 2),
    ],
    trainings: trainings, seeds: 3)

  private static var trainings: [Training] {
    let search = PointSearch(.ring)
    let games = PointGAN.variants { search.choice(of: $0) }.map { gan in
      Training(gan.name, settings: gan.settings) { seed in
        try values(steps: gan.steps) { steps in
          var shorter = gan
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
