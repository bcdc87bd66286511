import Autodiff
import GenerativeModels
import NeuralNetworks
import TensorCore
import TestSupport
import Testing

@Suite struct CategoricalDiffusionTests {
  private let process = CategoricalDiffusion(steps: 10, limit: [0.5, 0.3, 0.2], schedule: .cosine)

  private func close(_ a: [Double], _ b: [Double], _ tolerance: Double = 1e-12) -> Bool {
    a.count == b.count && zip(a, b).allSatisfy { ($0 - $1).magnitude < tolerance }
  }

  @Test func theChainBeginsWholeAndEndsAtItsLimit() {
    for schedule in [CategoricalDiffusion.Schedule.linear, .cosine] {
      let process = CategoricalDiffusion(steps: 7, limit: [0.25, 0.75], schedule: schedule)
      #expect(process.marginal(x0: 0, t: 0) == [1, 0])
      #expect(process.marginal(x0: 0, t: 7) == [0.25, 0.75])
      let kept = (0...7).map(process.keptProbability)
      #expect(zip(kept, kept.dropFirst()).allSatisfy { $0 > $1 })
    }
  }

  /// sum over x_t of q(x_t | x_0) q(x_s | x_t, x_0) = q(x_s | x_0).
  @Test func posteriorsAverageToTheMarginal() {
    for x0 in 0..<3 {
      for (t, s) in [(10, 9), (5, 4), (7, 2), (1, 0)] {
        var average = [0.0, 0, 0]
        for (xt, probability) in process.marginal(x0: x0, t: t).enumerated() {
          for (index, value) in process.posterior(x0: x0, xt: xt, from: t, to: s).enumerated() {
            average[index] += probability * value
          }
        }
        #expect(close(average, process.marginal(x0: x0, t: s)))
      }
    }
  }

  @Test func theFirstStepsPosteriorIsTheDataAndAKnownX0MakesTheModelThePosterior() {
    #expect(close(process.posterior(x0: 2, xt: 0, from: 1, to: 0), [0, 0, 1]))
    let model = process.reverse(x0: [0, 1, 0], xt: 2, from: 6, to: 5)
    #expect(close(model, process.posterior(x0: 1, xt: 2, from: 6, to: 5)))
  }

  @Test func samplesFollowTheMarginal() {
    var random = RandomGenerator(seed: 4)
    let drawn = process.qSample([Int](repeating: 1, count: 30_000), t: 5, using: &random)
    for (category, probability) in process.marginal(x0: 1, t: 5).enumerated() {
      let share = Double(drawn.count { $0 == category }) / 30_000
      #expect((share - probability).magnitude < 5 * (0.25 / 30_000).squareRoot())
    }
  }

  /// The bound of masked diffusion is that of the general process: its weight is the divergence's factor.
  @Test func maskingIsTheCaseOfAnAbsorbingCategory() {
    let masked = MaskedDiffusion(vocabulary: 3, steps: 8)
    let guess = [0.2, 0.7, 0.1, 0]
    for t in 1...8 {
      let posterior = masked.process.posterior(x0: 1, xt: masked.mask, from: t, to: t - 1)
      let model = masked.process.reverse(x0: guess, xt: masked.mask, from: t, to: t - 1)
      var divergence = 0.0
      for (q, p) in zip(posterior, model) where q > 0 { divergence += q * log(q / p) }
      #expect((divergence + masked.weight(t) * log(0.7)).magnitude < 1e-12)
      #expect((masked.weight(t) - 1 / Double(t)).magnitude < 1e-12)
      // At T every token is masked, so that there is none to be seen.
      if t < 8 { #expect(masked.process.posterior(x0: 1, xt: 1, from: t, to: t - 1) == [0, 1, 0, 0]) }
    }
  }

  @Test func badProcessesStop() async {
    expectTrap(
      "CategoricalDiffusion: the probabilities of limit add up to 1.1 instead of 1",
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = CategoricalDiffusion(steps: 3, limit: [0.5, 0.6])
      })
    expectTrap(
      "CategoricalDiffusion: limit holds -0.5; give a probability for each category",
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = CategoricalDiffusion(steps: 3, limit: [1.5, -0.5])
      })
    expectTrap(
      "CategoricalDiffusion: there is no step 4; t runs from 0 to 3",
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = CategoricalDiffusion(steps: 3, limit: [0.5, 0.5]).keptProbability(4)
      })
    expectTrap(
      "MaskedDiffusion: vocabulary must be at least 1, but is 0",
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = MaskedDiffusion(vocabulary: 0, steps: 3)
      })
  }
}

