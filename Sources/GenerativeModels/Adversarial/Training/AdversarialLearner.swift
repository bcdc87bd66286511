internal import Autodiff
public import NeuralNetworks
public import TensorCore

/// A generator and a discriminator in training, each with its own Adam.
///
/// Every step reports the terms "discriminator" and "generator", the two losses, and "discriminator gradient" and
/// "generator gradient", the lengths of the gradients; its `loss` is the generator's.
public struct AdversarialLearner<G: Generator, D: Discriminator, Objective: AdversarialObjective>: ResumableLearner {
  public var generator: G
  public var discriminator: D
  public var generatorOptimizer: Adam
  public var discriminatorOptimizer: Adam
  /// The average of the generator's weights, where one is kept.
  public var average: ExponentialMovingAverage<G>?
  public let objective: Objective
  public let configuration: AdversarialConfiguration

  public init(_ generator: G, _ discriminator: D, objective: Objective, configuration: AdversarialConfiguration) {
    self.generator = generator
    self.discriminator = discriminator
    self.objective = objective
    self.configuration = configuration
    let (rate, betas) = (configuration.training.learningRate, (configuration.beta1, configuration.beta2))
    generatorOptimizer = Adam(learningRate: rate, betas: betas)
    discriminatorOptimizer = Adam(learningRate: configuration.discriminatorLearningRate ?? rate, betas: betas)
    average = configuration.averageDecay.map { ExponentialMovingAverage(of: generator, decay: $0, warmsUp: true) }
  }

  public mutating func learn(
    from batch: Tensor, using random: inout RandomGenerator
  ) throws(TrainingError) -> StepReport {
    let parts = batch.dealt(into: configuration.discriminatorSteps, multiple: objective.rowsPerJudgement)
    let (discriminatorMove, answer) =
      switch configuration.updates {
      case .alternating: try alternate(parts, using: &random)
      case .alternatingOnSharedNoise: try alternateOnSharedNoise(parts, using: &random)
      case .simultaneous: try moveAtOnce(parts, using: &random)
      }
    // By now nobody else holds the generator's parameters, and they are changed in place.
    generatorOptimizer.update(&generator, with: answer.gradients)
    let generatorMove = answer.move
    average?.update(with: generator)
    return StepReport(
      loss: generatorMove.loss, gradientNorm: generatorMove.norm,
      terms: [
        .init("discriminator", discriminatorMove.loss), .init("generator", generatorMove.loss),
        .init("discriminator gradient", discriminatorMove.norm), .init("generator gradient", generatorMove.norm),
      ])
  }

  public mutating func visitState(_ visitor: inout CheckpointVisitor) {
    visitor.visit("generator", &generator)
    visitor.visit("discriminator", &discriminator)
    visitor.visit("generatorOptimizer", &generatorOptimizer, of: generator)
    visitor.visit("discriminatorOptimizer", &discriminatorOptimizer, of: discriminator)
    if var average {
      visitor.visit("average", &average)
      self.average = average
    }
  }

  // MARK: The orders of play

  private mutating func alternate(
    _ parts: [Tensor], using random: inout RandomGenerator
  ) throws(TrainingError) -> (Move, Answer) {
    var move = Move(loss: 0, norm: 0)
    for real in parts {
      let z = generator.latent(count: real.shape[0], using: &random)
      let fake = generator.forward(Variable(constant: z))
      move = try moveDiscriminator(real, fake, using: &random)
    }
    let real = parts[parts.count - 1]
    let z = generator.latent(count: real.shape[0], using: &random)
    var tracked = TrackedModule(generator)
    let fake = tracked.module.forward(Variable(constant: z))
    return (move, try answer(tracked, fake, real, against: discriminator, using: &random))
  }

  private mutating func alternateOnSharedNoise(
    _ parts: [Tensor], using random: inout RandomGenerator
  ) throws(TrainingError) -> (Move, Answer) {
    let z = generator.latent(count: parts[0].shape[0], using: &random)
    var tracked = TrackedModule(generator)
    let fake = tracked.module.forward(Variable(constant: z))
    var move = Move(loss: 0, norm: 0)
    for real in parts { move = try moveDiscriminator(real, fake.stopGradient, using: &random) }
    return (move, try answer(tracked, fake, parts[parts.count - 1], against: discriminator, using: &random))
  }

