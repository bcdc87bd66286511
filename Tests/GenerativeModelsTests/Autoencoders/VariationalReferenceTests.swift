import Autodiff
import GenerativeModels
import NeuralNetworks
import TensorCore
import TestSupport
import Testing

@Suite struct VariationalReferenceTests {
  private typealias R = VAEReference
  private let rows = Tensor(R.rows, shape: [3, 5])
  private let noise = Tensor(R.noise, shape: [6, 3, 2])

  /// The values of parameter `number`, as the reference's script sets them.
  private func rule(_ count: Int, _ number: Int) -> [Float] {
    (0..<count).map { Float(($0 * 389 + number * 97 + $0 * $0 * 13) % 1024 - 512) / 1024 }
  }

  private func model(_ observation: ObservationModel) -> VariationalAutoencoder {
    var random = RandomGenerator(seed: 1)
    var model = VariationalAutoencoder(
      widths: [5, 4, 2], observation: observation, activation: .tanh, using: &random)
    var number = 0
    model.forEachParameter { parameter in
      parameter = Variable(constant: Tensor(rule(parameter.value.count, number), shape: parameter.shape))
      number += 1
    }
    return model
  }

  private static let cases: [(ObservationModel, [Float], [Float], [Float])] = [
    (.bernoulli, R.bernoulliTerms, R.bernoulliGradients, R.bernoulliImportance),
    (.gaussian(standardDeviation: 0.7), R.fixedTerms, R.fixedGradients, R.fixedImportance),
    (.learnedGaussian, R.learnedTerms, R.learnedGradients, R.learnedImportance),
  ]

  @Test(arguments: 0..<3)
  func forwardAndBackwardAgreeWithPyTorch(_ index: Int) {
    let (observation, terms, expected, _) = Self.cases[index]
    var found: [Float] = []
    let (value, gradients) = valueAndGradient(at: model(observation)) { model in
      let parts = model.terms(rows, noise: noise.rows(0..<1).reshaped(to: [3, 2]))
      found = [parts.reconstruction.value.item, parts.divergence.value.item]
      return parts.loss(beta: 0.5)
    }
    for (part, wanted) in zip(found, terms) { #expect(abs(part - wanted) < 2e-6 * max(abs(wanted), 1)) }
    #expect(abs(value - (terms[0] + terms[1] / 2)) < 1e-5)
    let all = gradients.tensors.flatMap(\.scalars)
    #expect(all.count == expected.count)
    for (gradient, wanted) in zip(all, expected) { #expect(abs(gradient - wanted) < 2e-6) }
  }

  @Test(arguments: 0..<3)
  func importanceWeightsAgreeWithPyTorch(_ index: Int) {
    let (observation, _, _, expected) = Self.cases[index]
    let model = model(observation)
    let posterior = model.posterior(Variable(constant: rows))
    let weights = (0..<6).map { draw in
      model.logWeights(of: rows, under: posterior, noise: noise.rows(draw..<draw + 1).reshaped(to: [3, 2]))
    }
    for row in 0..<3 {
      let mean = weights.reduce(0) { $0 + exp($1[row]) } / 6
      #expect(abs(-log(mean) - Double(expected[row])) < 2e-6)
    }
  }

  /// The divergence against its formula, and against the mean of ln q(z) - ln p(z) over many draws.
  @Test func theDivergence() {
    let means: [Float] = [0.5, -2, 0, 1.25, 0, 1e-3]
    let logs: [Float] = [0.3, -1, 0, -6, 2, 1e-3]
    let gaussian = DiagonalGaussian(
      mean: Variable(constant: Tensor(means, shape: [1, 6])),
      logVariance: Variable(constant: Tensor(logs, shape: [1, 6])))
    let terms = gaussian.divergences.value.scalars
    var random = RandomGenerator(seed: 3)
    let noise = random.normal(shape: [400_000, 6])
    let wide = DiagonalGaussian(
      mean: gaussian.mean.broadcast(to: noise.shape), logVariance: gaussian.logVariance.broadcast(to: noise.shape))
    let draws = wide.sample(noise: noise).value
    let ratios = (draws.squared() - noise.squared()) * 0.5 - wide.logVariance.value * 0.5
    let estimates = ratios.mean(axis: 0).scalars
    let errors = ratios.variance(axis: 0).squareRoot().scalars.map { $0 / Float(400_000).squareRoot() }
    for index in 0..<6 {
      let (mean, log) = (Double(means[index]), Double(logs[index]))
      let formula = (mean * mean + exp(log) - 1 - log) / 2
      #expect(abs(Double(terms[index]) - formula) < 1e-6)
      #expect(abs(estimates[index] - terms[index]) < 4 * errors[index] + 1e-5, "\(index)")
    }
  }

  @Test func theGradientsOfTheDivergence() {
    FiniteDifferences(tolerance: 1e-3).check([numbers([3, 2], seed: 4), numbers([3, 2], seed: 5)]) {
      DiagonalGaussian(mean: $0[0], logVariance: $0[1]).divergences
    }
  }
}
