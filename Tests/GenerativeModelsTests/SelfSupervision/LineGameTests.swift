import GenerativeModels
import NeuralNetworks
import TensorCore
import Testing

@Suite struct LineGameTests {
  static func spread<Objective: AdversarialObjective>(_ objective: Objective, outputs: Int, seed: UInt64, steps: Int, batch: Int) throws -> Double {
    var random = RandomGenerator(seed: seed)
    var gan = GenerativeAdversarialNetwork(
      generator: MLPGenerator(widths: [4, 32, 32, 1], activation: .tanh, using: &random),
      discriminator: MLPDiscriminator(widths: [1, 32, 32, outputs], activation: .tanh, using: &random))
    let plan = AdversarialConfiguration(
      TrainingConfiguration(steps: steps, batchSize: batch, learningRate: .linear(from: 2e-3, to: 0, steps: steps)), averageDecay: 0.995)
    try gan.train(
      drawing: { $1.normal(shape: [$0, 1]) }, objective: objective, configuration: plan, using: &random)
    let x = gan.sample(count: 20_000, using: &random)
    return Double(x.variance(axis: 0).item).squareRoot()
  }

  @Test func explore() throws {
    let shifts = Shifts(count: 4, step: 2)
    let eq = ShiftEquilibrium(logDensity: { logNormalDensity($0) }, shifts: shifts, lambda: 1)
    print("EQ", eq.standardDeviation, eq.mean, eq.normalizer)
    let clock = ContinuousClock()
    for seed in 1...3 {
      for (steps, batch) in [(1500, 256), (3000, 128)] {
        let t0 = clock.now
        let a = try Self.spread(GANObjective(), outputs: 1, seed: UInt64(seed), steps: steps, batch: batch)
        let t1 = clock.now
        let b = try Self.spread(SSGANObjective(transformations: shifts, alpha: 1), outputs: 5, seed: UInt64(seed), steps: steps, batch: batch)
        let t2 = clock.now
        let c = try Self.spread(SSGANLAObjective(transformations: shifts), outputs: 8, seed: UInt64(seed), steps: steps, batch: batch)
        let t3 = clock.now
        print("RUN", seed, steps, batch, a, b, c, t1 - t0, t2 - t1, t3 - t2)
      }
    }
  }
}
