import TensorCore
import Testing

@Suite struct OptimizationTests {
  /// The update written in Double, from the paper's algorithm.
  @Test func adamFollowsItsFormula() {
    var random = RandomGenerator(seed: 9)
    let count = 1003
    var p = random.normal(shape: [count])
    var m = Tensor(zeros: [count])
    var v = Tensor(zeros: [count])
    var (exactP, exactM, exactV) = (
      p.scalars.map(Double.init), [Double](repeating: 0, count: count), [Double](repeating: 0, count: count)
    )
    let constants = AdamConstants(learningRate: 0.01, weightDecay: 0.1)
    for step in 1...5 {
      let g = random.normal(shape: [count])
      adamStep(parameters: &p, gradients: g, firstMoment: &m, secondMoment: &v, step: step, constants: constants)
      for (index, gradient) in g.scalars.map(Double.init).enumerated() {
        exactM[index] = 0.9 * exactM[index] + 0.1 * gradient
        exactV[index] = 0.999 * exactV[index] + 0.001 * gradient * gradient
        let first = exactM[index] / (1 - pow(0.9, Double(step)))
        let second = exactV[index] / (1 - pow(0.999, Double(step)))
        exactP[index] = exactP[index] * (1 - 0.01 * 0.1) - 0.01 * first / (second.squareRoot() + 1e-8)
      }
    }
    for (value, exact) in zip(p.scalars, exactP) { #expect(Swift.abs(Double(value) - exact) < 2e-6) }
  }

  @Test func adamLeavesSharedCopiesAlone() {
    var p = Tensor([1, 2])
    let before = p
    var m = Tensor(zeros: [2])
    var v = Tensor(zeros: [2])
    adamStep(
      parameters: &p, gradients: Tensor([1, 1]), firstMoment: &m, secondMoment: &v, step: 1, constants: AdamConstants())
    #expect(before == Tensor([1, 2]))
    #expect(p != before)
  }

  @Test func lossesAndTheirGradients() {
    let prediction = Tensor([[1, 2], [3, 5]])
    let target = Tensor([[1, 4], [0, 5]])
    let squared = meanSquaredErrorWithGradient(prediction: prediction, target: target)
    #expect(squared.loss == 13.0 / 4)
    #expect(squared.gradient == Tensor([[0, -1], [1.5, 0]]))
    let absolute = meanAbsoluteErrorWithGradient(prediction: prediction, target: target)
    #expect(absolute.loss == 5.0 / 4)
    #expect(absolute.gradient == Tensor([[0, -0.25], [0.25, 0]]))
  }

  @Test func blendsAndScaledSums() {
    var x = Tensor([1, 2])
    x.add(Tensor([10, 20]), scaledBy: 0.5)
    #expect(x == Tensor([6, 12]))
    x.interpolate(toward: Tensor([10, 20]), by: 0.25)
    #expect(x == Tensor([7, 14]))
    x *= 2
    x -= Tensor(1)
    #expect(x == Tensor([13, 27]))
  }
}
