import GenerativeModels
import NeuralNetworks
import TensorCore

/// A diffusion model or a flow of points: one training, sampled in several ways.
struct PointDiffusion: Sendable {
  enum Process: Sendable {
    case diffusion(PredictionTarget)
    case flow
  }

  var process: Process
  /// Of the waves of the point that the denoiser sees.
  var octaves: Int
  var rate = 2e-3
  var steps = 15_000

  static let batch = 256
  static let hidden = 128
  static let times = 100

  /// The rows that one training gives.
  static let diffusionWays: [(name: String, method: SamplingMethod)] = [
    ("DDPM 100", .ancestral()),
    ("DDIM 50", .ddim(steps: 50, spacing: .quadratic)),
    ("DDIM 20", .ddim(steps: 20, spacing: .quadratic)),
    ("DDIM 10", .ddim(steps: 10, spacing: .quadratic)),
    ("DDIM 20 at even stops", .ddim(steps: 20)),
    ("DPM-Solver++ 20", .dpmSolver(steps: 20, spacing: .quadratic)),
    ("DPM-Solver++ 10", .dpmSolver(steps: 10, spacing: .quadratic)),
    ("Heun 10", .heun(steps: 10, spacing: .logSignalToNoise)),
  ]
  static let flowWays: [(name: String, method: FlowMatching.Solver)] = [
    ("flow Heun 25", .heun(steps: 25)),
    ("flow Euler 50", .euler(steps: 50)),
  ]

  /// The same on both sets.
  static let chosen = [
    PointDiffusion(process: .diffusion(.v), octaves: 5), PointDiffusion(process: .flow, octaves: 5),
  ]

  var names: [String] {
    switch process {
    case .diffusion: PointDiffusion.diffusionWays.map { $0.name }
    case .flow: PointDiffusion.flowWays.map { $0.name }
    }
  }

  var settings: String {
    let hidden = [String](repeating: "\(PointDiffusion.hidden)", count: 3).joined(separator: "-")
    let kind =
      switch process {
      case .diffusion(let target): "cosine schedule of \(PointDiffusion.times), \(target) target, small variance"
      case .flow: "straight lines, velocity"
      }
    return "\(kind); \(hidden) SiLU, \(octaves) octaves; \(steps) steps of \(PointDiffusion.batch); "
      + "Adam, rate \(rate) down to 0 on a cosine; averaged 0.999"
  }

  /// Trains on points and draws samples, both of variance 1.
  ///
  /// - Parameter ways: only in the first so many ways.
  func samples(_ set: PointSet, seed: UInt64, ways: Int = .max) throws -> [String: Tensor] {
    var random = RandomGenerator(seed: seed)
    let points = set.trainingPoints(using: &random)
    let configuration = TrainingConfiguration(
      steps: steps, batchSize: PointDiffusion.batch,
      learningRate: .cosine(from: rate, to: 0, steps: steps))
    let network = TimeMLP(
      dimension: 2, hidden: [Int](repeating: PointDiffusion.hidden, count: 3), octaves: octaves, using: &random)
    var trainer = Trainer(configuration)
    let shape = [PointSet.sampleCount, 2]
    // Every way starts from the same noise.
    let noiseSeed = 1_000_000 + seed
    var found: [String: Tensor] = [:]
    switch process {
    case .diffusion(let target):
      let diffusion = GaussianDiffusion(.cosine(steps: PointDiffusion.times), target: target)
      var learner = DiffusionLearner(network, diffusion, configuration: configuration)
      try trainer.run(&learner, on: points, using: &random)
      for way in PointDiffusion.diffusionWays.prefix(ways) {
        var noise = RandomGenerator(seed: noiseSeed)
        found[way.name] = diffusion.sample(learner.averaged, shape: shape, method: way.method, using: &noise)
      }
    case .flow:
      let flow = FlowMatching()
      var learner = flow.learner(network, configuration: configuration)
      try trainer.run(&learner, on: points, using: &random)
      for way in PointDiffusion.flowWays.prefix(ways) {
        var noise = RandomGenerator(seed: noiseSeed)
        found[way.name] = flow.sample(learner.averaged, shape: shape, method: way.method, using: &noise)
      }
    }
    return found
  }
}
