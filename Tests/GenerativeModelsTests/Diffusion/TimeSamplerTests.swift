import Distributions
import GenerativeModels
import NeuralNetworks
import TensorCore
import Testing

@Suite struct TimeSamplerTests {
  /// After the history has filled, steps are drawn in proportion to the root of their mean squared loss, and weighted back.
  @Test func stepsWithLargeLossesComeMoreOften() {
    var sampler = TimeSampler(.lossAware(history: 2), stepCount: 3)
    let even = [Double](repeating: 1.0 / 3, count: 3)
    #expect(sampler.probabilities == even)
    sampler.record([1, 2, 3, 1, 2], losses: [9, 1, 4, 3, 1])
    #expect(sampler.probabilities == even)
    // The oldest loss of the first step, 9, leaves; what is left are 3 and 5, 1 and 1, 4 and 2.
    sampler.record([3, 1], losses: [2, 5])
    let roots = [17.0, 1, 10].map { ($0 as Double).squareRoot() }
    let total = roots.reduce(0, +)
    for (found, root) in zip(sampler.probabilities, roots) {
      let wanted: Double = 0.999 * root / total + 0.001 / 3
      #expect((found - wanted).magnitude < 1e-12)
    }
    var random = RandomGenerator(seed: 1)
    let drawn = sampler.draw(30_000, using: &random)
    for (step, probability) in sampler.probabilities.enumerated() {
      let share = Double(drawn.t.count { $0 == step + 1 }) / 30_000
      #expect((share - probability).magnitude < 5 * (0.25 / 30_000).squareRoot())
    }
    for (t, weight) in zip(drawn.t, drawn.weights).prefix(50) {
      #expect((weight * 3 * sampler.probabilities[t - 1] - 1).magnitude < 1e-12)
    }
  }

  @Test func evenDrawsAreEven() {
    var random = RandomGenerator(seed: 1)
    let drawn = TimeSampler(.uniform, stepCount: 4).draw(40_000, using: &random)
    #expect(drawn.weights.allSatisfy { $0 == 1 })
    for step in 1...4 {
      #expect((Double(drawn.t.count { $0 == step }) / 40_000 - 0.25).magnitude < 0.011)
    }
  }
}
