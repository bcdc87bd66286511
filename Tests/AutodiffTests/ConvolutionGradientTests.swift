import Autodiff
import TensorCore
import TestSupport
import Testing

@Suite struct ConvolutionGradientTests {
  let differences = FiniteDifferences()

  @Test(arguments: [(1, 0), (1, 1), (2, 1), (3, 2)]) func convolution(_ stride: Int, _ padding: Int) {
    let points = [numbers([2, 4, 5, 2]), numbers([3, 2, 2, 3], seed: 2), numbers([3], seed: 3)]
    differences.check(points) { conv2d($0[0], weight: $0[1], bias: $0[2], stride: stride, padding: padding) }
    differences.check([points[0], points[1]]) { conv2d($0[0], weight: $0[1], stride: stride, padding: padding) }
  }

  @Test(arguments: FunctionGradientTests.activations) func layer(_ activation: Activation) {
    // The preactivations stay away from the kinks of the piecewise functions.
    let points = [numbers([1, 3, 3, 2]), numbers([2, 2, 2, 2], seed: 2) * 0.3, Tensor([3, -3])]
    differences.check(points) { conv2d($0[0], weight: $0[1], bias: $0[2], activation: activation) }
  }

  @Test(arguments: FunctionGradientTests.activations) func transposedLayer(_ activation: Activation) {
    let points = [numbers([1, 3, 3, 2]), numbers([2, 2, 2, 2], seed: 2) * 0.3, Tensor([3, -3])]
    differences.check(points) {
      convTransposed2d($0[0], weight: $0[1], bias: $0[2], activation: activation, stride: 2)
    }
  }

  @Test(arguments: [Activation.identity, .silu, .tanh]) func aBiasForEachImage(_ activation: Activation) {
    let points = [numbers([2, 4, 3, 2]), numbers([3, 3, 2, 3], seed: 2) * 0.3, numbers([2, 3], seed: 3)]
    differences.check(points) { conv2d($0[0], weight: $0[1], bias: $0[2], activation: activation, padding: 1) }
  }

  @Test func layerWithConstantParts() {
    let (x, w) = (numbers([1, 4, 4, 2]), numbers([3, 3, 2, 2], seed: 2))
    differences.check([x]) { conv2d($0[0], weight: Variable(constant: w), activation: .silu, padding: 1) }
    differences.check([w]) { conv2d(Variable(constant: x), weight: $0[0], activation: .tanh, padding: 1) }
    differences.check([x]) { convTransposed2d($0[0], weight: Variable(constant: w), activation: .silu, padding: 1) }
    differences.check([w]) { convTransposed2d(Variable(constant: x), weight: $0[0], activation: .tanh, padding: 1) }
  }

  @Test(arguments: [(1, 0, 0), (1, 1, 0), (2, 1, 0), (2, 1, 1), (3, 0, 2)])
  func transposedConvolution(_ stride: Int, _ padding: Int, _ outputPadding: Int) {
    let points = [numbers([2, 3, 2, 2]), numbers([3, 3, 3, 2], seed: 2), numbers([3], seed: 3)]
    differences.check(points) {
      convTransposed2d(
        $0[0], weight: $0[1], bias: $0[2], stride: stride, padding: padding, outputPadding: outputPadding)
    }
    differences.check([points[0], points[1]]) {
      convTransposed2d($0[0], weight: $0[1], stride: stride, padding: padding, outputPadding: outputPadding)
    }
  }

  @Test func resampling() {
    differences.check([numbers([2, 2, 3, 2])]) { square($0[0].upsampledNearest(factor: 2)) }
    differences.check([numbers([2, 4, 6, 2])]) { square($0[0].summedSquares(factor: 2)) }
    differences.check([numbers([2, 4, 6, 2])]) { square($0[0].averagePooled(window: 2)) }
    differences.check([numbers([1, 5, 4, 2])]) { square($0[0].averagePooled(window: 3, stride: 1)) }
  }

  @Test func largestPixels() {
    // Distinct by more than the differences' steps.
    let order = RandomGenerator(seed: 4).shuffled(40)
    let pixels = Tensor(order.map { Float($0) / 8 - 2 }, shape: [1, 5, 4, 2])
    differences.check([pixels]) { square($0[0].maxPooled(window: 2)) }
    differences.check([pixels]) { square($0[0].maxPooled(window: 3, stride: 1)) }
    let equal = valueAndGradient(at: Tensor(ones: [1, 2, 2, 1])) { $0.maxPooled(window: 2).sum() }.gradient
    #expect(equal.scalars == [1, 0, 0, 0])
  }
}

extension RandomGenerator {
  fileprivate func shuffled(_ count: Int) -> [Int] {
    var random = self
    return random.permutation(count)
  }
}
