import Autodiff
import GenerativeModels
import NeuralNetworks
import TensorCore
import Testing

/// Counts what it is shown and can be told to fail.
private struct RecordingLearner: Learner {
  var batches: [[Float]] = []

  mutating func learn(from batch: Tensor, using random: inout RandomGenerator) throws(TrainingError) -> StepReport {
    batches.append(batch.scalars)
    return StepReport(loss: Float(batches.count))
  }
}

@Suite struct TrainerTests {
  let rows = Tensor((0..<10).map(Float.init), shape: [10, 1])

  @Test func everyEpochShowsEveryRowOnce() throws {
    var (trainer, learner) = (Trainer(TrainingConfiguration(epochs: 3, batchSize: 4)), RecordingLearner())
    var random = RandomGenerator(seed: 1)
    let history = try trainer.run(&learner, on: rows, using: &random)
    #expect(learner.batches.map(\.count) == [4, 4, 2, 4, 4, 2, 4, 4, 2])
    for epoch in 0..<3 {
      let seen = learner.batches[epoch * 3..<epoch * 3 + 3].flatMap { $0 }
      #expect(seen.sorted() == rows.scalars)
      #expect(seen != rows.scalars)
    }
    #expect(learner.batches[0] != learner.batches[3])
    #expect(history.losses == [1, 2, 3, 4, 5, 6, 7, 8, 9])
    #expect(history.epochLosses == [2, 5, 8])
    #expect(!history.wasStopped)
  }

  @Test func theObserverSeesEveryNthStepAndTheLast() throws {
    var trainer = Trainer(TrainingConfiguration(epochs: 3, batchSize: 4, observeEvery: 4))
    var learner = RecordingLearner()
    var random = RandomGenerator(seed: 1)
    var seen: [[Int]] = []
    try trainer.run(&learner, on: rows, using: &random) { learner, progress in
      #expect(learner.batches.count == progress.step)
      #expect(progress.loss == Float(progress.step))
      seen.append([progress.step, progress.epoch, progress.stepCount])
    }
    #expect(seen == [[4, 1, 9], [8, 2, 9], [9, 2, 9]])
  }

  /// Stopped half-way and continued, a training ends where the uninterrupted one does.
  @Test func stoppingAndResumingChangesNothing() throws {
    let configuration = TrainingConfiguration(epochs: 3, batchSize: 16, learningRate: 1e-2)
    var random = RandomGenerator(seed: 1)
    let data = random.normal(shape: [50, 4])
    let start = Autoencoder(widths: [4, 3, 2], activation: .tanh, using: &random)
    func learner() -> GradientLearner<Autoencoder> {
      start.learner(corruption: .gaussianNoise(standardDeviation: 0.1), configuration: configuration)
    }

    var (whole, wholeTrainer, wholeRandom) = (learner(), Trainer(configuration), random)
    try wholeTrainer.run(&whole, on: data, using: &wholeRandom)

    var (parts, trainer) = (learner(), Trainer(configuration))
    let first = try trainer.run(&parts, on: data, using: &random) { _, progress in
      progress.shouldStop = progress.step == 5
    }
    #expect(first.wasStopped && first.losses.count == 5 && trainer.step == 5)
    let second = try trainer.run(&parts, on: data, using: &random)
    #expect(second.losses.count == 7)
    #expect(parts.model.parameters == whole.model.parameters)
    #expect(random == wholeRandom)
  }

  @Test func cancellationStopsBeforeTheNextStep() throws {
    var (trainer, learner) = (Trainer(TrainingConfiguration(epochs: 3, batchSize: 4)), RecordingLearner())
    var random = RandomGenerator(seed: 1)
    var asked = 0
    let history = try trainer.run(
      &learner, on: rows, using: &random,
      isCancelled: {
        asked += 1
        return asked > 4
      })
    #expect(history.wasStopped && history.losses == [1, 2, 3, 4])
    #expect(trainer.step == 4 && !trainer.isFinished)
    try trainer.run(&learner, on: rows, using: &random)
    #expect(trainer.isFinished && learner.batches.count == 9)
  }

