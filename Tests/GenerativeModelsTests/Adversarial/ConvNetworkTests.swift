import Autodiff
import GenerativeModels
import NeuralNetworks
import TensorCore
import TestSupport
import Testing

@Suite struct ConvNetworkTests {
  @Test func shapes() {
    var random = RandomGenerator(seed: 1)
    let generator = ConvGenerator(latentWidth: 8, using: &random)
    let images = generator.sample(count: 3, using: &random)
    #expect(images.shape == [3, 28, 28, 1])
    #expect(images.scalars.allSatisfy { (0...1).contains($0) })
    let discriminator = ConvDiscriminator(outputs: 5, using: &random)
    #expect(discriminator.outputWidth == 5 && discriminator.featureWidth == 7 * 7 * 64)
    #expect(discriminator.logits(of: images).shape == [3, 5])
    #expect(discriminator.features(of: images).shape == [3, 3136])
    // Rows are images too.
    #expect(discriminator.logits(of: images.reshaped(to: [3, 784])) == discriminator.logits(of: images))
    #expect(ConvEncoder(features: 20, using: &random).features(of: images).shape == [3, 20])
  }

  /// In training the generator normalizes by the batch and remembers; finished, by what it remembers.
  @Test func generatorsRememberStatistics() {
    var random = RandomGenerator(seed: 1)
    var generator = ConvGenerator(latentWidth: 4, height: 8, width: 8, channels: [4, 4], using: &random)
    let z = random.normal(shape: [16, 4])
    let before = generator.buffers
    let inTraining = generator.forward(Variable(constant: z)).value
    #expect(generator.buffers != before)
    #expect(inTraining != generator(z).value)
    for _ in 0..<200 { _ = generator.forward(Variable(constant: z)) }
    let difference = (inTraining - generator(z).value).squared().mean().item
    #expect(difference < 1e-4)
  }

  /// R1 through convolutions: its gradient in the weights is the derivative of the slope.
  @Test func penaltiesRunThroughConvolutions() {
    var random = RandomGenerator(seed: 1)
    let discriminator = ConvDiscriminator(height: 4, width: 4, channels: [3], activation: .tanh, using: &random)
    let points = discriminator.parameters
    let real = numbers([3, 4, 4, 1])
    FiniteDifferences(tolerance: 1e-3).check(points, secondOrder: false) { weights in
      var copy = discriminator
      var index = 0
      copy.forEachParameter { parameter in
        parameter = weights[index]
        index += 1
      }
      var random = RandomGenerator(seed: 1)
      return GradientPenalty.r1(gamma: 1)(real: real, fake: real, using: &random) { copy($0) }
    }
  }

  /// A few steps of the whole: SSGAN on images, with every option that convolutions bring.
  @Test func theyTrain() throws {
    var random = RandomGenerator(seed: 1)
    let images = random.uniform(shape: [24, 8, 8, 1])
    var gan = GenerativeAdversarialNetwork(
      generator: ConvGenerator(latentWidth: 4, height: 8, width: 8, channels: [6, 4], using: &random),
      discriminator: ConvDiscriminator(
        height: 8, width: 8, channels: [4, 6], outputs: 5, spectral: true, minibatch: MinibatchStandardDeviation(),
        using: &random))
    let (start, norms) = (gan.generator.parameters, gan.discriminator.buffers)
    let history = try gan.train(
      on: images, objective: SSGANObjective(.hinge, transformations: Rotations(), use: .oneEach),
      configuration: AdversarialConfiguration(
        TrainingConfiguration(epochs: 2, batchSize: 8, learningRate: 1e-3), updates: .alternatingOnSharedNoise),
      using: &random)
    #expect(history.losses.count == 6 && history[term: "discriminator"].count == 6)
    #expect(zip(gan.generator.parameters, start).allSatisfy { $0 != $1 })
    #expect(gan.discriminator.buffers != norms)
  }

  @Test func imagesArePacked() {
    var random = RandomGenerator(seed: 1)
    var discriminator = ConvDiscriminator(height: 4, width: 4, inputChannels: 2, channels: [3], using: &random)
    let images = numbers([4, 4, 4, 1])
    let found = GANObjective(.wasserstein, packing: 2).generatorLoss(
      discriminator, fake: Variable(constant: images), using: &random)
    // Two images become the two channels of one.
    var packed = Tensor(zeros: [2, 4, 4, 2])
    for pair in 0..<2 {
      for row in 0..<4 {
        for column in 0..<4 {
          for part in 0..<2 { packed[pair, row, column, part] = images[2 * pair + part, row, column, 0] }
        }
      }
    }
    #expect(abs(found.value.item + discriminator.forward(Variable(constant: packed)).mean().value.item) < 1e-6)
  }

  @Test func badInputStops() async {
    await #expect(processExitsWith: .failure) {
      var random = RandomGenerator(seed: 1)
      _ = ConvDiscriminator(height: 30, width: 28, using: &random)
    }
    await #expect(processExitsWith: .failure) {
      var random = RandomGenerator(seed: 1)
      _ = ConvGenerator(channels: [], using: &random)
    }
  }
}
