import Autodiff
import TensorCore
import TestSupport
import Testing

@Suite struct ArithmeticGradientTests {
  let differences = FiniteDifferences()

  @Test func additionAndSubtraction() {
    differences.check([numbers([2, 3]), numbers([2, 3], seed: 2)]) { $0[0] + $0[1] }
    differences.check([numbers([2, 3]), numbers([2, 3], seed: 2)]) { $0[0] - $0[1] }
    differences.check([numbers([2, 3])]) { -$0[0] }
  }

  @Test func products() {
    differences.check([numbers([2, 3]), numbers([2, 3], seed: 2)]) { $0[0] * $0[1] }
    differences.check([numbers([2, 3]), numbers([2, 3], in: 1...2, seed: 2)]) { $0[0] / $0[1] }
  }

  @Test func numbersAsOperands() {
    differences.check([numbers([2, 3])]) { 2 + ($0[0] + 3) * 2 - 1 }
    differences.check([numbers([2, 3])]) { 4 * (5 - $0[0]) / 3 }
    differences.check([numbers([2, 3], in: 1...2)]) { 2 / $0[0] }
  }

  @Test func tensorsAsOperandsAreConstants() {
    let c = numbers([2, 3], in: 1...2, seed: 5)
    differences.check([numbers([2, 3], in: 1...2)]) { (c + $0[0] - c) * c / c }
    differences.check([numbers([2, 3], in: 1...2)]) { c - (c / $0[0]) * (c * ($0[0] + c)) }
  }

  static let shapes: [([Int], [Int])] = [
    ([2, 3], [3]), ([2, 3], [1]), ([2, 3], []), ([2, 3], [2, 1]), ([2, 1], [1, 3]), ([4, 1, 3], [2, 1]), ([1], [3, 2]),
  ]

  /// Every pair of shapes that broadcast, for every operator: the gradient comes back in the operand's own shape.
  @Test(arguments: shapes) func broadcasting(_ first: [Int], _ second: [Int]) {
    let points = [numbers(first, in: 1...2), numbers(second, in: 1...2, seed: 2)]
    differences.check(points) { $0[0] + $0[1] }
    differences.check(points) { $0[0] - $0[1] }
    differences.check(points) { $0[0] * $0[1] }
    differences.check(points) { $0[0] / $0[1] }
    differences.check(points.reversed()) { $0[0] / $0[1] }
  }

  /// The same where one operand is data.
  @Test(arguments: shapes) func broadcastingWithConstants(_ first: [Int], _ second: [Int]) {
    for (shape, other) in [(first, second), (second, first)] {
      let point = [numbers(shape, in: 1...2)]
      let c = numbers(other, in: 1...2, seed: 2)
      differences.check(point) { $0[0] + c }
      differences.check(point) { c - $0[0] }
      differences.check(point) { $0[0] - c }
      differences.check(point) { c * $0[0] }
      differences.check(point) { $0[0] / c }
      differences.check(point) { c / $0[0] }
    }
  }

  /// The pairs differ by more than the differences reach.
  @Test(arguments: shapes) func broadcastingChoices(_ first: [Int], _ second: [Int]) {
    let near = numbersAwayFromZero(first)
    for points in [[near, numbers(second, in: -0.02...0.02, seed: 2)], [numbers(second, in: -0.02...0.02), near]] {
      differences.check(points) { maximum($0[0], $0[1]) * $0[0] }
      differences.check(points) { minimum($0[0], $0[1]) * $0[1] }
    }
  }

  @Test func largerAndSmaller() {
    let points = [numbers([4, 3], in: 0...1), numbers([1, 3], in: 0.45...0.55, seed: 9)]
    differences.check(points) { maximum($0[0], $0[1]) * $0[0] }
    differences.check(points) { minimum($0[0], $0[1]) * $0[0] }
    let tie = valueAndGradient(at: [Tensor([1, 1]), Tensor([1, 2])]) { maximum($0[0], $0[1]).sum() }
    #expect(tie.gradients == [Tensor([0.5, 0]), Tensor([0.5, 1])])
  }
}

@Suite struct FunctionGradientTests {
  let differences = FiniteDifferences()

  @Test func exponentials() {
    differences.check([numbers([5])]) { exp($0[0]) }
    differences.check([numbers([5], in: 0.5...3)]) { log($0[0]) }
    differences.check([numbers([5], in: 0.5...3)]) { sqrt($0[0]) }
    differences.check([numbers([5], in: 0.5...3)]) { pow($0[0], 2.5) }
    differences.check([numbers([5])]) { square($0[0]) }
    differences.check([numbers([5])]) { erf($0[0]) }
  }

  @Test func waves() {
    differences.check([numbers([5], in: -3...3)]) { sin($0[0]) }
    differences.check([numbers([5], in: -3...3)]) { cos($0[0]) }
  }

  @Test func magnitudes() {
    differences.check([numbersAwayFromZero([6])]) { abs($0[0]) * $0[0] }
    #expect(valueAndGradient(at: Tensor([0])) { abs($0).sum() }.gradient == Tensor([0]))
  }

  static let activations: [Activation] = [
    .identity, .relu, .leakyRelu(slope: 0.2), .leakyRelu(slope: -0.5), .silu, .tanh, .sigmoid, .gelu, .softplus,
  ]

