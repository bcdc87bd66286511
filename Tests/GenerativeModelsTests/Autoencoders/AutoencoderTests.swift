import Autodiff
import Datasets
import GenerativeModels
import Metrics
import NeuralNetworks
import TensorCore
import Testing

@Suite struct AutoencoderTests {
  /// Rows of width 8 whose variance is mostly in three directions.
  private func correlatedRows(_ count: Int) -> Tensor {
    var random = RandomGenerator(seed: 21)
    let mixing = random.normal(shape: [8, 8])
    let scales = Tensor([2, 1.5, 1, 0.3, 0.25, 0.2, 0.15, 0.1])
    return matmul(random.normal(shape: [count, 8]) * scales, mixing) + Tensor([1, 0, -1, 2, 0, 0, 3, 0])
  }

  /// The best linear code is PCA's: the trained error may exceed it by 2 % and cannot fall below it.
  @Test func aLinearAutoencoderIsPrincipalComponentAnalysis() throws {
    let rows = correlatedRows(512)
    let best = PrincipalComponents(of: rows, count: 3).discardedVariance / 8
    var random = RandomGenerator(seed: 5)
    var model = Autoencoder(widths: [8, 3], activation: .identity, using: &random)
    let rate = LearningRate.cosine(from: 2e-2, to: 0, steps: 16 * 60)
    try model.train(
      on: rows, configuration: TrainingConfiguration(epochs: 60, batchSize: 32, learningRate: rate), using: &random)
    let error = meanSquaredError(of: model.reconstruct(rows), to: rows)
    #expect(error < best * 1.02)
    #expect(error > best * 0.9999)
  }

