import Autodiff
import GenerativeModels
import NeuralNetworks
import TensorCore
import TestSupport
import Testing

@Suite struct DiscriminatorTests {
  @Test func widthsAndFeatures() {
    var random = RandomGenerator(seed: 1)
    let plain = MLPDiscriminator(widths: [3, 16, 8, 5], octaves: 2, using: &random)
    let rows = numbers([1_000, 3])
    #expect(plain.outputWidth == 5 && plain.featureWidth == 8 && !plain.dependsOnBatch)
    #expect(plain.layers[0].weight.shape == [15, 16])
    #expect(plain.features(of: rows).shape == [1_000, 8] && plain.logits(of: rows).shape == [1_000, 5])
    // The head reads the logits off the features.
    let logits = plain.layers[2](plain.features(of: rows)).value
    #expect(logits == plain.logits(of: rows))
  }

  /// With every layer held to the norm 1 and activations of slope at most 1, no slope exceeds 1.
  @Test func spectralNormalizationBoundsTheSlope() {
    var random = RandomGenerator(seed: 1)
    var network = MLPDiscriminator(widths: [2, 32, 32, 1], spectral: true, using: &random)
    // Other weights than those that the vectors were made for: training has to find their directions.
    for index in network.layers.indices {
      let shape = network.layers[index].weight.shape
      network.layers[index].weight = Variable(constant: random.normal(shape: shape, standardDeviation: 3))
    }
    for _ in 0..<40 { _ = network.forward(Variable(constant: numbers([1, 2]))) }
    let slopes = squaredSlopes(of: { network($0) }, at: numbers([64, 2], in: -3...3)).value.scalars
    #expect(slopes.allSatisfy { $0 < 1.001 })
    #expect(slopes.max() ?? 0 > 1e-3)
    #expect(network.buffers.count == 6)
  }

  /// Group by group: the mean over features of the standard deviation over the group's rows.
  @Test func minibatchStandardDeviation() {
    let x = Tensor([[1, 10], [3, 10], [0, 5], [0, 9]])
    let result = MinibatchStandardDeviation(group: 2)(Variable(x)).value
    #expect(result.shape == [4, 3])
    #expect(result.slice(axis: 1, 0..<2) == x)
    for (row, expected) in [0.5, 0.5, 1, 1].enumerated() { #expect(abs(Double(result[row, 2]) - expected) < 1e-4) }
    FiniteDifferences(tolerance: 1e-3).check([numbers([4, 3])]) { MinibatchStandardDeviation()($0[0]) }
  }

  /// Rows that resemble one another get a statistic of their own, so real and generated ones are judged apart.
  @Test func batchStatisticsKeepTheTwoApart() throws {
    var random = RandomGenerator(seed: 1)
    var network = MLPDiscriminator(widths: [2, 4, 1], minibatch: MinibatchStandardDeviation(), using: &random)
    #expect(network.dependsOnBatch && network.featureWidth == 4)
    let (real, fake) = (numbers([6, 2]), numbers([6, 2], seed: 2) * 0.01)
    let expected = AdversarialLoss.nonSaturating.discriminator(real: network(real), fake: network(fake)).value
    let found = GANObjective().discriminatorLoss(&network, real: real, fake: Variable(constant: fake), using: &random)
    #expect(found.value == expected)
  }

  @Test func packingLaysRowsSideBySide() {
    var random = RandomGenerator(seed: 1)
    var network = MLPDiscriminator(widths: [4, 8, 1], using: &random)
    let objective = GANObjective(.leastSquares, packing: 2)
    let (real, fake) = (numbers([6, 2]), numbers([6, 2], seed: 2))
    let found = objective.discriminatorLoss(&network, real: real, fake: Variable(constant: fake), using: &random)
    let expected = AdversarialLoss.leastSquares.discriminator(
      real: network(real.reshaped(to: [3, 4])), fake: network(fake.reshaped(to: [3, 4])))
    #expect(abs(found.value.item - expected.value.item) < 1e-6)
    let own = objective.generatorLoss(network, fake: Variable(constant: fake), using: &random)
    #expect(own.value == AdversarialLoss.leastSquares.generator(fake: network(fake.reshaped(to: [3, 4]))).value)
  }

  @Test func badInputStops() async {
    await #expect(processExitsWith: .failure) {
      var random = RandomGenerator(seed: 1)
      _ = MLPDiscriminator(widths: [2], using: &random)
    }
    await #expect(processExitsWith: .failure) { _ = MinibatchStandardDeviation(group: 1) }
    await #expect(processExitsWith: .failure) {
      _ = MinibatchStandardDeviation(group: 3)(Variable(Tensor(zeros: [4, 2])))
    }
    await #expect(processExitsWith: .failure) {
      var random = RandomGenerator(seed: 1)
      var network = MLPDiscriminator(widths: [4, 1], using: &random)
      let rows = Tensor(zeros: [3, 2])
      _ = GANObjective(packing: 2).discriminatorLoss(
        &network, real: rows, fake: Variable(constant: rows), using: &random)
    }
  }
}