  @Test func stepsEndInsideAnEpoch() throws {
    var (trainer, learner) = (Trainer(TrainingConfiguration(steps: 4, batchSize: 4)), RecordingLearner())
    var random = RandomGenerator(seed: 1)
    let history = try trainer.run(&learner, on: rows, using: &random)
    #expect(learner.batches.map(\.count) == [4, 4, 2, 4])
    #expect(trainer.isFinished && history.stepsPerEpoch == 3 && history.epochLosses == [2, 4])
  }

  @Test func drawnBatchesNeedSteps() async {
    await #expect(processExitsWith: .failure) {
      var (trainer, random) = (Trainer(TrainingConfiguration(epochs: 1, batchSize: 1)), RandomGenerator(seed: 1))
      var learner = GradientLearner(MLP(widths: [1, 1], using: &random), optimizer: Adam(learningRate: 0.1)) {
        model, batch, _ in model(batch).sum()
      }
      try trainer.run(&learner, drawing: { count, random in random.normal(shape: [count, 1]) }, using: &random)
    }
  }

  @Test func termsAreRecorded() throws {
    struct Split: Learner {
      var step: Float = 0
      mutating func learn(from batch: Tensor, using random: inout RandomGenerator) -> StepReport {
        step += 1
        return StepReport(loss: step, terms: [.init("reconstruction", 2 * step), .init("KL", -step)])
      }
    }
    var (trainer, learner) = (Trainer(TrainingConfiguration(steps: 3, batchSize: 4, observeEvery: 3)), Split())
    var random = RandomGenerator(seed: 1)
    let history = try trainer.run(&learner, on: rows, using: &random) { _, progress in
      #expect(progress.report[term: "KL"] == -3 && progress.report[term: "none"] == nil)
    }
    #expect(history.termNames == ["reconstruction", "KL"])
    #expect(history[term: "reconstruction"] == [2, 4, 6] && history[term: "KL"] == [-1, -2, -3])
    #expect(history[term: "none"].isEmpty)
  }

  @Test func notANumberNamesStepAndTensor() throws {
    var random = RandomGenerator(seed: 1)
    let configuration = TrainingConfiguration(epochs: 2, batchSize: 1, learningRate: 1e-2)
    var model = Autoencoder(widths: [2, 2], using: &random)
    let batch = try #require(throws: TrainingError.self) {
      var trainer = Trainer(TrainingConfiguration(steps: 3, batchSize: 1))
      var learner = model.learner(configuration: configuration)
      var drawn: Float = 0
      let draw = { (_: Int, _: inout RandomGenerator) -> Tensor in
        drawn += 1
        return Tensor([[1, drawn < 3 ? 2 : .nan]])
      }
      try trainer.run(&learner, drawing: draw, using: &random)
    }
    #expect(batch == .notFinite(tensor: "the batch", step: 2))

    model = Autoencoder(widths: [2, 2], using: &random)
    model.decoder.layers[0].bias = Variable(constant: Tensor([0, .infinity]))
    let inWeights = try #require(throws: TrainingError.self) {
      try model.train(on: Tensor([[1, 2]]), configuration: configuration, using: &random)
    }
    #expect(inWeights == .notFinite(tensor: "the parameter decoder.layers.0.bias", step: 0))
    #expect(
      inWeights.description == """
        training stopped at step 0: the parameter decoder.layers.0.bias holds a number that is NaN or infinite
          lower the learning rate, limit the gradients, or look for such numbers in the data
        """)

    model = Autoencoder(widths: [2, 2], using: &random)
    let inLoss = try #require(throws: TrainingError.self) {
      try model.train(on: Tensor([[1e30, 2]]), configuration: configuration, using: &random)
    }
    #expect(inLoss == .notFinite(tensor: "the loss", step: 0))

    // A finite loss whose gradient is none: the root at 0.
    var learner = GradientLearner(MLP(widths: [1, 1], using: &random), optimizer: Adam(learningRate: 0.1)) {
      model, batch, _ in sqrt(square(model(batch))).sum()
    }
    learner.model.layers[0].bias = Variable(constant: Tensor([0]))
    var trainer = Trainer(TrainingConfiguration(steps: 1, batchSize: 1))
    let inGradient = try #require(throws: TrainingError.self) {
      try trainer.run(&learner, on: Tensor([[0]]), using: &random)
    }
    #expect(inGradient == .notFinite(tensor: "the gradient of layers.0.weight", step: 0))
  }

  @Test func gradientsAreLimited() throws {
    var random = RandomGenerator(seed: 1)
    var model = Autoencoder(widths: [2, 2], using: &random)
    let configuration = TrainingConfiguration(epochs: 1, batchSize: 1, learningRate: 1e-2, gradientLimit: 1e-3)
    var norms: [Float] = []
    try model.train(on: Tensor([[100, 200]]), configuration: configuration, using: &random) { progress in
      norms.append(progress.gradientNorm ?? 0)
    }
    #expect(norms.count == 1 && norms[0] > 1)
  }

  @Test func emptyDataAreAnError() throws {
    var random = RandomGenerator(seed: 1)
    var model = Autoencoder(widths: [2, 2], using: &random)
    let error = try #require(throws: TrainingError.self) {
      try model.train(on: Tensor(zeros: [0, 2]), configuration: .init(epochs: 1, batchSize: 1), using: &random)
    }
    #expect(error == .unusableData(shape: [0, 2]))
    #expect(
      error.description == """
        cannot train on data of the shape [0, 2]
          give at least one row: [rows, ...]
        """)
  }

  /// Before the first step, whichever row comes first in it; nothing is drawn or changed.
  @Test func theFirstBadRowIsNamed() throws {
    let start = RandomGenerator(seed: 1)
    for bad: Float in [.nan, .infinity] {
      var (trainer, learner) = (Trainer(TrainingConfiguration(epochs: 2, batchSize: 1)), RecordingLearner())
      var random = start
      let data = Tensor([[1, 2], [3, 4], [5, bad], [bad, 8]])
      let error = try #require(throws: TrainingError.self) { try trainer.run(&learner, on: data, using: &random) }
      #expect(error == .rowNotFinite(argument: "data", row: 2))
      #expect(
        error.description == """
          cannot train: row 2 of data holds a number that is NaN or infinite
            remove such rows first
          """)
      #expect(learner.batches.isEmpty && random == start)
    }
  }

  @Test func badConfigurationsStop() async {
    await #expect(processExitsWith: .failure) { _ = Trainer(TrainingConfiguration(epochs: 0, batchSize: 1)) }
    await #expect(processExitsWith: .failure) { _ = Trainer(TrainingConfiguration(epochs: 1, batchSize: 0)) }
  }

  /// From the third step on every buffer comes from the pool.
  @Test func stepsAllocateNothingAfterTheSecond() async {
    // A process of its own, because other tests use the pool at the same time; one thread, because workers take their
    // scratch memory when they first find a task to do, which may be at any step.
    await #expect(processExitsWith: .success) {
      ThreadPool.use(threads: 1)
      var random = RandomGenerator(seed: 1)
      let data = random.uniform(shape: [128 * 8, 784])
      var model = Autoencoder(widths: [784, 64, 16], using: &random)
      var misses: [Int] = []
      try model.train(on: data, configuration: .init(epochs: 2, batchSize: 128), using: &random) { _ in
        misses.append(BufferPool.statistics.misses)
      }
      if misses[1] != misses[15] { trap("test", "misses after each step: " + describe(misses)) }
    }
  }
}