  /// A decoder that sees nothing can only learn one number: for two fifths of ones and three fifths of zeros the
  /// squared error's best answer is the mean, 0.4, and the absolute error's the median, 0.
  @Test(arguments: [(ReconstructionLoss.l2, Float(0.4)), (.l1, 0)])
  func theLossChoosesTheAnswer(_ loss: ReconstructionLoss, _ answer: Float) throws {
    let rows = Tensor([1, 1, 0, 0, 0], shape: [5, 1])
    var random = RandomGenerator(seed: 3)
    var model = Autoencoder(widths: [1, 1], using: &random)
    model.encoder.layers[0] = Linear(weight: Tensor([[0]]), bias: Tensor([0]))
    let learner = GradientLearner(model.decoder, optimizer: Adam(learningRate: .linear(from: 0.05, to: 0, steps: 600)))
    {
      decoder, batch, _ in loss(decoder(Tensor(zeros: batch.shape)), batch)
    }
    var trained = learner
    var trainer = Trainer(TrainingConfiguration(epochs: 600, batchSize: 5))
    try trainer.run(&trained, on: rows, using: &random)
    model.decoder = trained.model
    let rebuilt = model.reconstruct(rows)
    for value in rebuilt.scalars { #expect((value - answer).magnitude < 1e-3) }
  }

  /// Rows (group, answer) with the answer hidden: for each group the squared error's best answer is the mean of what it
  /// may be, and the absolute error's the median.
  @Test(arguments: [(ReconstructionLoss.l2, [Float(1.2), 4.6]), (.l1, [0, 3])])
  func theAnswerIsTheConditionalMeanOrMedian(_ loss: ReconstructionLoss, _ answers: [Float]) throws {
    let rows = Tensor([0, 0, 0, 0, 0, 0, 0, 1, 0, 5, 1, 2, 1, 3, 1, 3, 1, 4, 1, 11], shape: [10, 2])
    let shown = Tensor([[1, 0]])
    var random = RandomGenerator(seed: 12)
    let rate = LearningRate.linear(from: 0.05, to: 0, steps: 4_000)
    var learner = GradientLearner(
      Autoencoder(widths: [2, 8, 1], activation: .tanh, using: &random), optimizer: Adam(learningRate: rate)
    ) { model, batch, _ in loss(model(batch * shown), batch) }
    var trainer = Trainer(TrainingConfiguration(steps: 4_000, batchSize: 10))
    try trainer.run(&learner, on: rows, using: &random)
    let answered = learner.model.reconstruct(Tensor([[0, 0], [1, 0]]))
    for group in 0..<2 { #expect(abs(answered[group, 1] - answers[group]) < 0.02, "\(answered)") }
  }

  @Test func codesLieBetween() {
    var random = RandomGenerator(seed: 2)
    let model = Autoencoder(widths: [6, 4, 2], activation: .tanh, using: &random)
    let rows = random.uniform(shape: [2, 6])
    let path = model.interpolate(from: rows.rows(0..<1), to: rows.rows(1..<2).reshaped(to: [6]), count: 5)
    #expect(path.shape == [5, 6])
    #expect(path.rows(0..<1) == model.reconstruct(rows).rows(0..<1))
    #expect(path.rows(4..<5) == model.reconstruct(rows).rows(1..<2))
    let codes = model.encode(rows)
    let middle = model.decode((codes.rows(0..<1) + codes.rows(1..<2)) * 0.5)
    for (value, expected) in zip(path.rows(2..<3).scalars, middle.scalars) { #expect(abs(value - expected) < 1e-6) }
    #expect(model.features(of: rows) == codes && model.featureWidth == 2 && model.width == 6)
  }

  @Test func trainingWithoutRowsIsRefused() {
    var random = RandomGenerator(seed: 1)
    var model = Autoencoder(widths: [4, 2], using: &random)
    let plan = TrainingConfiguration(epochs: 1, batchSize: 2)
    #expect(throws: TrainingError.unusableData(shape: [0, 4])) {
      try model.train(on: Tensor(zeros: [0, 4]), configuration: plan, using: &random)
    }
    var rows = random.normal(shape: [4, 4])
    rows[3, 1] = .nan
    #expect(throws: TrainingError.rowNotFinite(argument: "data", row: 3)) {
      try model.train(on: rows, configuration: TrainingConfiguration(epochs: 1, batchSize: 4), using: &random)
    }
  }

  /// Rows on a line in the plane, pushed off it by noise: the denoiser pulls them back.
  @Test func denoisingPullsTowardsTheData() throws {
    var random = RandomGenerator(seed: 8)
    let positions = random.uniform(shape: [1000, 1], in: -1..<1)
    let rows = Tensor.concatenated([positions, positions], axis: 1)
    let noise = Corruption.gaussianNoise(standardDeviation: 0.3)
    var model = Autoencoder(widths: [2, 16, 2], activation: .silu, using: &random)
    try model.train(
      on: rows, corruption: noise,
      configuration: TrainingConfiguration(epochs: 30, batchSize: 50, learningRate: 3e-3), using: &random)
    let damaged = noise(rows, using: &random)
    let before = meanSquaredError(of: damaged, to: rows)
    let after = meanSquaredError(of: model.reconstruct(damaged), to: rows)
    // Projecting onto the line removes the half of the noise that lies across it.
    #expect(after < before * 0.55)
    let across = model.reconstruct(damaged)
    let distance = meanSquaredError(of: across.slice(axis: 1, 0..<1), to: across.slice(axis: 1, 1..<2))
    #expect(distance < 0.02)
  }

  @Test func widthsMirror() {
    var random = RandomGenerator(seed: 1)
    let model = Autoencoder(widths: [6, 4, 2], outputActivation: .sigmoid, using: &random)
    #expect(
      model.parameterNames == [
        "encoder.layers.0.weight", "encoder.layers.0.bias", "encoder.layers.1.weight", "encoder.layers.1.bias",
        "decoder.layers.0.weight", "decoder.layers.0.bias", "decoder.layers.1.weight", "decoder.layers.1.bias",
      ])
    #expect(model.parameters.map(\.shape) == [[6, 4], [4], [4, 2], [2], [2, 4], [4], [4, 6], [6]])
    let rows = random.uniform(shape: [1500, 6])
    #expect(model.encode(rows).shape == [1500, 2])
    #expect(model.decode(model.encode(rows)) == model.reconstruct(rows))
    #expect(model.reconstruct(rows) == model(rows).value)
    #expect(model.reconstruct(rows).scalars.allSatisfy { (0...1).contains($0) })
  }

  @Test func badInputStops() async {
    await #expect(processExitsWith: .failure) {
      var random = RandomGenerator(seed: 1)
      _ = Autoencoder(widths: [784], using: &random)
    }
    await #expect(processExitsWith: .failure) {
      var random = RandomGenerator(seed: 1)
      _ = Autoencoder(widths: [4, 2], using: &random).encode(Tensor([[1, 2, 3]]))
    }
    await #expect(processExitsWith: .failure) {
      var random = RandomGenerator(seed: 1)
      var model = Autoencoder(widths: [4, 2], using: &random)
      let plan = TrainingConfiguration(epochs: 1, batchSize: 2)
      try model.train(on: Tensor(zeros: [2, 3]), configuration: plan, using: &random)
    }
    await #expect(processExitsWith: .failure) {
      var random = RandomGenerator(seed: 1)
      _ = Autoencoder(widths: [4, 2], using: &random).score(at: Tensor(zeros: [1, 4]), noise: 0)
    }
    await #expect(processExitsWith: .failure) {
      var random = RandomGenerator(seed: 1)
      let model = Autoencoder(widths: [4, 2], using: &random)
      _ = model.interpolate(from: Tensor(zeros: [4]), to: Tensor(zeros: [4]), count: 1)
    }
  }
}