  private mutating func moveAtOnce(
    _ parts: [Tensor], using random: inout RandomGenerator
  ) throws(TrainingError) -> (Move, Answer) {
    let z = generator.latent(count: parts[0].shape[0], using: &random)
    var tracked = TrackedModule(generator)
    let fake = tracked.module.forward(Variable(constant: z))
    let old = discriminator
    var move = Move(loss: 0, norm: 0)
    for real in parts { move = try moveDiscriminator(real, fake.stopGradient, using: &random) }
    return (move, try answer(tracked, fake, parts[parts.count - 1], against: old, using: &random))
  }

  // MARK: One player's move

  /// A loss before the move, and the length of its gradient.
  private struct Move {
    var loss: Float
    var norm: Float
  }

  /// What the generator is about to do.
  private struct Answer {
    var move: Move
    var gradients: Gradients
  }

  private mutating func moveDiscriminator(
    _ real: Tensor, _ fake: Variable, using random: inout RandomGenerator
  ) throws(TrainingError) -> Move {
    let objective = objective
    var (loss, gradients) = valueAndGradient(updatingBuffersOf: &discriminator) { discriminator in
      objective.discriminatorLoss(&discriminator, real: real, fake: fake, using: &random)
    }
    let norm = gradients.norm
    guard loss.isFinite, norm.isFinite else {
      throw notFinite("discriminator", loss, discriminator.firstNotFinite(in: gradients), real)
    }
    if let limit = configuration.training.gradientLimit { gradients.clip(toNorm: limit) }
    discriminatorOptimizer.update(&discriminator, with: gradients)
    return Move(loss: loss, norm: norm)
  }

  private mutating func answer(
    _ tracked: TrackedModule<G>, _ fake: Variable, _ real: Tensor, against discriminator: D,
    using random: inout RandomGenerator
  ) throws(TrainingError) -> Answer {
    var opponent = discriminator
    if configuration.unrolledSteps > 0 {
      opponent = unrolled(
        opponent, steps: configuration.unrolledSteps, optimizer: discriminatorOptimizer, objective: objective,
        real: real, fake: fake, using: &random)
    }
    let output = objective.generatorLoss(opponent, fake: fake, using: &random)
    var gradients = tracked.gradients(of: output)
    let (loss, norm) = (output.value.item, gradients.norm)
    guard loss.isFinite, norm.isFinite else {
      throw notFinite("generator", loss, generator.firstNotFinite(in: gradients), real)
    }
    generator.copyBuffers(from: tracked.module)
    if let limit = configuration.training.gradientLimit { gradients.clip(toNorm: limit) }
    return Answer(move: Move(loss: loss, norm: norm), gradients: gradients)
  }

  /// Where the trouble shows first, in the order of the computation.
  private func notFinite(_ player: String, _ loss: Float, _ gradient: String?, _ real: Tensor) -> TrainingError {
    let place: String
    if !real.isFinite {
      place = "the batch"
    } else if let name = generator.firstParameterNotFinite {
      place = "the parameter generator." + name
    } else if let name = discriminator.firstParameterNotFinite {
      place = "the parameter discriminator." + name
    } else if !loss.isFinite {
      place = "the loss of the " + player
    } else {
      place = "the gradient of " + player + "." + (gradient ?? "")
    }
    return .notFinite(tensor: place, step: generatorOptimizer.step)
  }
}

/// A module whose parameters are leaves of the tape, and those leaves.
struct TrackedModule<M: Module> {
  var module: M
  let leaves: [Variable]

  init(_ module: M) { (self.module, leaves) = module.tracked() }

  /// The gradients of a scalar; its graph is used up.
  func gradients(of output: Variable) -> Gradients {
    let found = Autodiff.gradients(of: output, withRespectTo: leaves, isDifferentiable: false, isConsuming: true)
    return Gradients(found.map { $0.value })
  }
}

extension Tensor {
  /// The rows in `count` parts of one size, a multiple of `multiple`: what is left over is left out, and where there are
  /// too few rows they are taken again from the start.
  func dealt(into count: Int, multiple: Int) -> [Tensor] {
    let rows = shape[0]
    if count == 1, rows % multiple == 0 { return [self] }
    let size = Swift.max(rows / count / multiple, 1) * multiple
    return (0..<count).map { part in
      gatheringRows(at: (part * size..<(part + 1) * size).map { $0 % rows })
    }
  }
}
