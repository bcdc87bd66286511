import Autodiff
import NeuralNetworks
import TensorCore
import TestSupport
import Testing

@Suite struct DropoutTests {
  @Test func dropsItsShareAndKeepsTheMean() {
    var random = RandomGenerator(seed: 3)
    let y = Dropout(0.3)(Variable(constant: Tensor(ones: [200, 200])), phase: .training, using: &random).value
    let kept = y.scalars.filter { $0 != 0 }
    #expect(kept.allSatisfy { $0 == 1 / 0.7 })
    // The share's standard deviation is 0.0023.
    #expect(abs(Double(kept.count) / 40_000 - 0.7) < 0.01)
  }

  @Test func theGradientPassesWhereTheNumberDid() {
    var random = RandomGenerator(seed: 3)
    let x = Variable(numbers([50], in: 1...2))
    let y = Dropout(0.5)(x, phase: .training, using: &random)
    let slopes = gradient(of: y.sum(), withRespectTo: x).value
    #expect(slopes * x.value == y.value)
    #expect(slopes.scalars.contains(0) && slopes.scalars.contains(2))
  }

  @Test func evaluationChangesNothing() {
    var random = RandomGenerator(seed: 3)
    let before = random
    let x = numbers([5])
    #expect(Dropout(0.5)(Variable(constant: x), phase: .evaluation, using: &random).value == x)
    #expect(Dropout(0)(Variable(constant: x), phase: .training, using: &random).value == x)
    #expect(random == before)
  }

  @Test func mistakesStop() async {
    await #expect(processExitsWith: .failure) { _ = Dropout(1) }
    await #expect(processExitsWith: .failure) { _ = Dropout(.nan) }
  }
}

@Suite struct EmbeddingTests {
  @Test func agreesWithPyTorch() {
    let reference = EmbeddingReference.values
    let places = reference.input.map { Int($0) }
    var layer = Embedding(weight: Tensor(zeros: [7, 3]))
    setParameters(of: &layer, to: reference.start)
    expectClose(layer(places).value, reference.output, "output")
    reference.train(layer, Tensor(reference.target, shape: [6, 3]), 1.0, #_sourceLocation) { $0(places) }
  }

  @Test func derivativesAgreeWithDifferences() {
    FiniteDifferences().check([numbers([4, 2])]) { inputs in
      var layer = Embedding(weight: Tensor(zeros: [4, 2]))
      layer.weight = inputs[0]
      return square(layer([1, 3, 1]))
    }
  }

  @Test func startsStandardNormal() {
    var random = RandomGenerator(seed: 8)
    let weight = Embedding(count: 200, width: 100, using: &random).weight.value
    #expect(weight.mean().item.magnitude < 0.03)
    #expect((weight.variance().item - 1).magnitude < 0.04)
  }

  @Test func mistakesStop() async {
    await #expect(processExitsWith: .failure) { _ = Embedding(weight: Tensor([[1, 2]]))([1]) }
    await #expect(processExitsWith: .failure) { _ = Embedding(weight: Tensor([1, 2])) }
  }
}

@Suite struct SinusoidalEmbeddingTests {
  @Test func agreesWithTheFormula() {
    let times = SinusoidalReference.times.map { Double($0) }
    let found = SinusoidalEmbedding(width: 8)(times)
    #expect(found.shape == [5, 8])
    expectClose(found, SinusoidalReference.output, relative: 1e-7)
    #expect(SinusoidalEmbedding(width: 8)([0, 1, 17]) == found.rows(0..<3))
  }

  /// A batch has the same time in many rows, in any order.
  @Test func aRowDependsOnItsOwnTimeAlone() {
    var random = RandomGenerator(seed: 5)
    let times = random.integers(below: 7, count: 64).map { [0, 1, 2.5, -3, 1e4, -0.0, .nan][$0] }
    let embedding = SinusoidalEmbedding(width: 6)
    let rows = embedding(times)
    for (row, time) in times.enumerated() {
      let alone = embedding([time])
      #expect(rows.rows(row..<row + 1).scalars.map(\.bitPattern) == alone.scalars.map(\.bitPattern), "\(time)")
    }
    #expect(embedding([Double]()).shape == [0, 6])
  }

  @Test func mistakesStop() async {
    await #expect(processExitsWith: .failure) { _ = SinusoidalEmbedding(width: 5) }
    await #expect(processExitsWith: .failure) { _ = SinusoidalEmbedding(width: 4, longestPeriod: 1) }
  }
}