  @Test(arguments: activations) func activation(_ activation: Activation) {
    differences.check([numbersAwayFromZero([3, 4]) * 2]) { activation($0[0]) * $0[0] }
  }

  @Test func activationsByName() {
    let x = Variable(constant: numbers([7]))
    #expect(relu(x).value == relu(x.value))
    #expect(leakyRelu(x, slope: 0.3).value == leakyRelu(x.value, slope: 0.3))
    #expect(silu(x).value == silu(x.value))
    #expect(tanh(x).value == tanh(x.value))
    #expect(sigmoid(x).value == sigmoid(x.value))
    #expect(gelu(x).value == gelu(x.value))
    #expect(softplus(x).value == softplus(x.value))
  }
}

@Suite struct ShapingGradientTests {
  let differences = FiniteDifferences()

  @Test func shapes() {
    differences.check([numbers([2, 6])]) { square($0[0].reshaped(to: [3, -1])) }
    differences.check([numbers([2, 3])]) { square($0[0].transposed()) }
    differences.check([numbers([2, 3, 4])]) { square($0[0].permuted([2, 0, 1])) }
    differences.check([numbers([2, 1])]) { square($0[0].broadcast(to: [4, 2, 3])) }
  }

  @Test func parts() {
    differences.check([numbers([4, 3])]) { square($0[0].rows(1..<3)) }
    differences.check([numbers([2, 4, 3])]) { square($0[0].slice(axis: -1, 1..<3)) }
    differences.check([numbers([2, 3])]) { square($0[0].padded(to: [2, 5], axis: -1, at: 1)) }
    differences.check([numbers([2, 3]), numbers([2, 2]), numbers([2, 1])]) {
      square(Variable.concatenated($0, axis: -1))
    }
    differences.check([numbers([4, 3])]) { square($0[0].gatheringRows(at: [2, 0, 2])) }
    differences.check([numbers([3, 2])]) { square($0[0].scatteredRows(at: [1, 3, 1], into: [4, 2])) }
  }
}

@Suite struct ReductionGradientTests {
  let differences = FiniteDifferences()

  @Test func sumsAndMeans() {
    differences.check([numbers([2, 3])]) { square($0[0]).sum() }
    differences.check([numbers([2, 3])]) { square($0[0]).mean() }
    differences.check([numbers([2, 3, 4])]) { square($0[0]).sum(axis: 1) }
    differences.check([numbers([2, 3, 4])]) { square($0[0]).mean(axis: -1, keepingDimension: true) }
    differences.check([numbers([2, 3, 4])]) { square($0[0]).sum(to: [3, 1]) }
  }

  @Test func largest() {
    differences.check([Tensor([[1, 5, 2], [7, 3, 4]])]) { square($0[0].max(axis: 1)) }
    differences.check([Tensor([[1, 5, 2], [7, 3, 4]])]) { square($0[0].max(axis: 0, keepingDimension: true)) }
    #expect(valueAndGradient(at: Tensor([2, 2])) { $0.max(axis: 0).sum() }.gradient == Tensor([1, 0]))
  }

  @Test func softmaxes() {
    let logits = numbers([3, 4], in: -2...2)
    differences.check([logits]) { $0[0].softmax() }
    differences.check([logits]) { $0[0].softmax(axis: 0) }
    differences.check([logits]) { $0[0].logSoftmax() }
    differences.check([logits]) { square($0[0].logSumExp()) }
    differences.check([logits]) { square($0[0].logSumExp(axis: 0, keepingDimension: true)) }
  }
}

@Suite struct MatrixGradientTests {
  let differences = FiniteDifferences()

  @Test(arguments: [false, true], [false, true]) func products(_ transposeA: Bool, _ transposeB: Bool) {
    let a = numbers(transposeA ? [3, 2] : [2, 3])
    let b = numbers(transposeB ? [4, 3] : [3, 4], seed: 2)
    differences.check([a, b]) { matmul($0[0], $0[1], transposeA: transposeA, transposeB: transposeB) }
  }

  @Test(arguments: FunctionGradientTests.activations) func denseLayer(_ activation: Activation) {
    // The preactivations stay away from the kinks of the piecewise functions.
    let points = [numbers([3, 2]), numbers([2, 4], seed: 2), Tensor([2, -2, 3, -3])]
    differences.check(points) { linear($0[0], weight: $0[1], bias: $0[2], activation: activation) }
  }

  @Test func denseLayerWithConstantParts() {
    let x = Variable(constant: numbers([3, 2]))
    let w = Variable(constant: numbers([2, 4], seed: 2))
    differences.check([numbers([2, 4]), numbers([4])]) { linear(x, weight: $0[0], bias: $0[1], activation: .silu) }
    differences.check([numbers([3, 2])]) { linear($0[0], weight: w, bias: Variable(constant: numbers([4]))) }
  }

  @Test func fusedLosses() {
    let target = numbers([3, 4], seed: 8)
    differences.check([target + numbersAwayFromZero([3, 4])]) { meanSquaredError($0[0], target) }
    differences.check([target + numbersAwayFromZero([3, 4])]) { meanAbsoluteError($0[0], target) }
    differences.check([target + numbersAwayFromZero([3, 4])]) { square(meanSquaredError($0[0], target)) * 3 }
  }
}
