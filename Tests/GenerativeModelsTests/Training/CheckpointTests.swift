import Autodiff
import GenerativeModels
import Glibc
import NeuralNetworks
import TensorCore
import Testing

/// A network with everything that has a state: weights, buffers, moments, an average, random draws.
private struct Fixture {
  let data: Tensor
  let network: Autoencoder
  var random: RandomGenerator

  init() {
    random = RandomGenerator(seed: 1)
    data = random.normal(shape: [50, 4])
    network = Autoencoder(widths: [4, 3, 2], activation: .tanh, using: &random)
  }

  func learner() -> GradientLearner<Autoencoder> {
    GradientLearner(
      network, optimizer: Adam(learningRate: .cosine(from: 1e-2, to: 0, steps: 12)),
      average: ExponentialMovingAverage(of: network, decay: 0.9)
    ) { model, batch, random in
      meanSquaredError(model(batch + random.normal(shape: batch.shape, standardDeviation: 0.1)), batch)
    }
  }

  /// A checkpoint after some steps.
  func checkpoint(after steps: Int, configuration: TrainingConfiguration) throws -> Checkpoint {
    var (trainer, learner, random) = (Trainer(configuration), learner(), random)
    try trainer.run(&learner, on: data, upTo: steps, using: &random)
    return Checkpoint(trainer, learner, random)
  }
}

@Suite struct CheckpointTests {
  private let fixture = Fixture()
  private let configuration = TrainingConfiguration(epochs: 3, batchSize: 16)

  /// Through the bytes of a file, at the start, inside an epoch, between two, and at the end.
  @Test(arguments: [0, 1, 4, 5, 12])
  func resumingChangesNoBit(at step: Int) throws {
    var (whole, wholeTrainer, wholeRandom) = (fixture.learner(), Trainer(configuration), fixture.random)
    let history = try wholeTrainer.run(&whole, on: fixture.data, using: &wholeRandom)

    let stored = try fixture.checkpoint(after: step, configuration: configuration)
    let read = Checkpoint(contents: try Safetensors(decoding: stored.contents.encoded()))
    #expect(read == stored)
    var (trainer, learner, random) = (Trainer(configuration), fixture.learner(), RandomGenerator(seed: 999))
    try read.restore(&trainer, &learner, &random)
    #expect(trainer.step == step)
    let rest = try trainer.run(&learner, on: fixture.data, using: &random)
    #expect(rest.losses == Array(history.losses[step...]))
    #expect(trainer.isFinished)
    // Weights, moments, average and generator at once.
    #expect(Checkpoint(trainer, learner, random) == Checkpoint(wholeTrainer, whole, wholeRandom))
    #expect(learner.model.parameters == whole.model.parameters)
    #expect(learner.average?.average.parameters == whole.average?.average.parameters)
    #expect(random == wholeRandom)
  }

  @Test func drawnBatchesResumeToo() throws {
    let configuration = TrainingConfiguration(steps: 9, batchSize: 8)
    func run(
      _ trainer: inout Trainer, _ learner: inout GradientLearner<Autoencoder>, _ random: inout RandomGenerator,
      to limit: Int?
    ) throws {
      try trainer.run(
        &learner, drawing: { count, random in random.normal(shape: [count, 4]) }, upTo: limit, using: &random)
    }
    var (whole, wholeTrainer, wholeRandom) = (fixture.learner(), Trainer(configuration), fixture.random)
    try run(&wholeTrainer, &whole, &wholeRandom, to: nil)
    var (learner, trainer, random) = (fixture.learner(), Trainer(configuration), fixture.random)
    try run(&trainer, &learner, &random, to: 4)
    #expect(trainer.step == 4 && !trainer.isFinished)
    let stored = Checkpoint(trainer, learner, random)
    (trainer, learner, random) = (Trainer(configuration), fixture.learner(), RandomGenerator(seed: 5))
    try stored.restore(&trainer, &learner, &random)
    try run(&trainer, &learner, &random, to: nil)
    #expect(Checkpoint(trainer, learner, random) == Checkpoint(wholeTrainer, whole, wholeRandom))
  }

  @Test func aFileHoldsIt() throws {
    var template = Array("/tmp/checkpoint-XXXXXX".utf8CString)
    let descriptor = mkstemp(&template)
    try #require(descriptor >= 0)
    close(descriptor)
    let path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    defer { unlink(path) }
    let stored = try fixture.checkpoint(after: 5, configuration: configuration)
    try stored.write(to: path)
    #expect(try Checkpoint(contentsOf: path) == stored)
    #expect(stored.contents["model.encoder.layers.0.weight"] != nil)
  }

  @Test func foreignCheckpointsAreRefused() throws {
    let stored = try fixture.checkpoint(after: 5, configuration: configuration)
    var (learner, random) = (fixture.learner(), fixture.random)
    let before = learner.model.parameters

    var other = Trainer(TrainingConfiguration(epochs: 3, batchSize: 8))
    var error = #expect(throws: CheckpointError.self) { try stored.restore(&other, &learner, &random) }
    #expect(error?.problem == "its batches have 16 rows, those of the trainer 8")

    var trainer = Trainer(configuration)
    var contents = stored.contents
    contents.entries.removeAll { $0.name == "optimizer.moment1.decoder.layers.1.bias" }
    error = #expect(throws: CheckpointError.self) {
      try Checkpoint(contents: contents).restore(&trainer, &learner, &random)
    }
    #expect(error?.problem == "it has no tensor optimizer.moment1.decoder.layers.1.bias")

    contents = stored.contents
    contents.metadata["random"] = "1 2 3"
    error = #expect(throws: CheckpointError.self) {
      try Checkpoint(contents: contents).restore(&trainer, &learner, &random)
    }
    #expect(error?.problem == "the entry random is no state of a random generator")

    error = #expect(throws: CheckpointError.self) {
      try Checkpoint(contents: Safetensors(of: fixture.network)).restore(&trainer, &learner, &random)
    }
    #expect(error?.problem == "the file has no entry \"format\" that says training checkpoint 1")

    var narrow = GradientLearner(
      Autoencoder(widths: [4, 2, 2], using: &random), optimizer: Adam(learningRate: 1e-2)
    ) { model, batch, _ in meanSquaredError(model(batch), batch) }
    error = #expect(throws: CheckpointError.self) { try stored.restore(&trainer, &narrow, &random) }
    #expect(error?.problem == "its tensor model.encoder.layers.0.weight is [4, 3], where [4, 2] is expected")

    #expect(trainer.step == 0 && learner.model.parameters == before)
  }

  /// Double numbers keep every bit, those that are no numbers included.
  @Test func doubleNumbersKeepTheirBits() throws {
    struct Counter: ResumableLearner {
      var numbers: [Double]
      mutating func learn(from batch: Tensor, using random: inout RandomGenerator) -> StepReport { .init(loss: 0) }
      mutating func visitState(_ visitor: inout CheckpointVisitor) { visitor.visit("numbers", &numbers) }
    }
    let numbers = [0.1, -.pi * 1e300, .leastNonzeroMagnitude, .infinity, -0.0]
    var (trainer, random) = (Trainer(configuration), fixture.random)
    let stored = Checkpoint(trainer, Counter(numbers: numbers), random)
    var counter = Counter(numbers: [])
    try stored.restore(&trainer, &counter, &random)
    #expect(counter.numbers.map(\.bitPattern) == numbers.map(\.bitPattern))
  }
}
