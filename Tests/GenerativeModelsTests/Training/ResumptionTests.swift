import Autodiff
import GenerativeModels
import NeuralNetworks
import TensorCore
import Testing

/// Every kind of learner, through the one training interface: stopped, stored as a file's bytes and restored into a
/// learner made anew, it ends with the bits of an uninterrupted training; a number that is none is named.
@Suite struct ResumptionTests {
  /// - Parameters:
  ///   - parameter: the name of a tensor in the checkpoint; what the error calls it follows.
  ///   - make: makes the learner as it is at first, the same each time.
  private func check<L: ResumableLearner>(
    on data: Tensor, damaging parameter: String, named name: String, _ make: () -> L,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let configuration = TrainingConfiguration(steps: 8, batchSize: 8)
    var (whole, wholeTrainer, wholeRandom) = (make(), Trainer(configuration), RandomGenerator(seed: 3))
    let start = Checkpoint(wholeTrainer, whole, wholeRandom)
    let history = try wholeTrainer.run(&whole, on: data, using: &wholeRandom)
    let end = Checkpoint(wholeTrainer, whole, wholeRandom)
    #expect(history.losses.count == 8 && end != start, sourceLocation: sourceLocation)

    // Cancelled inside the second epoch of 20 rows.
    var (learner, trainer, random) = (make(), Trainer(configuration), RandomGenerator(seed: 3))
    var asked = 0
    let first = try trainer.run(
      &learner, on: data, using: &random,
      isCancelled: {
        asked += 1
        return asked > 5
      })
    #expect(first.wasStopped && trainer.step == 5 && !trainer.isFinished, sourceLocation: sourceLocation)
    let bytes = Checkpoint(trainer, learner, random).contents.encoded()
    let stored = Checkpoint(contents: try Safetensors(decoding: bytes))

    (learner, trainer, random) = (make(), Trainer(configuration), RandomGenerator(seed: 99))
    try stored.restore(&trainer, &learner, &random)
    let rest = try trainer.run(&learner, on: data, using: &random)
    #expect(rest.losses == Array(history.losses[5...]), sourceLocation: sourceLocation)
    #expect(Checkpoint(trainer, learner, random) == end, sourceLocation: sourceLocation)

    // A weight that is none.
    var contents = stored.contents
    let place = try #require(
      contents.entries.firstIndex { $0.name == parameter }, "\(contents.entries.map(\.name))",
      sourceLocation: sourceLocation)
    contents.entries[place].tensor = contents.entries[place].tensor * Float.nan
    (learner, trainer, random) = (make(), Trainer(configuration), RandomGenerator(seed: 99))
    try Checkpoint(contents: contents).restore(&trainer, &learner, &random)
    let error = #expect(throws: TrainingError.self, sourceLocation: sourceLocation) {
      try trainer.run(&learner, on: data, using: &random)
    }
    #expect(
      error == .notFinite(tensor: "the parameter " + name, step: 5), sourceLocation: sourceLocation)
  }

  private var points: Tensor {
    var random = RandomGenerator(seed: 2)
    return random.normal(shape: [20, 2])
  }

  private var images: Tensor {
    var random = RandomGenerator(seed: 2)
    return random.uniform(shape: [20, 8, 8, 1])
  }

  private func plan(
    _ updates: AdversarialConfiguration.Updates = .alternating, discriminatorSteps: Int = 1, unrolledSteps: Int = 0
  ) -> AdversarialConfiguration {
    AdversarialConfiguration(
      TrainingConfiguration(steps: 8, batchSize: 8, learningRate: .linear(from: 1e-2, to: 0, steps: 8)),
      updates: updates, discriminatorSteps: discriminatorSteps, unrolledSteps: unrolledSteps, averageDecay: 0.9)
  }

  private func game<Objective: AdversarialObjective>(
    _ objective: Objective, inputs: Int = 2, outputs: Int = 1, _ plan: AdversarialConfiguration
  ) -> AdversarialLearner<MLPGenerator, MLPDiscriminator, Objective> {
    var random = RandomGenerator(seed: 1)
    return AdversarialLearner(
      MLPGenerator(widths: [3, 8, 2], using: &random),
      MLPDiscriminator(widths: [inputs, 8, outputs], spectral: true, using: &random), objective: objective,
      configuration: plan)
  }

  private let discriminator = ("discriminator.layers.0.weight", "discriminator.layers.0.weight")

  @Test(arguments: AdversarialLoss.allCases) func adversarial(_ loss: AdversarialLoss) throws {
    try check(on: points, damaging: discriminator.0, named: discriminator.1) {
      game(GANObjective(loss), plan(.alternatingOnSharedNoise))
    }
  }

  @Test func penaltiesPackingAndUnrolling() throws {
    try check(on: points, damaging: discriminator.0, named: discriminator.1) {
      game(GANObjective(.wasserstein, penalty: .wasserstein(weight: 0.1)), plan(discriminatorSteps: 3))
    }
    try check(on: points, damaging: discriminator.0, named: discriminator.1) {
      game(GANObjective(penalty: .r1(gamma: 0.1)), plan(.simultaneous))
    }
    try check(on: points, damaging: discriminator.0, named: discriminator.1) {
      game(GANObjective(.hinge, packing: 2), inputs: 4, plan())
    }
    try check(on: points, damaging: discriminator.0, named: discriminator.1) {
      game(GANObjective(), plan(unrolledSteps: 2))
    }
  }

  @Test func selfSupervisedGames() throws {
    let shifts = Shifts(count: 3, step: 1)
    try check(on: points, damaging: "generator.layers.0.weight", named: "generator.layers.0.weight") {
      game(SSGANObjective(transformations: shifts, use: .oneEach), outputs: 4, plan())
    }
    try check(on: points, damaging: discriminator.0, named: discriminator.1) {
      game(SSGANMSObjective(transformations: shifts), outputs: 5, plan())
    }
    try check(on: points, damaging: discriminator.0, named: discriminator.1) {
      game(SSGANLAObjective(transformations: shifts), outputs: 6, plan())
    }
  }

  /// Batch statistics of the generator, spectral norms of the discriminator and the average are part of the state.
  @Test func imagesWithBuffers() throws {
    try check(
      on: images, damaging: "discriminator.convolutions.0.weight", named: "discriminator.convolutions.0.weight"
    ) {
      var random = RandomGenerator(seed: 1)
      return AdversarialLearner(
        ConvGenerator(latentWidth: 4, height: 8, width: 8, channels: [6, 4], using: &random),
        ConvDiscriminator(
          height: 8, width: 8, channels: [4, 6], outputs: 5, spectral: true,
          minibatch: MinibatchStandardDeviation(), using: &random),
        objective: SSGANObjective(.hinge, transformations: Rotations(), use: .oneEach),
        configuration: plan(.alternatingOnSharedNoise))
    }
  }

  @Test func diffusions() throws {
    let configuration = TrainingConfiguration(steps: 8, batchSize: 8, learningRate: 1e-2, gradientLimit: 1)
    // Two steps of time with a history of one: losses decide before the training is interrupted.
    try check(on: points, damaging: "network.layers.layers.0.weight", named: "layers.layers.0.weight") {
      var random = RandomGenerator(seed: 1)
      return DiffusionLearner(
        TimeMLP(dimension: 2, hidden: [8], timeWidth: 4, learnsVariance: true, using: &random),
        GaussianDiffusion(.cosine(steps: 2), variance: .learned), objective: .hybrid(weight: 0.001),
        timeSampling: .lossAware(history: 1), averageDecay: 0.9, configuration: configuration)
    }
    let rows = points
    try check(
      on: Tensor((0..<20).map { Float($0) }, shape: [20, 1]), damaging: "network.layers.layers.0.weight",
      named: "layers.layers.0.weight"
    ) {
      var random = RandomGenerator(seed: 1)
      return ConditionalDiffusionLearner(
        TimeMLP(dimension: 2, hidden: [8], timeWidth: 4, classes: 2, using: &random),
        GaussianDiffusion(.cosine(steps: 4), target: .v), data: rows, labels: (0..<20).map { $0 % 2 },
        labelDropout: 0.5, configuration: configuration)
    }
    try check(on: points, damaging: "model.layers.layers.0.weight", named: "layers.layers.0.weight") {
      var random = RandomGenerator(seed: 1)
      return FlowMatching().learner(
        TimeMLP(dimension: 2, hidden: [8], timeWidth: 4, using: &random), averageDecay: 0.9,
        configuration: configuration)
    }
  }

  @Test func discreteDiffusions() throws {
    let configuration = TrainingConfiguration(steps: 8, batchSize: 8, learningRate: 1e-2)
    var random = RandomGenerator(seed: 2)
    let tokens = Tensor(random.integers(below: 3, count: 80).map { Float($0) }, shape: [20, 4])
    try check(on: tokens, damaging: "model.output.weight", named: "output.weight") {
      var random = RandomGenerator(seed: 1)
      return MaskedDiffusion(vocabulary: 3, steps: 5).learner(
        TokenTransformer(categories: 4, outputs: 3, length: 4, width: 8, heads: 2, depth: 1, using: &random),
        configuration: configuration)
    }
    let upper = random.uniform(shape: [20, 4, 4])
    var graphs = Tensor(zeros: [20, 4, 4])
    for graph in 0..<20 {
      for i in 0..<4 {
        for j in 0..<i where upper[graph, i, j] < 0.5 {
          graphs[graph, i, j] = 1
          graphs[graph, j, i] = 1
        }
      }
    }
    try check(on: graphs, damaging: "model.edgeOutput.weight", named: "edgeOutput.weight") {
      var random = RandomGenerator(seed: 1)
      return GraphDiffusion(steps: 5, of: graphs).learner(
        GraphTransformer(width: 8, edgeWidth: 4, heads: 2, depth: 1, using: &random), configuration: configuration)
    }
  }

  @Test func contrastiveAndPretext() throws {
    let configuration = TrainingConfiguration(steps: 8, batchSize: 8, learningRate: 1e-2)
    try check(on: images, damaging: "model.projection.layers.0.weight", named: "projection.layers.0.weight") {
      var random = RandomGenerator(seed: 1)
      return ContrastiveModel(
        ConvEncoder(height: 8, width: 8, channels: [4], features: 6, using: &random), projectionWidth: 4,
        using: &random
      ).learner(configuration: configuration)
    }
    try check(on: images, damaging: "model.head.weight", named: "head.weight") {
      var random = RandomGenerator(seed: 1)
      return PretextModel(
        ConvEncoder(height: 8, width: 8, channels: [4], features: 6, using: &random), using: &random
      ).learner(Rotations(), use: .oneEach, configuration: configuration)
    }
  }

  /// A history of losses that belongs to another number of steps is refused, not read beyond its end.
  @Test func anotherHistoryIsRefused() throws {
    let configuration = TrainingConfiguration(steps: 8, batchSize: 8)
    func learner(steps: Int) -> DiffusionLearner<TimeMLP> {
      var random = RandomGenerator(seed: 1)
      return DiffusionLearner(
        TimeMLP(dimension: 2, hidden: [8], timeWidth: 4, using: &random), GaussianDiffusion(.cosine(steps: steps)),
        timeSampling: .lossAware(history: 2), configuration: configuration)
    }
    var (trainer, random) = (Trainer(configuration), RandomGenerator(seed: 3))
    let stored = Checkpoint(trainer, learner(steps: 3), random)
    var other = learner(steps: 5)
    let error = #expect(throws: CheckpointError.self) { try stored.restore(&trainer, &other, &random) }
    #expect(error?.problem == "its sampler of times remembers 6 losses, that of this learner 10")
  }
}
