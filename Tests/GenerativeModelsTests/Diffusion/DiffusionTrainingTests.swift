import Autodiff
import Distributions
import GenerativeModels
import NeuralNetworks
import TensorCore
import TestSupport
import Testing

@Suite struct DiffusionTrainingTests {
  /// The ring of the mode-collapse papers: all eight modes, and nine of ten samples within three deviations of one.
  @Test func aTrainedDiffusionCoversTheRing() throws {
    let ring = GaussianMixture.ring()
    var random = RandomGenerator(seed: 1)
    let data = ring.sample(25_600, using: &random).points
    let diffusion = GaussianDiffusion(.cosine(steps: 100))
    let configuration = TrainingConfiguration(
      steps: 2_000, batchSize: 256, learningRate: .cosine(from: 4e-3, to: 0, steps: 2_000))
    var learner = DiffusionLearner(
      TimeMLP(dimension: 2, octaves: 4, using: &random), diffusion, averageDecay: 0.99, configuration: configuration)
    var trainer = Trainer(configuration)
    try trainer.run(&learner, on: data, using: &random)
    let samples = diffusion.sample(learner.averaged, shape: [2_500, 2], using: &random)
    let nearest = ring.nearestModes(samples)
    let good = nearest.distances.indices.filter { nearest.distances[$0] <= 3 * ring.standardDeviations[0] }
    #expect(Double(good.count) / 2_500 >= 0.9)
    for mode in 0..<8 { #expect(good.count { nearest.labels[$0] == mode } > 150) }
  }
}

@Suite struct DiffusionLearnerTests {
  private let data = GaussianMixture.gaussian(mean: [0.5], standardDeviation: 0.7)

  /// A learned variance closes in on what is possible: the bound comes nearer to the truth than either fixed variance's.
  @Test func theLearnedVarianceBeatsTheFixedOnes() throws {
    var random = RandomGenerator(seed: 4)
    let rows = GaussianMixture.gaussian(mean: [0], standardDeviation: 0.2).sample(4_000, using: &random).points
    let truth = (log(2 * Double.pi * 0.04) + 1) / 2
    let schedule = NoiseSchedule.scaledLinear(steps: 10)
    let diffusion = GaussianDiffusion(schedule, target: .x0, variance: .learned)
    let configuration = TrainingConfiguration(
      steps: 800, batchSize: 128, learningRate: .cosine(from: 3e-3, to: 0, steps: 800), gradientLimit: 1)
    var learner = DiffusionLearner(
      TimeMLP(dimension: 1, hidden: [32, 32], learnsVariance: true, using: &random), diffusion,
      objective: .hybrid(weight: 0.1), averageDecay: 0.98, configuration: configuration)
    var trainer = Trainer(configuration)
    try trainer.run(&learner, on: rows, using: &random)
    let bound = diffusion.variationalBound(learner.averaged, of: rows, using: &random)
    let small = GaussianDiffusion(schedule, variance: .fixedSmall).gaussianBoundGap(dataVariance: 0.04)
    let large = GaussianDiffusion(schedule, variance: .fixedLarge).gaussianBoundGap(dataVariance: 0.04)
    #expect(bound.total.mean - truth < 0.75 * min(small, large))
    #expect(bound.total.mean - truth > -3 * bound.total.standardError)
  }

  /// Every target and objective leads near the least error there is.
  @Test(arguments: PredictionTarget.allCases, [DiffusionObjective.simple, .minSNR(gamma: 5), .variational])
  func everyTargetNearsTheLeastError(_ target: PredictionTarget, _ objective: DiffusionObjective) throws {
    var random = RandomGenerator(seed: 5)
    let diffusion = GaussianDiffusion(.cosine(steps: 40), target: target)
    let configuration = TrainingConfiguration(
      steps: 400, batchSize: 128, learningRate: .cosine(from: 5e-3, to: 0, steps: 400), gradientLimit: 1)
    var learner = DiffusionLearner(
      TimeMLP(dimension: 1, hidden: [32, 32], using: &random), diffusion, objective: objective,
      timeSampling: objective == .variational ? .lossAware() : .uniform, averageDecay: 0.98,
      configuration: configuration)
    var trainer = Trainer(configuration)
    try trainer.run(&learner, drawing: { data.sample($0, using: &$1).points }, using: &random)
    let rows = data.sample(4_000, using: &random).points
    let found = diffusion.noiseError(of: learner.averaged, on: rows, t: 15, using: &random)
    let least = GaussianDiffusion(diffusion.schedule).minimalNoiseError(dataVariance: 0.49, t: 15)
    #expect(found.mean < least * 1.15)
  }

