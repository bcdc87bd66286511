import Autodiff
import GenerativeModels
import NeuralNetworks
import TensorCore
import TestSupport
import Testing

/// The three games against their formulas, written out row by row in Double.
@Suite struct SelfSupervisedGameTests {
  private let shifts = Shifts(count: 3, step: 0.7)
  private let real = numbers([5, 2], seed: 2)
  private let fake = numbers([5, 2], seed: 3)

  private func network(outputs: Int) -> MLPDiscriminator {
    var random = RandomGenerator(seed: 8)
    return MLPDiscriminator(widths: [2, 6, outputs], activation: .tanh, using: &random)
  }

  /// -log of the softmax's number `label` over the logits from column `start` on.
  private func cost(_ logits: [Float], from start: Int, _ label: Int) -> Double {
    let part = logits[start...].map(Double.init)
    return log(part.map { exp($0) }.reduce(0, +)) - part[label]
  }

  /// The mean over rows and transformations of a term of the logits.
  private func mean(_ rows: Tensor, _ network: MLPDiscriminator, _ term: ([Float], Int) -> Double) -> Double {
    var total = 0.0
    for k in 0..<3 {
      for row in 0..<rows.shape[0] {
        total += term(network(rows.rows(row..<row + 1) + 0.7 * Float(k)).value.scalars, k)
      }
    }
    return total / Double(3 * rows.shape[0])
  }

  /// The mean over rows as they are of softplus(sign * first logit): -log D for -1, -log(1 - D) for 1.
  private func judgement(_ rows: Tensor, _ network: MLPDiscriminator, _ sign: Double) -> Double {
    let logits = network.logits(of: rows)
    return (0..<rows.shape[0]).map { log(1 + exp(sign * Double(logits[$0, 0]))) }.reduce(0, +) / Double(rows.shape[0])
  }

  private func check<Game: AdversarialObjective>(
    _ game: Game, _ network: MLPDiscriminator, discriminator: Double, generator: Double,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    var random = RandomGenerator(seed: 1)
    var changed = network
    let d = game.discriminatorLoss(&changed, real: real, fake: Variable(constant: fake), using: &random)
    let g = game.generatorLoss(network, fake: Variable(constant: fake), using: &random)
    #expect(abs(Double(d.value.item) - discriminator) < 1e-5, sourceLocation: sourceLocation)
    #expect(abs(Double(g.value.item) - generator) < 1e-5, sourceLocation: sourceLocation)
    FiniteDifferences(tolerance: 1e-3).check([fake], secondOrder: false) { points in
      var random = RandomGenerator(seed: 1)
      return game.generatorLoss(network, fake: points[0], using: &random)
    }
  }

  @Test func ssgan() {
    let network = network(outputs: 4)
    let pretext = { (rows: Tensor) in mean(rows, network) { cost($0, from: 1, $1) } }
    check(
      SSGANObjective(transformations: shifts, alpha: 0.2, beta: 0.5), network,
      discriminator: judgement(real, network, -1) + judgement(fake, network, 1) + 0.5 * pretext(real),
      generator: judgement(fake, network, -1) + 0.2 * pretext(fake))
  }

  @Test func multiClassMinimax() {
    let network = network(outputs: 5)
    let named = { (rows: Tensor) in mean(rows, network) { cost($0, from: 1, $1) } }
    let generated = { (rows: Tensor) in mean(rows, network) { logits, _ in cost(logits, from: 1, 3) } }
    check(
      SSGANMSObjective(transformations: shifts, alpha: 0.2, beta: 0.5), network,
      discriminator: judgement(real, network, -1) + judgement(fake, network, 1)
        + 0.5 * (named(real) + generated(fake)),
      generator: judgement(fake, network, -1) + 0.2 * (named(fake) - generated(fake)))
  }

  @Test func labelAugmentation() {
    let network = network(outputs: 6)
    let named = { (rows: Tensor, offset: Int) in mean(rows, network) { cost($0, from: 0, $1 + offset) } }
    check(
      SSGANLAObjective(transformations: shifts), network, discriminator: named(real, 0) + named(fake, 3),
      generator: named(fake, 0) - named(fake, 3))
  }

  /// With one transformation a row, the mean over many rows comes near that of all.
  @Test func oneTransformationARow() {
    let rows = numbers([3_000, 2], seed: 4)
    var random = RandomGenerator(seed: 1)
    var network = network(outputs: 4)
    let losses = [TransformationUse.every, .oneEach].map { use in
      let game = SSGANObjective(
        penalty: .r1(gamma: 0.3), transformations: shifts, use: use, alpha: 1, beta: 1)
      let d = game.discriminatorLoss(&network, real: rows, fake: Variable(constant: rows), using: &random)
      let g = game.generatorLoss(network, fake: Variable(constant: rows), using: &random)
      return (d.value.item, g.value.item)
    }
    #expect(abs(losses[0].0 - losses[1].0) < 0.01 && abs(losses[0].1 - losses[1].1) < 0.01)
    #expect(losses[0].0 != losses[1].0)
  }

  @Test func badInputStops() async {
    await #expect(processExitsWith: .failure) { _ = SSGANObjective(transformations: Rotations(), alpha: -1) }
    await #expect(processExitsWith: .failure) {
      var random = RandomGenerator(seed: 1)
      var network = MLPDiscriminator(widths: [4, 4], using: &random)
      let rows = Tensor(zeros: [2, 4])
      _ = SSGANObjective(transformations: Rotations()).discriminatorLoss(
        &network, real: rows, fake: Variable(constant: rows), using: &random)
    }
  }
}

@Suite struct TransformationTests {
  /// A quarter to the left: the right edge becomes the top.
  @Test func quarterTurns() {
    let image = Tensor([[1, 2, 3, 4]])
    #expect(Rotations()(image, 0).scalars == [1, 2, 3, 4])
    #expect(Rotations()(image, 1).scalars == [2, 4, 1, 3])
    #expect(Rotations()(image, 2).scalars == [4, 3, 2, 1])
    #expect(Rotations()(image, 3).scalars == [3, 1, 4, 2])
    let colors = numbers([2, 3, 3, 2])
    #expect(Rotations()(Rotations()(colors, 1), 3) == colors)
    FiniteDifferences().check([numbers([2, 9])]) { Rotations()($0[0], 1) }
  }

  @Test func everyRowMeetsEveryTransformation() {
    let shifts = Shifts(count: 3, step: 10)
    let all = shifts.applied(to: Tensor([[1], [2]]))
    #expect(all.rows.scalars == [1, 2, 11, 12, 21, 22] && all.labels == [0, 0, 1, 1, 2, 2])
  }

  @Test func everyRowMeetsOneTransformation() {
    let shifts = Shifts(count: 3, step: 10)
    let one = shifts.applied(to: Tensor((0..<8).map(Float.init), shape: [8, 1]), use: .oneEach)
    #expect(one.rows.scalars == [0, 1, 2, 3, 14, 15, 26, 27] && one.labels == [0, 0, 0, 0, 1, 1, 2, 2])
    let few = shifts.applied(to: Tensor([[1], [2]]), use: .oneEach)
    #expect(few.rows.scalars == [1, 2] && few.labels == [0, 0])
  }

  @Test func badInputStops() async {
    await #expect(processExitsWith: .failure) { _ = Shifts(count: 1, step: 1) }
    await #expect(processExitsWith: .failure) { _ = Shifts(count: 2, step: 0) }
    expectTrap(
      "Rotations: there is no transformation 4; they are 0..<4",
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = Rotations()(Tensor(zeros: [1, 4]), 4)
      })
  }
}
