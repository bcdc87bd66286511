import Autodiff
import Distributions
import GenerativeModels
import NeuralNetworks
import TensorCore
import TestSupport
import Testing

/// The best velocity for data N(m, s^2), as a network: with V = (1 - t)^2 s^2 + t^2, the variance of x_t,
///
///     E[noise - x_0 | x_t] = -m + (t - (1 - t) s^2) / V (x_t - (1 - t) m),
///
/// the regression of noise - x_0 on x_t, for the two are jointly Gaussian. `shift` is added to it.
private struct GaussianVelocity: DenoisingNetwork {
  let mean: Double
  let deviation: Double
  var shift = 0.0

  mutating func visitParameters(_ visitor: inout some ParameterVisitor) {}

  func callAsFunction(_ x: Variable, times: [Double]) -> Variable {
    var (slopes, offsets): ([Float], [Float]) = ([], [])
    for t in times {
      let data = (1 - t) * deviation * deviation
      let slope = (t - data) / ((1 - t) * data + t * t)
      slopes.append(Float(slope))
      offsets.append(Float(shift - mean - slope * (1 - t) * mean))
    }
    return x * Tensor(slopes, shape: [times.count, 1]) + Tensor(offsets, shape: [times.count, 1])
  }
}

@Suite struct FlowMatchingTests {
  private static let mean = 0.7

  private func loss(_ network: some DenoisingNetwork, deviation: Double, count: Int) -> Double {
    var random = RandomGenerator(seed: 11)
    let rows = GaussianMixture.gaussian(mean: [Self.mean], standardDeviation: deviation).sample(count, using: &random)
    return Double(FlowMatching().loss(network, x0: rows.points, using: &random).value.item)
  }

  /// What no network can know of noise - x_0 is its variance given x_t,
  ///
  ///     (1 + s^2) - (t - (1 - t) s^2)^2 / V = s^2 / V,
  ///
  /// and the mean of that over t in 0...1 is the least loss: with w = t / (1 - t) it is the integral of
  /// s^2 / (s^2 + w^2) over w > 0, pi s / 2. Likewise the mean of (s^2 / V)^2 is pi s / 4 + s^2 + pi s^3 / 4, and the
  /// squared error of a row, that variance times a squared normal number, has three times that as its mean square.
  @Test(arguments: [0.2, 0.5, 2]) func theLeastLossIsKnown(_ s: Double) {
    let count = 100_000
    let least = Double.pi * s / 2
    let square = 3 * (Double.pi * s / 4 + s * s + Double.pi * s * s * s / 4)
    let standardError = ((square - least * least) / Double(count)).squareRoot()
    let exact = loss(GaussianVelocity(mean: Self.mean, deviation: s), deviation: s, count: count)
    #expect((exact - least).magnitude < 4 * standardError, "\(exact), expected \(least)")
    // The same rows, times and noise: a shift adds its square, but for its product with a mean residual near 0.
    for shift in [-0.5, 1] {
      let shifted = loss(GaussianVelocity(mean: Self.mean, deviation: s, shift: shift), deviation: s, count: count)
      let scatter = 2 * shift.magnitude * (least / Double(count)).squareRoot()
      #expect((shifted - exact - shift * shift).magnitude < 4 * scatter, "\(shifted - exact)")
    }
  }

  /// The same field from a mixture of one component.
  @Test(arguments: [0.05, 0.5, 0.9]) func theExactVelocityIsTheRegression(_ t: Double) {
    let data = GaussianMixture.gaussian(mean: [Self.mean], standardDeviation: 0.5)
    let x = Tensor([[-2], [0], [0.7], [3]])
    let found = ExactVelocity(data).predict(x, time: t)
    let wanted = GaussianVelocity(mean: Self.mean, deviation: 0.5).predict(x, time: t)
    for (a, b) in zip(found.scalars, wanted.scalars) { #expect((a - b).magnitude < 2e-5 * max(1, b.magnitude)) }
  }

  /// A short training ends near the least loss, and what it has learned leads from noise to the data.
  @Test func trainingNearsTheLeastLoss() throws {
    let s = 0.5
    let data = GaussianMixture.gaussian(mean: [Self.mean], standardDeviation: s)
    var random = RandomGenerator(seed: 12)
    let configuration = TrainingConfiguration(
      steps: 400, batchSize: 128, learningRate: .cosine(from: 5e-3, to: 0, steps: 400), gradientLimit: 1)
    let fresh = TimeMLP(dimension: 1, hidden: [32, 32], using: &random)
    var learner = FlowMatching().learner(fresh, averageDecay: 0.98, configuration: configuration)
    var trainer = Trainer(configuration)
    try trainer.run(&learner, drawing: { data.sample($0, using: &$1).points }, using: &random)
    let least = loss(GaussianVelocity(mean: Self.mean, deviation: s), deviation: s, count: 20_000)
    let found = loss(learner.averaged, deviation: s, count: 20_000)
    #expect(found > least * 0.99 && found < least * 1.1, "\(found), least \(least)")
    #expect(loss(fresh, deviation: s, count: 20_000) > 1.5 * least)
    let samples = FlowMatching().sample(learner.averaged, shape: [10_000, 1], using: &random)
    #expect((Double(samples.mean().item) - Self.mean).magnitude < 0.1)
    #expect((Double(samples.variance().item).squareRoot() / s - 1).magnitude < 0.15)
  }

  @Test func aWalkOfNoStepsStops() async {
    expectTrap(
      "FlowMatching.sample: steps must be at least 1, but is 0; 25 is usual",
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        var random = RandomGenerator(seed: 1)
        _ = FlowMatching().sample(
          Constant(Tensor(zeros: [1, 1])), shape: [1, 1], method: .euler(steps: 0), using: &random)
      })
  }
}