/// Knows nothing: every token is as likely as any other.
private struct EvenNetwork: TokenNetwork {
  let vocabulary: Int
  mutating func visitParameters(_ visitor: inout some ParameterVisitor) {}
  func callAsFunction(_ tokens: [Int], length: Int, times: [Double]) -> Variable {
    Variable(constant: Tensor(zeros: [tokens.count, vocabulary]))
  }
}

@Suite struct MaskedDiffusionTests {
  /// Words of five letters: two vowels that agree around consonants, as abaca.
  private func words(_ count: Int, using random: inout RandomGenerator) -> Tensor {
    var tokens: [Float] = []
    for _ in 0..<count {
      let vowel = Float(random.integer(below: 2))
      let first = Float(2 + random.integer(below: 3))
      tokens += [vowel, first, vowel, Float(2 + random.integer(below: 3)), vowel]
    }
    return Tensor(tokens, shape: [count, 5])
  }

  /// Whoever knows nothing needs log2(v) bits for each token, whatever the steps.
  @Test(arguments: [1, 4, 50])
  func ignoranceCostsTheLogarithmOfTheVocabulary(_ steps: Int) {
    var random = RandomGenerator(seed: 3)
    let diffusion = MaskedDiffusion(vocabulary: 5, steps: steps)
    let bound = diffusion.variationalBound(
      EvenNetwork(vocabulary: 5), of: words(400, using: &random), using: &random)
    let error = bound.total.standardError / (5 * log(2.0))
    #expect((bound.bitsPerDimension - log2(5.0)).magnitude <= 4 * error + 1e-6)
    let losses = (0..<300).map { _ in
      Double(diffusion.loss(EvenNetwork(vocabulary: 5), words(20, using: &random), using: &random).value.item)
    }
    let mean = losses.reduce(0, +) / 300
    let deviation = losses.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 299
    #expect((mean - log(5.0)).magnitude < 4 * (deviation / 300).squareRoot() + 1e-6)
  }

  @Test func aTrainedNetworkSpells() throws {
    var random = RandomGenerator(seed: 3)
    let diffusion = MaskedDiffusion(vocabulary: 5, steps: 20)
    let network = TokenTransformer(categories: 6, outputs: 5, length: 5, width: 32, heads: 2, depth: 1, using: &random)
    let configuration = TrainingConfiguration(
      steps: 400, batchSize: 64, learningRate: .cosine(from: 5e-3, to: 0, steps: 400))
    var learner = diffusion.learner(network, averageDecay: 0.98, configuration: configuration)
    var trainer = Trainer(configuration)
    let data = words(1_000, using: &random)
    try trainer.run(&learner, on: data, using: &random)
    let drawn = diffusion.sample(learner.averaged, count: 200, length: 5, using: &random)
    var valid = 0
    var kinds: Set<[Float]> = []
    for row in 0..<200 {
      let word = drawn.rows(row..<row + 1).scalars
      kinds.insert(word)
      if word[0] < 2 && word[0] == word[2] && word[2] == word[4] && word[1] >= 2 && word[3] >= 2 { valid += 1 }
    }
    #expect(valid >= 180)
    #expect(kinds.count >= 14)
    // One vowel of two and two consonants of three: log2(18) bits for five letters, and the bound cannot be less.
    let bound = diffusion.variationalBound(learner.averaged, of: data, using: &random)
    let truth = log2(18.0) / 5
    #expect(bound.bitsPerDimension > truth - 3 * bound.total.standardError / (5 * log(2.0)))
    #expect(bound.bitsPerDimension < truth * 1.15)
    // A prompt stays, and decides the vowels.
    let prompted = diffusion.sample(
      learner.averaged, count: 20, length: 5, prompt: [nil, 4, 1, nil, nil], using: &random)
    for row in 0..<20 {
      let word = prompted.rows(row..<row + 1).scalars
      #expect(word[1] == 4 && word[2] == 1)
    }
    #expect((0..<20).count { prompted[$0, 0] == 1 && prompted[$0, 4] == 1 } >= 18)
  }

  @Test func badTokensStop() async {
    expectTrap(
      "MaskedDiffusion: 3.0 is no token; tokens are whole numbers below 3",
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        var random = RandomGenerator(seed: 1)
        let diffusion = MaskedDiffusion(vocabulary: 3, steps: 4)
        _ = diffusion.loss(EvenNetwork(vocabulary: 3), Tensor([[0, 3]]), using: &random)
      })
    await #expect(processExitsWith: .failure) {
      var random = RandomGenerator(seed: 1)
      let diffusion = MaskedDiffusion(vocabulary: 3, steps: 4)
      _ = diffusion.sample(EvenNetwork(vocabulary: 3), count: 1, length: 2, steps: 5, using: &random)
    }
  }
}
