import Autodiff
import GenerativeModels
import NeuralNetworks
import TensorCore
import TestSupport
import Testing

@Suite struct VariationalTrainingTests {
  private let plan = TrainingConfiguration(
    epochs: 3, batchSize: 16, learningRate: .cosine(from: 1e-2, to: 0, steps: 12))

  private func model(_ observation: ObservationModel, using random: inout RandomGenerator) -> VariationalAutoencoder {
    VariationalAutoencoder(widths: [6, 8, 2], observation: observation, activation: .tanh, using: &random)
  }

  private static let whole: [[Float]] = [
    [1, 1, 1, 0, 0, 0], [0, 0, 0, 1, 1, 1], [1, 0, 1, 0, 1, 0], [0, 1, 0, 1, 0, 1],
  ]

  /// The four patterns in turn, some digits flipped.
  private func patterns(_ count: Int, using random: inout RandomGenerator) -> Tensor {
    let rows = Tensor(Self.whole).gatheringRows(at: (0..<count).map { $0 % 4 })
    let flips = random.uniform(shape: rows.shape) .< Tensor(0.05)
    return rows + flips - rows * flips * 2
  }

  /// The best that can be: every pattern has the probability 1/4, a digit is flipped in one of twenty.
  private var entropy: Double { log(4.0) - 6 * (0.95 * log(0.95) + 0.05 * log(0.05)) }

  @Test func patternsAreModelled() throws {
    var random = RandomGenerator(seed: 31)
    let rows = patterns(2_000, using: &random)
    var model = VariationalAutoencoder(widths: [6, 32, 2], observation: .bernoulli, using: &random)
    let long = TrainingConfiguration(
      epochs: 60, batchSize: 100, learningRate: .cosine(from: 1e-2, to: 0, steps: 1_200))
    let history = try model.train(on: rows, configuration: long, using: &random)
    #expect(history.termNames == ["reconstruction", "divergence"])
    for step in [0, 599, 1_199] {
      let sum = history[term: "reconstruction"][step] + history[term: "divergence"][step]
      #expect(abs(sum - history.losses[step]) < 1e-5)
    }
    let bound = model.evidenceBound(of: rows, draws: 20, using: &random)
    #expect(bound.total.mean > entropy - 0.05 && bound.total.mean < entropy + 0.5, "\(bound.total) \(entropy)")
    // More draws, a tighter bound.
    let means = [1, 8, 64].map { draws in
      model.negativeLogLikelihoods(of: rows, draws: draws, using: &random).reduce(0, +) / 2_000
    }
    #expect(abs(means[0] - bound.total.mean) < 0.05)
    #expect(means[1] < means[0] && means[2] < means[1] + 0.01 && means[2] > entropy - 0.05, "\(means)")
    // Samples look like the data: nearly all lie within one flip of a pattern.
    let samples = model.sample(count: 1_000, scatters: true, using: &random)
    #expect(samples.scalars.allSatisfy { $0 == 0 || $0 == 1 })
    let near = (0..<1_000).count { row in
      let sample = samples.rows(row..<row + 1).scalars
      return Self.whole.contains { zip($0, sample).count { $0 != $1 } <= 1 }
    }
    #expect(near > 850, "\(near)")
    #expect(model.decode(model.encode(rows)).scalars.allSatisfy { (0...1).contains($0) })
    #expect(model.reconstruct(rows.rows(0..<4)).shape == [4, 6])
    #expect(model.interpolate(from: rows.rows(0..<1), to: rows.rows(1..<2), count: 7).shape == [7, 6])
  }

  /// A large beta makes the code say nothing; a small one lets it speak.
  @Test func betaDecidesHowMuchACodeSays() throws {
    var random = RandomGenerator(seed: 32)
    let rows = patterns(800, using: &random)
    let long = TrainingConfiguration(epochs: 40, batchSize: 50, learningRate: 1e-2)
    var uses: [LatentUse] = []
    for beta: Float in [0.1, 1, 20] {
      var model = model(.bernoulli, using: &random)
      try model.train(on: rows, beta: beta, configuration: long, using: &random)
      uses.append(model.latentUse(of: rows))
    }
    let totals = uses.map { $0.divergences.reduce(0, +) }
    #expect(totals[0] > totals[1] && totals[1] > totals[2], "\(totals)")
    #expect(uses[0].activeUnits() == 2 && uses[0].collapsedUnits() == 0)
    #expect(uses[2].activeUnits() == 0 && uses[2].collapsedUnits() == 2, "\(uses[2])")
  }

  @Test func theWarmUpGrows() throws {
    var random = RandomGenerator(seed: 33)
    var learner = VariationalLearner(model(.bernoulli, using: &random), beta: 4, warmup: 4, configuration: plan)
    let rows = patterns(16, using: &random)
    var weights: [Float] = []
    for _ in 0..<6 {
      weights.append(learner.presentBeta)
      let report = try learner.learn(from: rows, using: &random)
      let parts = (report[term: "reconstruction"] ?? 0, report[term: "divergence"] ?? 0)
      #expect(abs(report.loss - (parts.0 + weights[weights.count - 1] * parts.1)) < 1e-4)
    }
    #expect(weights == [0, 1, 2, 3, 4, 4])
  }

