import Autodiff
import GenerativeModels
import NeuralNetworks
import TensorCore
import TestSupport
import Testing

/// Losses, penalties, packing, batch statistics and unrolled steps against PyTorch.
@Suite struct AdversarialReferenceTests {
  private typealias R = AdversarialReference

  private func expectClose(
    _ found: [Float], _ expected: [Float], within tolerance: Float = 2e-6, _ what: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(found.count == expected.count, "\(what)", sourceLocation: sourceLocation)
    let scale = expected.reduce(1e-3) { max($0, abs($1)) }
    for (index, (value, wanted)) in zip(found, expected).enumerated()
    where !(abs(value - wanted) <= tolerance * max(1, scale)) {
      Issue.record("\(what), number \(index): \(value), expected \(wanted)", sourceLocation: sourceLocation)
    }
  }

  /// The numbers of `spread` in scripts/reference/swift_literals.py.
  private func spread(_ shape: [Int], scale: Double = 1, seed: Double) -> Tensor {
    let values = (1...shape.reduce(1, *)).map { index in
      let sum = (Double(index) + seed) * 0.6180339887498949 + Double(index) * Double(index) * 0.0379
      return Float((sum.truncatingRemainder(dividingBy: 1) * 2 - 1) * scale)
    }
    return Tensor(values, shape: shape)
  }

  private func network(inputs: Int) -> MLPDiscriminator {
    var random = RandomGenerator(seed: 1)
    var network = MLPDiscriminator(widths: [inputs, 4, 1], activation: .tanh, using: &random)
    let weights = [
      spread([inputs, 4], seed: 0.2), spread([4], scale: 0.5, seed: 0.4), spread([4, 1], seed: 0.6),
      spread([1], seed: 0.8),
    ]
    var index = 0
    network.forEachParameter { parameter in
      parameter = Variable(constant: weights[index])
      index += 1
    }
    return network
  }

  private let real = Tensor(R.real, shape: [6, 3])
  private let fake = Tensor(R.fake, shape: [6, 3])

  /// Both losses, the discriminator's gradient in every weight, and the generator's in what it made.
  private func check(
    _ objective: GANObjective, rows: Int = 6, losses: [Float], weights: [Float], fake wanted: [Float],
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let network = network(inputs: 3 * objective.packing)
    let (real, fake) = (real.rows(0..<rows), fake.rows(0..<rows))
    let (value, gradients) = valueAndGradient(at: network) { network in
      var (judge, random) = (network, RandomGenerator(seed: 9))
      return objective.discriminatorLoss(&judge, real: real, fake: Variable(constant: fake), using: &random)
    }
    let (cost, direction) = valueAndGradient(at: fake) { fake in
      var random = RandomGenerator(seed: 9)
      return objective.generatorLoss(network, fake: fake, using: &random)
    }
    expectClose([value, cost], losses, "losses", sourceLocation: sourceLocation)
    expectClose(gradients.tensors.flatMap(\.scalars), weights, "weights", sourceLocation: sourceLocation)
    expectClose(direction.scalars, wanted, "generated rows", sourceLocation: sourceLocation)
  }

  @Test func everyLoss() {
    check(
      GANObjective(.saturating), losses: R.saturatingLosses, weights: R.saturatingWeights, fake: R.saturatingFake)
    check(
      GANObjective(.nonSaturating), losses: R.nonSaturatingLosses, weights: R.nonSaturatingWeights,
      fake: R.nonSaturatingFake)
    check(
      GANObjective(.leastSquares), losses: R.leastSquaresLosses, weights: R.leastSquaresWeights,
      fake: R.leastSquaresFake)
    check(GANObjective(.hinge), losses: R.hingeLosses, weights: R.hingeWeights, fake: R.hingeFake)
    check(
      GANObjective(.wasserstein), losses: R.wassersteinLosses, weights: R.wassersteinWeights,
      fake: R.wassersteinFake)
  }

  /// With the same places between real and generated rows; their gradients run through second derivatives.
  @Test func penalties() {
    var random = RandomGenerator(seed: 9)
    #expect(random.uniform(shape: [5, 1]).scalars == R.shares)
    check(
      GANObjective(.nonSaturating, penalty: .r1(gamma: 0.7)), rows: 5, losses: R.r1Losses, weights: R.r1Weights,
      fake: R.r1Fake)
    check(
      GANObjective(.wasserstein, penalty: .wasserstein(weight: 10)), rows: 5, losses: R.gradientPenaltyLosses,
      weights: R.gradientPenaltyWeights, fake: R.gradientPenaltyFake)
  }

  /// Real and generated rows alike are laid side by side, before the penalty too.
  @Test func packing() {
    check(
      GANObjective(.hinge, packing: 2), losses: R.packedLosses, weights: R.packedWeights, fake: R.packedFake)
    check(
      GANObjective(.nonSaturating, penalty: .r1(gamma: 0.7), packing: 3), losses: R.packedR1Losses,
      weights: R.packedR1Weights, fake: R.packedR1Fake)
  }

  @Test func minibatchStandardDeviation() {
    let (x, upstream) = (Tensor(R.features, shape: [6, 4]), Tensor(R.upstream, shape: [6, 5]))
    let layer = MinibatchStandardDeviation(group: 3)
    expectClose(layer(Variable(x)).value.scalars, R.statistic, "output")
    let found = valueAndGradient(at: x) { (layer($0) * upstream).sum() }.gradient
    expectClose(found.scalars, R.statisticGradient, "gradient")
  }

  @Test func unrolledSteps() {
    let objective = GANObjective(.nonSaturating)
    var (network, adam) = (network(inputs: 3), Adam(learningRate: 0.05, betas: (0.5, 0.999)))
    for _ in 0..<2 {
      let (_, gradients) = valueAndGradient(at: network) { network in
        var (judge, random) = (network, RandomGenerator(seed: 9))
        return objective.discriminatorLoss(&judge, real: real, fake: Variable(constant: fake), using: &random)
      }
      adam.update(&network, with: gradients)
    }
    expectClose(network.parameters.flatMap(\.scalars), R.pastWeights, within: 1e-5, "the past")
    for (isGiven, weights, loss, gradient) in [
      (false, R.unrolledWeights, R.unrolledLoss, R.unrolledFake),
      (true, R.unrolledAsGivenWeights, R.unrolledAsGivenLoss, R.unrolledAsGivenFake),
    ] {
      var ahead: MLPDiscriminator?
      let (cost, direction) = valueAndGradient(at: fake) { fake in
        var random = RandomGenerator(seed: 9)
        let future = unrolled(
          network, steps: 3, optimizer: adam, objective: objective, real: real,
          fake: isGiven ? fake.stopGradient : fake, using: &random)
        ahead = future
        return objective.generatorLoss(future, fake: fake, using: &random)
      }
      expectClose(ahead?.parameters.flatMap(\.scalars) ?? [], weights, within: 2e-5, "the future")
      expectClose([cost], loss, within: 1e-5, "loss")
      expectClose(direction.scalars, gradient, within: 1e-5, "gradient")
    }
  }
}
