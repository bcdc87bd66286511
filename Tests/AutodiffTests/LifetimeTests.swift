import Autodiff
import TensorCore
import TestSupport
import Testing

/// An operation applied to one leaf.
struct Operation: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let shape: [Int]
  let apply: @Sendable (Variable) -> Variable

  init(_ name: String, _ shape: [Int] = [2, 3], _ apply: @escaping @Sendable (Variable) -> Variable) {
    testDescription = name
    self.shape = shape
    self.apply = apply
  }

  static let all: [Operation] =
    elementwise + shaping + reductions + layers
    + FunctionGradientTests.activations.map { activation in Operation("\(activation)") { activation($0) } }

  private static let elementwise = [
    Operation("+") { $0 + $0 }, Operation("-") { $0 - $0 }, Operation("*") { $0 * $0 }, Operation("/") { $0 / $0 },
    Operation("negation") { -$0 }, Operation("+ number") { $0 + 1 }, Operation("number -") { 1 - $0 },
    Operation("* number") { $0 * 2 }, Operation("/ number") { $0 / 2 }, Operation("number /") { 2 / $0 },
    Operation("broadcast +") { $0 + $0.slice(axis: 1, 0..<1) }, Operation("exp") { exp($0) },
    Operation("log") { log($0) }, Operation("sqrt") { sqrt($0) }, Operation("square") { square($0) },
    Operation("abs") { abs($0) }, Operation("sin") { sin($0) }, Operation("cos") { cos($0) },
    Operation("erf") { erf($0) }, Operation("pow") { pow($0, 3) },
    Operation("maximum") { maximum($0, $0) }, Operation("minimum") { minimum($0, $0) },
  ]

  private static let shaping = [
    Operation("reshaped") { $0.reshaped(to: [6]) }, Operation("transposed") { $0.transposed() },
    Operation("permuted") { $0.permuted([1, 0]) }, Operation("broadcast") { $0.broadcast(to: [4, 2, 3]) },
    Operation("slice") { $0.slice(axis: 1, 1..<3) }, Operation("padded") { $0.padded(to: [2, 5], axis: 1, at: 1) },
    Operation("concatenated") { .concatenated([$0, $0, $0, $0], axis: 0) },
    Operation("gatheringRows") { $0.gatheringRows(at: [1, 1]) },
    Operation("scatteredRows") { $0.scatteredRows(at: [2, 2], into: [4, 3]) },
  ]

  private static let reductions = [
    Operation("sum") { $0.sum() }, Operation("mean") { $0.mean() }, Operation("sum(axis:)") { $0.sum(axis: 0) },
    Operation("sum(to:)") { $0.sum(to: [3]) }, Operation("max") { $0.max(axis: 1) },
    Operation("logSumExp") { $0.logSumExp() }, Operation("softmax") { $0.softmax() },
    Operation("logSoftmax") { $0.logSoftmax() },
    Operation("meanSquaredError") { meanSquaredError($0, Tensor(zeros: [2, 3])) },
    Operation("meanAbsoluteError") { meanAbsoluteError($0, Tensor(zeros: [2, 3])) },
    Operation("binary cross entropy") { fusedBinaryCrossEntropy(logits: $0, targets: Tensor(1), divisor: 6) },
    Operation("cross entropy") { fusedCrossEntropy(logits: $0, labels: [2, 0], divisor: 2) },
  ]

  private static let layers = [
    Operation("matmul") { matmul($0, $0, transposeB: true) },
    Operation("linear") { linear($0, weight: $0.transposed(), bias: $0.sum(axis: 1), activation: .silu) },
    Operation("perceptron") {
      perceptron($0, weights: [$0.transposed(), $0], biases: [$0.sum(axis: 1), $0.sum(axis: 0)], activation: .silu)
    },
    Operation("conv2d", [2, 2, 2, 2]) { conv2d($0, weight: $0, bias: $0.sum(to: [2]), activation: .silu, padding: 1) },
    Operation("convTransposed2d", [2, 2, 2, 2]) {
      convTransposed2d($0, weight: $0, bias: $0.sum(to: [2]), stride: 2, outputPadding: 1)
    },
    Operation("rotated", [2, 2, 2, 2]) { $0.rotated(quarterTurns: 1) },
    Operation("scaledSoftmax") { $0.scaledSoftmax(scale: 0.5) },
    Operation("normalized", [2, 2, 2, 2]) {
      normalized(
        $0, weight: $0.sum(to: [2]), bias: $0.sum(to: [2]),
        sets: NormalizationSets(batch: 2, pixels: 4, channels: 2, groups: 1), epsilon: 1e-5, activation: .silu
      ).result
    },
    Operation("upsampledNearest", [2, 2, 2, 2]) { $0.upsampledNearest(factor: 2) },
    Operation("summedSquares", [2, 2, 2, 2]) { $0.summedSquares(factor: 2) },
    Operation("averagePooled", [2, 2, 2, 2]) { $0.averagePooled(window: 2, stride: 1) },
    Operation("maxPooled", [2, 2, 2, 2]) { $0.maxPooled(window: 2, stride: 1) },
  ]
}

@Suite struct LifetimeTests {
  /// When the last variable goes, every node goes: of the operation, of its gradient's graph and of the gradient's
  /// gradient's. A node that stayed would keep the leaf, which every one of them leads back to.
  @Test(arguments: Operation.all) func nothingIsRetained(_ operation: Operation) {
    weak var leaf: Node?
    weak var result: Node?
    do {
      let x = Variable(numbers(operation.shape, in: 1...2))
      let y = operation.apply(x)
      let first = gradient(of: square(y).sum(), withRespectTo: x, isDifferentiable: true)
      let second = gradient(of: square(first).sum(), withRespectTo: [x, y], isDifferentiable: true)
      _ = gradient(of: square(second[0]).sum(), withRespectTo: x, isDifferentiable: true)
      (leaf, result) = (x.node, y.node)
      #expect(leaf != nil && result != nil)
    }
    #expect(result == nil)
    #expect(leaf == nil)
  }

  /// A tensor that a pullback holds must not outlive it: `valueAndGradient` drops each as soon as it was used.
  @Test(arguments: Operation.all) func nothingIsRetainedByAGraphThatIsUsedUp(_ operation: Operation) {
    weak var leaf: Node?
    _ = valueAndGradient(at: numbers(operation.shape, in: 1...2)) { x in
      leaf = x.node
      return square(operation.apply(x)).sum()
    }
    #expect(leaf == nil)
  }
}
