import Autodiff
import GenerativeModels
import Metrics
import NeuralNetworks
import TensorCore
import TestSupport
import Testing

@Suite struct ConvClassifierTests {
  private static func small(dropout: Float, using random: inout RandomGenerator) -> ConvClassifier {
    ConvClassifier(
      height: 8, width: 8, channels: [4, 8], features: 12, classes: 3, dropout: dropout, using: &random)
  }

  /// Dark noise in which a bar across the top, a bar down the left or a square in the middle is bright.
  private func patterns(_ count: Int, using random: inout RandomGenerator) -> ClassifiedRows {
    let labels = (0..<count).map { $0 % 3 }
    var images = random.normal(shape: [count, 8, 8, 1], standardDeviation: 0.2)
    for (image, label) in labels.enumerated() {
      for row in 0..<8 {
        for column in 0..<8 {
          let isBright =
            switch label {
            case 0: row < 2
            case 1: column < 2
            default: (3...4).contains(row) && (3...4).contains(column)
            }
          if isBright { images[image, row, column, 0] += 1 }
        }
      }
    }
    return ClassifiedRows(images, labels: labels)
  }

  private func learned(from data: ClassifiedRows, using random: inout RandomGenerator) throws -> ConvClassifier {
    let plan = TrainingConfiguration(epochs: 12, batchSize: 30)
    var learner = GradientLearner(
      Self.small(dropout: 0.3, using: &random), optimizer: Adam(learningRate: 1e-2)
    ) { model, batch, random in
      let places = batch.scalars.map { Int($0) }
      let images = Variable(constant: data.rows.gatheringRows(at: places))
      return crossEntropy(logits: model.inTraining(images, using: &random), labels: places.map { data.labels[$0] })
    }
    var trainer = Trainer(plan)
    try trainer.run(&learner, on: data.rowNumbers, using: &random)
    return learner.model
  }

  @Test func shapes() {
    var random = RandomGenerator(seed: 1)
    let model = Self.small(dropout: 0.3, using: &random)
    #expect(model.featureWidth == 12 && model.classes == 3)
    let images = numbers([5, 8, 8, 1])
    let logits = model(Variable(constant: images)).value
    #expect(logits.shape == [5, 3])
    #expect(model.features(of: images).shape == [5, 12])
    // Rows are the same images, and colour has its channels.
    let rows = images.reshaped(to: [5, 64])
    #expect(model(Variable(constant: rows)).value == logits)
    #expect(model.classify(rows) == logits.argMax(axis: 1))
    #expect(model.classify(features: model.features(of: images)) == logits.argMax(axis: 1))
    let colour = ConvClassifier(
      height: 4, width: 12, inputChannels: 3, channels: [4, 6], features: 7, classes: 2, using: &random)
    #expect(colour.features(of: numbers([2, 4, 12, 3])).shape == [2, 7])
    #expect(colour.dense.weight.shape == [1 * 3 * 6, 7])
  }

  /// Patterns of the training's kind are told apart, and descriptions of the same patterns lie nearer than those of noise.
  @Test func patternsAreLearned() throws {
    var random = RandomGenerator(seed: 2)
    let (training, test) = (patterns(150, using: &random), patterns(90, using: &random))
    let model = try learned(from: training, using: &random)
    #expect(zip(model.classify(test.rows), test.labels).count { $0 == $1 } >= 87)

    let seen = FeatureMoments(of: model.features(of: training.rows))
    let others = FeatureMoments(of: model.features(of: test.rows))
    let noise = FeatureMoments(of: model.features(of: random.normal(shape: [150, 8, 8, 1])))
    let toItself = seen.frechetDistance(to: seen)
    let (toOthers, toNoise) = (seen.frechetDistance(to: others), seen.frechetDistance(to: noise))
    #expect(toItself < 1e-6 * toNoise, "\(toItself)")
    #expect(toOthers < 0.1 * toNoise, "\(toOthers) and \(toNoise)")
  }

  /// The finished classifier leaves nothing out; in training a share of the features is, and the logits are the same on
  /// the average, because the others count for more.
  @Test func featuresAreLeftOutInTrainingOnly() {
    var random = RandomGenerator(seed: 3)
    let model = Self.small(dropout: 0.5, using: &random)
    let images = Variable(constant: numbers([4, 8, 8, 1]))
    let finished = model(images).value
    #expect(model(images).value == finished)
    #expect(model.head(model.features(images)).value == finished)
    let untouched = random
    let first = model.inTraining(images, using: &random).value
    #expect(random != untouched && first != finished)
    #expect(model.inTraining(images, using: &random).value != first)

    let count = 4_000
    let copies = images.value.gatheringRows(at: [Int](repeating: 2, count: count))
    let draws = model.inTraining(Variable(constant: copies), using: &random).value
    for logit in 0..<3 {
      let standardError = (draws.variance(axis: 0).scalars[logit] / Float(count)).squareRoot()
      #expect((draws.mean(axis: 0).scalars[logit] - finished[2, logit]).magnitude < 4 * standardError)
    }

    let whole = Self.small(dropout: 0, using: &random)
    let before = random
    #expect(whole.inTraining(images, using: &random).value == whole(images).value && random == before)
  }

  @Test func imagesThatCannotBeHalvedStop() async {
    expectTrap(
      "ConvClassifier: needs one layer or more, and extents that are multiples of 2 to the power of their number, not "
        + "2 layers for 8 x 6 pixels",
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        var random = RandomGenerator(seed: 1)
        _ = ConvClassifier(height: 8, width: 6, channels: [2, 2], using: &random)
      })
  }
}
