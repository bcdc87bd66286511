import Autodiff
import GenerativeModels
import NeuralNetworks
import TensorCore
import TestSupport
import Testing

private typealias Learner = AdversarialLearner<MLPGenerator, MLPDiscriminator, GANObjective>

@Suite struct AdversarialLearnerTests {
  private func start(
    spectral: Bool = false, minibatch: MinibatchStandardDeviation? = nil
  ) -> (MLPGenerator, MLPDiscriminator, RandomGenerator) {
    var random = RandomGenerator(seed: 4)
    let generator = MLPGenerator(widths: [3, 8, 2], using: &random)
    let discriminator = MLPDiscriminator(
      widths: [2, 8, 1], octaves: 1, spectral: spectral, minibatch: minibatch, using: &random)
    return (generator, discriminator, random)
  }

  private func plan(_ updates: AdversarialConfiguration.Updates) -> AdversarialConfiguration {
    AdversarialConfiguration(
      TrainingConfiguration(steps: 4, batchSize: 6, learningRate: 1e-2), discriminatorLearningRate: 2e-2,
      updates: updates)
  }

  /// The learner does what the algorithm's lines say, to the bit.
  @Test(arguments: [
    AdversarialConfiguration.Updates.alternating, .alternatingOnSharedNoise, .simultaneous,
  ])
  func stepsAreThoseOfTheAlgorithm(updates: AdversarialConfiguration.Updates) throws {
    var (generator, discriminator, random) = start()
    var learner = Learner(generator, discriminator, objective: GANObjective(.hinge), configuration: plan(updates))
    var (adamG, adamD) = (
      Adam(learningRate: 1e-2, betas: (0.5, 0.999)), Adam(learningRate: 2e-2, betas: (0.5, 0.999))
    )
    var same = random
    for _ in 0..<4 {
      let x = numbers([6, 2])
      let report = try learner.learn(from: x, using: &same)

      let old = discriminator
      var z = random.normal(shape: [6, 3])
      let fake = generator(z)
      let (dLoss, dGradients) = valueAndGradient(at: discriminator) { judge in
        // One pass for both, as the learner does: sums over rows then have the same order.
        let logits = judge(Variable.concatenated([Variable(constant: x), fake], axis: 0))
        return AdversarialLoss.hinge.discriminator(real: logits.rows(0..<6), fake: logits.rows(6..<12))
      }
      adamD.update(&discriminator, with: dGradients)
      if updates == .alternating { z = random.normal(shape: [6, 3]) }
      let opponent = updates == .simultaneous ? old : discriminator
      let (gLoss, gGradients) = valueAndGradient(at: generator) { maker in
        AdversarialLoss.hinge.generator(fake: opponent(maker(z)))
      }
      adamG.update(&generator, with: gGradients)

      #expect(report.loss == gLoss && report[term: "generator"] == gLoss && report[term: "discriminator"] == dLoss)
      #expect(report[term: "generator gradient"] == gGradients.norm)
      #expect(report[term: "discriminator gradient"] == dGradients.norm)
    }
    #expect(learner.generator.parameters == generator.parameters)
    #expect(learner.discriminator.parameters == discriminator.parameters)
    #expect(same == random)
  }

  /// Several steps of the discriminator share the batch out among them.
  @Test func discriminatorSteps() throws {
    let (generator, discriminator, random) = start()
    var configuration = plan(.alternating)
    configuration.discriminatorSteps = 3
    var learner = Learner(generator, discriminator, objective: GANObjective(), configuration: configuration)
    var same = random
    _ = try learner.learn(from: numbers([6, 2]), using: &same)
    #expect(learner.discriminatorOptimizer.step == 3 && learner.generatorOptimizer.step == 1)
    // Fewer rows than steps: rows serve again.
    _ = try learner.learn(from: numbers([2, 2]), using: &same)
    #expect(learner.discriminatorOptimizer.step == 6)
  }

  @Test func resumingChangesNoBit() throws {
    let (generator, discriminator, random) = start(spectral: true)
    let objective = GANObjective(.wasserstein, penalty: .wasserstein(weight: 0.1))
    var configuration = plan(.alternating)
    configuration.training.length = .steps(9)
    configuration.averageDecay = 0.9
    func run(_ trainer: inout Trainer, _ learner: inout Learner, _ random: inout RandomGenerator, to limit: Int?) throws
    {
      try trainer.run(
        &learner, drawing: { $1.normal(shape: [$0, 2]) }, upTo: limit, using: &random)
    }
    func learner() -> Learner { Learner(generator, discriminator, objective: objective, configuration: configuration) }
    var (whole, wholeTrainer, wholeRandom) = (learner(), Trainer(configuration.training), random)
    try run(&wholeTrainer, &whole, &wholeRandom, to: nil)

    var (parts, trainer, other) = (learner(), Trainer(configuration.training), random)
    try run(&trainer, &parts, &other, to: 4)
    let bytes = Checkpoint(trainer, parts, other).contents.encoded()
    (parts, trainer, other) = (learner(), Trainer(configuration.training), RandomGenerator(seed: 77))
    try Checkpoint(contents: Safetensors(decoding: bytes)).restore(&trainer, &parts, &other)
    try run(&trainer, &parts, &other, to: nil)
    #expect(Checkpoint(trainer, parts, other) == Checkpoint(wholeTrainer, whole, wholeRandom))
    #expect(parts.average?.average.parameters == whole.average?.average.parameters)
    #expect(parts.average?.average.parameters != parts.generator.parameters)
    #expect(parts.discriminator.buffers == whole.discriminator.buffers && !whole.discriminator.buffers.isEmpty)
  }

  @Test func notANumberNamesStepAndTensor() throws {
    func failure(_ damage: (inout Learner, inout Tensor) -> Void) throws -> TrainingError {
      let (generator, discriminator, random) = start()
      var same = random
      var learner = Learner(generator, discriminator, objective: GANObjective(), configuration: plan(.alternating))
      var batch = numbers([6, 2])
      _ = try learner.learn(from: batch, using: &same)
      damage(&learner, &batch)
      return try #require(throws: TrainingError.self) { _ = try learner.learn(from: batch, using: &same) }
    }
    #expect(try failure { $1[2, 1] = .nan } == .notFinite(tensor: "the batch", step: 1))
    let bad = Variable(constant: Tensor(repeating: .infinity, shape: [8]))
    #expect(
      try failure { learner, _ in learner.generator.network.layers[0].bias = bad }
        == .notFinite(tensor: "the parameter generator.layers.0.bias", step: 1))
    #expect(
      try failure { learner, _ in learner.discriminator.layers[0].bias = bad }
        == .notFinite(tensor: "the parameter discriminator.layers.0.bias", step: 1))
    #expect(
      try failure { learner, _ in
        learner.discriminator.layers[0].bias = Variable(constant: Tensor(repeating: 10, shape: [8]))
        learner.discriminator.layers[1].weight = Variable(constant: Tensor(repeating: 3e38, shape: [8, 1]))
      } == .notFinite(tensor: "the loss of the discriminator", step: 1))
  }

  @Test func badInputStops() async {
    await #expect(processExitsWith: .failure) {
      _ = AdversarialConfiguration(TrainingConfiguration(steps: 1, batchSize: 1), discriminatorSteps: 0)
    }
    await #expect(processExitsWith: .failure) {
      _ = AdversarialConfiguration(
        TrainingConfiguration(steps: 1, batchSize: 1), updates: .simultaneous, unrolledSteps: 1)
    }
    await #expect(processExitsWith: .failure) { _ = GANObjective(packing: 0) }
  }
}
