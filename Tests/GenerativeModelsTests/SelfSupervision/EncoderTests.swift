import Autodiff
import GenerativeModels
import NeuralNetworks
import TensorCore
import TestSupport
import Testing

@Suite struct EncoderTests {
  private func network() -> UNet {
    var random = RandomGenerator(seed: 1)
    var network = UNet(
      UNetConfiguration(widths: [4, 8, 8], blocks: 2, attentionHeads: 2, groups: 2, timeWidth: 8), using: &random)
    // New blocks pass on what they get; after training they do not.
    network.forEachParameter { parameter in
      parameter = Variable(constant: parameter.value + random.normal(shape: parameter.shape, standardDeviation: 0.1))
    }
    return network
  }

  @Test func placesHaveTheirChannels() {
    let network = network()
    let images = numbers([3, 8, 8, 1])
    for (place, width) in [
      (UNetPlace.down(level: 0), 4), (.down(level: 1), 8), (.bottleneck, 8), (.up(level: 2), 8), (.up(level: 0), 4),
    ] {
      #expect(network.features(images, time: 0.3, at: [place]).shape == [3, width])
      #expect(network.features(images, time: 0.3, at: [place], grid: 2).shape == [3, 4 * width])
    }
    let bottleneck = network.features(images, time: 0.3, at: [.bottleneck])
    #expect(bottleneck == network.bottleneckFeatures(images, time: 0.3))
    let both = network.features(images, time: 0.3, at: [.down(level: 1), .bottleneck])
    #expect(both.slice(axis: 1, 8..<16) == bottleneck)
  }

  /// What stands at the top of the way up is what the output is made of.
  @Test func theTopLeadsToTheOutput() {
    let network = network()
    let images = numbers([2, 8, 8, 1])
    let top = network.features(images, time: 0.4, at: [.up(level: 0)], grid: 8)
    let output = network.output(silu(network.outputNorm(Variable(constant: top.reshaped(to: [2, 8, 8, 4])))))
    #expect(output.value == network.predict(images, time: 0.4))
  }

  @Test func cellsAreAveraged() {
    let image = Tensor((0..<32).map { Float($0) }, shape: [1, 4, 4, 2])
    #expect(image.cellMeans(1).scalars == [15, 16])
    #expect(image.cellMeans(2).scalars == [5, 6, 9, 10, 21, 22, 25, 26])
    #expect(image.cellMeans(4).scalars == image.scalars)
    // Three cells on four pixels overlap: 0...1, 1...2, 2...3.
    #expect(image.cellMeans(3).shape == [1, 18] && image.cellMeans(3)[0, 0] == 5)
  }

  /// A description depends on its own image alone, whatever stands beside it, and on the noise.
  @Test func diffusionFeaturesAreFunctions() {
    let (network, diffusion) = (network(), GaussianDiffusion(.cosine(steps: 50)))
    let images = numbers([5, 8, 8, 1])
    let features = DiffusionFeatures(network, diffusion, steps: [0, 10, 30], places: [.bottleneck], grid: 2)
    let found = features(images)
    #expect(found.shape == [5, 96])
    let alone = features(images.rows(3..<4))
    for (a, b) in zip(found.rows(3..<4).scalars, alone.scalars) { #expect(abs(a - b) < 1e-5) }
    // At step 0 there is no noise.
    let clean = network.features(images, time: 0, at: [.bottleneck], grid: 2)
    #expect(found.slice(axis: 1, 0..<32) == clean)
    let other = DiffusionFeatures(network, diffusion, steps: [0, 10, 30], grid: 2, seed: 1)(images)
    #expect(other.slice(axis: 1, 0..<32) == clean && other != found)
  }

  /// Learned from labels, and resumed to the bit.
  @Test func labelsAreLearned() throws {
    var random = RandomGenerator(seed: 2)
    let labels = (0..<120).map { $0 % 3 }
    let centers = random.normal(shape: [3, 6], standardDeviation: 3)
    let rows = centers.gatheringRows(at: labels) + random.normal(shape: [120, 6])
    let start = SupervisedModel(MLPEncoder(widths: [6, 16], using: &random), classes: 3, using: &random)
    let plan = TrainingConfiguration(epochs: 20, batchSize: 32, learningRate: 1e-2)
    var (model, again) = (start, random)
    let history = try model.train(on: rows, labels: labels, configuration: plan, using: &random)
    #expect(zip(model.predict(rows), labels).count { $0 == $1 } > 114)
    #expect(history.losses.count == 80 && model.features(of: rows).shape == [120, 16])

    let data = ClassifiedRows(rows, labels: labels)
    var (learner, trainer) = (start.learner(data, configuration: plan), Trainer(plan))
    try trainer.run(&learner, on: data.rowNumbers, upTo: 33, using: &again)
    let stored = Checkpoint(trainer, learner, again)
    (learner, trainer, again) = (start.learner(data, configuration: plan), Trainer(plan), RandomGenerator(seed: 9))
    try stored.restore(&trainer, &learner, &again)
    try trainer.run(&learner, on: data.rowNumbers, using: &again)
    #expect(learner.model.parameters == model.parameters && again == random)
  }

  @Test func labelsMustTellRowsApart() async throws {
    var random = RandomGenerator(seed: 1)
    var model = SupervisedModel(MLPEncoder(widths: [2, 3], using: &random), classes: 2, using: &random)
    #expect(throws: TrainingError.rowNotFinite(argument: "rows", row: 1)) {
      try model.train(
        on: Tensor([[1, 2], [.nan, 3]]), labels: [0, 1], configuration: TrainingConfiguration(epochs: 1, batchSize: 1),
        using: &random)
    }
    expectTrap(
      "SupervisedModel.learner: labels: all 3 are of class 1; give rows of at least two classes",
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        var random = RandomGenerator(seed: 1)
        var model = SupervisedModel(MLPEncoder(widths: [2, 3], using: &random), classes: 2, using: &random)
        let plan = TrainingConfiguration(epochs: 1, batchSize: 1)
        try model.train(on: Tensor(zeros: [3, 2]), labels: [1, 1, 1], configuration: plan, using: &random)
      })
    expectTrap(
      "SupervisedModel.learner: labels: 2 is not one of the classes 0..<2",
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        var random = RandomGenerator(seed: 1)
        let model = SupervisedModel(MLPEncoder(widths: [2, 3], using: &random), classes: 2, using: &random)
        let plan = TrainingConfiguration(epochs: 1, batchSize: 1)
        _ = model.learner(ClassifiedRows(Tensor(zeros: [1, 2]), labels: [2]), configuration: plan)
      })
  }

  @Test func badInputStops() async {
    await #expect(processExitsWith: .failure) {
      _ = EncoderTests().network().features(numbers([1, 8, 8, 1]), time: 0, at: [.up(level: 3)])
    }
    await #expect(processExitsWith: .failure) {
      _ = EncoderTests().network().features(numbers([1, 8, 8, 1]), time: 0, at: [])
    }
    await #expect(processExitsWith: .failure) {
      _ = EncoderTests().network().features(numbers([1, 8, 8, 1]), time: 0, at: [.bottleneck], grid: 3)
    }
    await #expect(processExitsWith: .failure) {
      _ = DiffusionFeatures(EncoderTests().network(), GaussianDiffusion(.cosine(steps: 50)), steps: [51])
    }
  }
}