  /// Through the bytes of a file.
  @Test(arguments: [0, 1, 4, 5, 12])
  func resumingChangesNoBit(at step: Int) throws {
    var start = RandomGenerator(seed: 34)
    let rows = start.normal(shape: [50, 6])
    let fresh = VariationalLearner(
      model(.learnedGaussian, using: &start), beta: 2, warmup: 7, configuration: plan)
    var (whole, wholeTrainer, wholeRandom) = (fresh, Trainer(plan), start)
    try wholeTrainer.run(&whole, on: rows, using: &wholeRandom)
    var (learner, trainer, random) = (fresh, Trainer(plan), start)
    try trainer.run(&learner, on: rows, upTo: step, using: &random)
    let stored = Checkpoint(trainer, learner, random)
    (learner, trainer, random) = (fresh, Trainer(plan), RandomGenerator(seed: 99))
    try Checkpoint(contents: Safetensors(decoding: stored.contents.encoded())).restore(&trainer, &learner, &random)
    try trainer.run(&learner, on: rows, using: &random)
    #expect(Checkpoint(trainer, learner, random) == Checkpoint(wholeTrainer, whole, wholeRandom))
    #expect(learner.model.parameterNames.last == "learnedLogVariance")
  }

  @Test func troubleIsNamed() throws {
    var random = RandomGenerator(seed: 35)
    var rows = random.normal(shape: [16, 6])
    var sound = model(.learnedGaussian, using: &random)
    var broken = sound
    broken.decoder.layers[0].bias = Variable(constant: Tensor(repeating: .nan, shape: [8]))
    #expect(throws: TrainingError.notFinite(tensor: "the parameter decoder.layers.0.bias", step: 0)) {
      try broken.train(on: rows, configuration: plan, using: &random)
    }
    broken = sound
    broken.encoder.layers[1].bias = Variable(constant: Tensor(repeating: 200, shape: [4]))
    #expect(throws: TrainingError.notFinite(tensor: "the divergence", step: 0)) {
      try broken.train(on: rows, configuration: plan, using: &random)
    }
    rows[3, 2] = .infinity
    #expect(throws: TrainingError.rowNotFinite(argument: "data", row: 3)) {
      try sound.train(on: rows, configuration: plan, using: &random)
    }
    #expect(throws: TrainingError.unusableData(shape: [0, 6])) {
      try sound.train(on: Tensor(zeros: [0, 6]), configuration: plan, using: &random)
    }
  }

  @Test func scatteredSamplesHaveTheDeviation() {
    var random = RandomGenerator(seed: 36)
    let model = VariationalAutoencoder(
      widths: [3, 2], observation: .gaussian(standardDeviation: 0.5), activation: .identity, using: &random)
    #expect(model.learnedLogVariance == nil && abs((model.observationDeviation ?? 0) - 0.5) < 1e-7)
    var again = random
    let samples = model.sample(count: 40_000, scatters: true, using: &random)
    let means = model.sample(count: 40_000, using: &again)
    #expect(abs((samples - means).variance().item - 0.25) < 0.01)
    let codes = model.sampleCodes(of: Tensor(zeros: [40_000, 3]), using: &random)
    let posterior = model.posterior(Variable(constant: Tensor(zeros: [1, 3])))
    for place in 0..<2 {
      let variance = exp(Double(posterior.logVariance.value[0, place]))
      #expect(abs(Double(codes.variance(axis: 0).scalars[place]) / variance - 1) < 0.05)
      #expect(abs(codes.mean(axis: 0).scalars[place] - posterior.mean.value[0, place]) < 0.05)
    }
  }
}

@Suite struct RefusedVariationalTests {
  private static func standard() -> VariationalAutoencoder {
    var random = RandomGenerator(seed: 1)
    return VariationalAutoencoder(widths: [4, 2], observation: .bernoulli, using: &random)
  }

  @Test func badModelsStop() async {
    await #expect(processExitsWith: .failure) {
      var random = RandomGenerator(seed: 1)
      _ = VariationalAutoencoder(widths: [4, 0], observation: .bernoulli, using: &random)
    }
    await #expect(processExitsWith: .failure) {
      var random = RandomGenerator(seed: 1)
      _ = VariationalAutoencoder(widths: [4, 2], observation: .gaussian(standardDeviation: 0), using: &random)
    }
    await #expect(processExitsWith: .failure) {
      _ = VariationalLearner(Self.standard(), beta: -1, configuration: TrainingConfiguration(epochs: 1, batchSize: 1))
    }
    await #expect(processExitsWith: .failure) {
      let plan = TrainingConfiguration(epochs: 1, batchSize: 1)
      _ = VariationalLearner(Self.standard(), warmup: -1, configuration: plan)
    }
  }

  @Test func badRowsStop() async {
    await #expect(processExitsWith: .failure) {
      var (model, random) = (Self.standard(), RandomGenerator(seed: 2))
      let plan = TrainingConfiguration(epochs: 1, batchSize: 2)
      try model.train(on: Tensor(zeros: [2, 3]), configuration: plan, using: &random)
    }
    await #expect(processExitsWith: .failure) {
      var (model, random) = (Self.standard(), RandomGenerator(seed: 2))
      let plan = TrainingConfiguration(epochs: 1, batchSize: 2)
      try model.train(on: Tensor(repeating: 255, shape: [2, 4]), configuration: plan, using: &random)
    }
    expectTrap(
      "VariationalAutoencoder.evidenceBound: rows: needs at least one row, not [0, 4]",
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        var random = RandomGenerator(seed: 2)
        _ = Self.standard().evidenceBound(of: Tensor(zeros: [0, 4]), using: &random)
      })
    await #expect(processExitsWith: .failure) {
      var random = RandomGenerator(seed: 2)
      _ = Self.standard().negativeLogLikelihoods(of: Tensor(zeros: [1, 4]), draws: 0, using: &random)
    }
    await #expect(processExitsWith: .failure) { _ = Self.standard().decode(Tensor(zeros: [1, 3])) }
    await #expect(processExitsWith: .failure) {
      var random = RandomGenerator(seed: 2)
      _ = Self.standard().sample(count: -1, using: &random)
    }
  }
}
