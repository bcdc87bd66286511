import GenerativeModels
import NeuralNetworks
import TensorCore
import Testing

/// Data N(0, 1), shifts x + 2k for k = 0 ..< 4: where the games end, against where they should.
@Suite struct LineGameTests {
  static let shifts = Shifts(count: 4, step: 2)

  static func equilibrium(lambda: Double) -> ShiftEquilibrium {
    ShiftEquilibrium(logDensity: { logNormalDensity($0) }, shifts: shifts, lambda: lambda)
  }

  /// What a trained generator makes.
  private func play<Game: AdversarialObjective>(_ game: Game, outputs: Int) throws -> [Float] {
    var random = RandomGenerator(seed: 1)
    var gan = GenerativeAdversarialNetwork(
      generator: MLPGenerator(widths: [4, 32, 32, 1], using: &random),
      discriminator: MLPDiscriminator(widths: [1, 32, 32, outputs], activation: .relu, using: &random))
    let steps = 2_000
    let plan = AdversarialConfiguration(
      TrainingConfiguration(steps: steps, batchSize: 256, learningRate: .linear(from: 1e-3, to: 0, steps: steps)),
      discriminatorLearningRate: .linear(from: 2e-3, to: 0, steps: 2 * steps), discriminatorSteps: 2,
      averageDecay: 0.995)
    try gan.train(drawing: { $1.normal(shape: [$0, 1]) }, objective: game, configuration: plan, using: &random)
    return gan.sample(count: 20_000, using: &random).scalars
  }

  private func standardDeviation(_ values: [Float]) -> Double {
    let mean = values.map(Double.init).reduce(0, +) / Double(values.count)
    return (values.map { (Double($0) - mean) * (Double($0) - mean) }.reduce(0, +) / Double(values.count)).squareRoot()
  }

  @Test func plainGAN() throws {
    #expect(abs(standardDeviation(try play(GANObjective(), outputs: 1)) - 1) < 0.03)
  }

  @Test func labelAugmentation() throws {
    let values = try play(SSGANLAObjective(transformations: Self.shifts), outputs: 8)
    #expect(abs(standardDeviation(values) - 1) < 0.03)
  }

  /// SSGAN's generator ends at the predicted density, which is not the data's.
  @Test func ssgan() throws {
    let values = try play(SSGANObjective(transformations: Self.shifts, alpha: 1), outputs: 5).sorted()
    #expect(abs(standardDeviation(values) - 0.593) < 0.03)
    // The largest distance between the two distribution functions.
    let predicted = Self.equilibrium(lambda: 1)
    let spacing = predicted.points[1] - predicted.points[0]
    var (mass, place, distance) = (0.0, 0, 0.0)
    for (point, density) in zip(predicted.points, predicted.density) {
      mass += density * spacing / 2
      while place < values.count, Double(values[place]) <= point { place += 1 }
      distance = max(distance, abs(mass - Double(place) / Double(values.count)))
      mass += density * spacing / 2
    }
    #expect(distance < 0.04, "\(distance)")
  }
}

@Suite struct ShiftEquilibriumTests {
  @Test func thePublishedSpread() {
    let found = LineGameTests.equilibrium(lambda: 1)
    #expect(abs(found.standardDeviation - 0.593) < 5e-4)
    #expect(abs(found.mean) < 1e-9)
    let mass = Quadrature(over: -12...12).integral(of: found.density)
    #expect(abs(mass - 1) < 1e-9)
  }

  /// With a pretext task that outweighs everything the generator ends where it costs least; e^(-lambda c) underflows there.
  @Test func aWeightOfThousands() {
    let spreads = [100.0, 1_000, 3_000].map { lambda in
      let found = LineGameTests.equilibrium(lambda: lambda)
      #expect(abs(Quadrature(over: -12...12).integral(of: found.density) - 1) < 1e-6, "\(lambda)")
      return found.standardDeviation
    }
    #expect(spreads[0] < 0.593 && spreads[1] < spreads[0] && spreads[2] < spreads[1])
  }

  /// Without the pretext task the generator ends at the data.
  @Test func withoutPretextTaskItIsTheData() {
    let found = LineGameTests.equilibrium(lambda: 0)
    #expect(abs(found.normalizer - 0.5) < 1e-9 && abs(found.standardDeviation - 1) < 1e-6)
    for (a, b) in zip(found.density, found.dataDensity) { #expect(abs(a - b) < 1e-9) }
  }

  /// At the equilibrium -log D + lambda c is the same wherever the generator puts mass, and not lower elsewhere.
  @Test(arguments: [0.2, 1, 3]) func theGeneratorHasNothingToGain(lambda: Double) {
    let found = LineGameTests.equilibrium(lambda: lambda)
    let level = -log(found.normalizer)
    for (index, x) in found.points.enumerated() where abs(x) < 6 {
      let (p, q) = (found.dataDensity[index], found.density[index])
      let cost = -log(p / (p + q)) + lambda * found.pretextCost[index]
      if q > 1e-12 { #expect(abs(cost - level) < 1e-6) } else { #expect(cost > level - 1e-6) }
    }
  }

  /// The cost of one shift among two, from the definition.
  @Test func theCostIsTheBestClassifiers() {
    let found = ShiftEquilibrium(
      logDensity: { logNormalDensity($0) }, shifts: Shifts(count: 2, step: 1), lambda: 1,
      by: Quadrature(over: -8...8, pieces: 16))
    for (x, cost) in zip(found.points, found.pretextCost) {
      func density(_ x: Double) -> Double { exp(logNormalDensity(x)) }
      let own = -log(density(x) / (density(x) + density(x - 1)))
      let shifted = -log(density(x) / (density(x) + density(x + 1)))
      #expect(abs(cost - (own + shifted) / 2) < 1e-9)
    }
  }

  @Test func badInputStops() async {
    await #expect(processExitsWith: .failure) { _ = LineGameTests.equilibrium(lambda: -1) }
    await #expect(processExitsWith: .failure) {
      _ = ShiftEquilibrium(
        logDensity: { logNormalDensity($0, mean: 20) }, shifts: Shifts(count: 2, step: 1), lambda: 1)
    }
  }
}
