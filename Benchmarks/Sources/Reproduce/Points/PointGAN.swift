import GenerativeModels
import NeuralNetworks
import TensorCore

/// A GAN of points: a variant of the game, and how its players are made and trained.
struct PointGAN: Sendable {
  enum Game: Sendable, Equatable {
    case real(GANObjective)
    /// With T_k(x) = x + k, k = 0, 1, 2, 3, in units of the data's standard deviation.
    case selfSupervised
  }

  let name: String
  var game: Game = .real(GANObjective())
  var discriminatorSteps = 1
  var unrolledSteps = 0
  var beta2: Float = 0.999
  /// The generator's.
  var steps = 10_000
  var batch = 256
  var averageDecay: Float = 0.999
  var choice = PointSearch.candidates[0]

  /// What the search chooses.
  struct Choice: Sendable, Equatable {
    /// Of the waves of its input that the discriminator sees.
    let octaves: Int
    let generatorRate: Double
    let discriminatorRate: Double
  }

  static let hidden = 128
  static let latent = 16

  var settings: String {
    var words = [
      "G \(PointGAN.latent)-\(PointGAN.hidden)-\(PointGAN.hidden)-2 ReLU",
      "D \(PointGAN.hidden)-\(PointGAN.hidden)-1 leaky ReLU, \(choice.octaves) octaves",
      "\(steps) steps of \(batch)",
      "Adam 0.5, \(beta2), rates \(choice.generatorRate) and \(choice.discriminatorRate) down to 0 on a line",
      "G averaged \(averageDecay)",
    ]
    switch game {
    case .real(let objective):
      words.append(objective.loss.name)
      if let penalty = objective.penalty { words.append("\(penalty)") }
      if objective.packing > 1 { words.append("packing \(objective.packing)") }
    case .selfSupervised: words.append("non-saturating, shifts 4 x 1, one for each row, alpha 0.2, beta 1")
    }
    if discriminatorSteps > 1 { words.append("\(discriminatorSteps) steps of D for one of G") }
    if unrolledSteps > 0 { words.append("unrolled \(unrolledSteps)") }
    return words.joined(separator: "; ")
  }

  /// Trains on points and draws samples, both of variance 1.
  func samples(_ set: PointSet, seed: UInt64) throws -> Tensor {
    var random = RandomGenerator(seed: seed)
    let points = set.trainingPoints(using: &random)
    switch game {
    case .real(let objective):
      return try samples(points, objective, inputs: 2 * objective.packing, outputs: 1, &random)
    case .selfSupervised:
      let objective = SSGANObjective(transformations: Shifts(count: 4, step: 1), use: .oneEach)
      return try samples(points, objective, inputs: 2, outputs: 5, &random)
    }
  }

  private func samples(
    _ points: Tensor, _ objective: some AdversarialObjective, inputs: Int, outputs: Int,
    _ random: inout RandomGenerator
  ) throws -> Tensor {
    let hidden = PointGAN.hidden
    var gan = GenerativeAdversarialNetwork(
      generator: MLPGenerator(widths: [PointGAN.latent, hidden, hidden, 2], using: &random),
      discriminator: MLPDiscriminator(
        widths: [inputs, hidden, hidden, outputs], octaves: choice.octaves, using: &random))
    // A batch is dealt out to the discriminator's steps.
    let plan = AdversarialConfiguration(
      TrainingConfiguration(
        steps: steps, batchSize: batch * discriminatorSteps,
        learningRate: .linear(from: choice.generatorRate, to: 0, steps: steps)),
      discriminatorLearningRate: .linear(from: choice.discriminatorRate, to: 0, steps: steps * discriminatorSteps),
      beta2: beta2, discriminatorSteps: discriminatorSteps, unrolledSteps: unrolledSteps, averageDecay: averageDecay)
    try gan.train(on: points, objective: objective, configuration: plan, using: &random)
    return gan.sample(count: PointSet.sampleCount, using: &random)
  }
}

extension PointGAN {
  /// The variants with what their papers fix; what is left open is chosen by ``PointSearch``.
  static let variants = [
    PointGAN(name: "GAN"),
    PointGAN(name: "PacGAN2", game: .real(GANObjective(packing: 2))),
    PointGAN(name: "PacGAN4", game: .real(GANObjective(packing: 4))),
    PointGAN(name: "Unrolled GAN", unrolledSteps: 5, steps: 3_000),
    PointGAN(name: "R1", game: .real(GANObjective(penalty: .r1(gamma: 0.1)))),
    PointGAN(
      name: "WGAN-GP", game: .real(GANObjective(.wasserstein, penalty: .wasserstein(weight: 0.1))),
      discriminatorSteps: 5, beta2: 0.9, steps: 4_000),
    PointGAN(name: "SSGAN", game: .selfSupervised),
  ]
}