  /// Stored in the middle and resumed in a learner made anew, a training ends with the same bits.
  @Test func aResumedTrainingEndsWithTheSameBits() throws {
    func start() -> (Trainer, DiffusionLearner<TimeMLP>, RandomGenerator) {
      var random = RandomGenerator(seed: 6)
      let configuration = TrainingConfiguration(steps: 30, batchSize: 16, learningRate: 1e-3)
      let network = TimeMLP(dimension: 1, hidden: [8], using: &random)
      return (
        Trainer(configuration),
        DiffusionLearner(
          network, GaussianDiffusion(.cosine(steps: 4)), timeSampling: .lossAware(history: 2),
          configuration: configuration), random
      )
    }
    var (trainer, learner, random) = start()
    var generator = RandomGenerator(seed: 7)
    let rows = data.sample(50, using: &generator).points
    try trainer.run(&learner, on: rows, upTo: 17, using: &random)
    let checkpoint = Checkpoint(trainer, learner, random)
    try trainer.run(&learner, on: rows, using: &random)
    var (secondTrainer, second, secondRandom) = start()
    try checkpoint.restore(&secondTrainer, &second, &secondRandom)
    try secondTrainer.run(&second, on: rows, using: &secondRandom)
    #expect(second.network.parameters == learner.network.parameters)
    #expect(second.averaged.parameters == learner.averaged.parameters)
    #expect(second.times.probabilities == learner.times.probabilities)
  }

  @Test func damagedDataAreNamed() throws {
    var random = RandomGenerator(seed: 6)
    let configuration = TrainingConfiguration(steps: 2, batchSize: 2, learningRate: 1e-3)
    var learner = DiffusionLearner(
      TimeMLP(dimension: 1, hidden: [8], using: &random), GaussianDiffusion(.cosine(steps: 4)),
      configuration: configuration)
    var trainer = Trainer(configuration)
    let error = try #require(throws: TrainingError.self) {
      try trainer.run(&learner, on: Tensor([[1], [.nan]]), using: &random)
    }
    #expect(error == .rowNotFinite(argument: "data", row: 1))
  }

  /// A learner that holds the data itself, and is run over their numbers.
  @Test func damagedDataWithLabelsAreNamed() throws {
    var random = RandomGenerator(seed: 6)
    let configuration = TrainingConfiguration(epochs: 1, batchSize: 1, learningRate: 1e-3)
    // One class is enough for a model that learns with labels and without.
    var learner = ConditionalDiffusionLearner(
      TimeMLP(dimension: 1, hidden: [8], classes: 2, using: &random), GaussianDiffusion(.cosine(steps: 4)),
      data: Tensor([[1], [2], [.nan], [3]]), labels: [1, 1, 1, 1], configuration: configuration)
    var trainer = Trainer(configuration)
    let error = try #require(throws: TrainingError.self) {
      try trainer.run(&learner, on: learner.rowNumbers, using: &random)
    }
    #expect(error == .rowNotFinite(argument: "data", row: 2))
  }

  @Test func mismatchedLearnersStop() async {
    expectTrap(
      "ConditionalDiffusionLearner: 2 labels for data [3, 1]; give one label for each row",
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        var random = RandomGenerator(seed: 6)
        _ = ConditionalDiffusionLearner(
          TimeMLP(dimension: 1, classes: 2, using: &random), GaussianDiffusion(.cosine(steps: 4)),
          data: Tensor(zeros: [3, 1]), labels: [0, 1],
          configuration: TrainingConfiguration(steps: 1, batchSize: 1, learningRate: 1e-3))
      })
    expectTrap(
      "DiffusionObjective.hybrid: teaches the variance; make the diffusion with variance: .learned",
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        let diffusion = GaussianDiffusion(.cosine(steps: 4))
        let batch = GaussianDiffusion.TrainingBatch(
          x0: Tensor(zeros: [1, 1]), t: [1], noise: Tensor(zeros: [1, 1]), in: diffusion)
        _ = diffusion.losses(
          Variable(constant: Tensor(zeros: [1, 2])), for: batch, objective: .hybrid(weight: 0.001))
      })
  }
}
