import Autodiff
import TensorCore
import TestSupport
import Testing

@Suite struct TapeTests {
  @Test func aVariableUsedTwiceGathersBothGradients() {
    let (value, gradient) = valueAndGradient(at: Tensor([3])) { x in (x * x + x * 2).sum() }
    #expect(value == 15)
    #expect(gradient == Tensor([8]))
  }

  /// Ten doublings by reuse: 2^10 paths, each node visited once.
  @Test func sharedNodesAreVisitedOnce() {
    let (value, gradient) = valueAndGradient(at: Tensor(1)) { x in
      var y = x
      for _ in 0..<60 { y = y + y }
      return y
    }
    #expect(value == 0x1p60)
    #expect(gradient.item == 0x1p60)
  }

  @Test func aChainOf100000NodesNeedsNoStack() {
    let depth = 100_000
    let (value, gradient) = valueAndGradient(at: Tensor(0)) { x in
      var y = x
      for _ in 0..<depth { y = y + 1 }
      return y
    }
    #expect(value == Float(depth))
    #expect(gradient.item == 1)
  }

  /// x^n by n multiplications: n, and n (n - 1) through the gradient's graph, which is as deep.
  @Test func theGradientOfADeepGraphCanBeDifferentiated() {
    let depth = 100_000
    let x = Variable(Tensor(1))
    var y = x
    for _ in 1..<depth { y = y * x }
    let first = gradient(of: y, withRespectTo: x, isDifferentiable: true)
    #expect(first.value.item == Float(depth))
    let second = gradient(of: first, withRespectTo: x)
    #expect((second.value.item / (Float(depth) * Float(depth - 1)) - 1).magnitude < 1e-3)
  }

  /// Freed without a backward pass, from its end, while the leaf lives on.
  @Test func aLongChainIsFreedWithoutRecursion() {
    let leaf = Variable(Tensor(1))
    do {
      var chain = leaf
      for _ in 0..<100_000 { chain = chain * 1 }
      #expect(chain.value.item == 1)
    }
    var ladder = leaf
    for _ in 0..<100_000 { ladder = ladder + ladder }
    ladder = leaf
    #expect(gradient(of: ladder, withRespectTo: leaf).value.item == 1)
  }

  /// Nodes hold operands, never results: when the result goes, everything behind it goes.
  @Test func nothingIsRetainedInACycle() {
    weak var node: Node?
    weak var leaf: Node?
    do {
      let x = Variable(numbers([2, 3]))
      let h = Activation.silu(
        linear(x, weight: Variable(numbers([3, 4])), bias: Variable(numbers([4])), activation: .tanh))
      let y = meanSquaredError(exp(sigmoid(tanh(sqrt(square(h) + 1)))), numbers([2, 4]))
      let slope = gradient(of: y, withRespectTo: x, isDifferentiable: true)
      let penalty = square(slope).sum()
      _ = gradient(of: penalty, withRespectTo: [x])
      node = y.node
      leaf = x.node
      #expect(node != nil && leaf != nil)
    }
    #expect(node == nil)
    #expect(leaf == nil)
  }

  @Test func constantsRecordNothing() {
    let constant = Variable(constant: Tensor([1, 2]))
    #expect(!(exp(constant) * constant + 1).isTracked)
    #expect((Variable(Tensor([1, 2])) * constant).isTracked)
  }

  @Test func stopGradientStopsIt() {
    let (_, gradient) = valueAndGradient(at: Tensor([3])) { x in (x * stopGradient(x)).sum() }
    #expect(gradient == Tensor([3]))
  }

  @Test func whatTheOutputDoesNotDependOnHasGradientZero() {
    let x = Variable(Tensor([1, 2]))
    let y = Variable(Tensor([[1], [2]]))
    let gradients = gradient(of: (x * 2).sum(), withRespectTo: [x, y])
    #expect(gradients[0].value == Tensor([2, 2]))
    #expect(gradients[1].value == Tensor([[0], [0]]))
    #expect(gradient(of: Variable(constant: Tensor(1)), withRespectTo: x).value == Tensor([0, 0]))
  }

  @Test func gradientsAtIntermediateResults() {
    let x = Variable(Tensor([1, 2]))
    let h = x * x
    let y = (h * h).sum()
    let gradients = gradient(of: y, withRespectTo: [h, x, y])
    #expect(gradients[0].value == Tensor([2, 8]))
    #expect(gradients[1].value == Tensor([4, 32]))
    #expect(gradients[2].value == Tensor(1))
  }

  @Test func aVariableThatIsAskedForTwiceIsAnsweredTwice() {
    let x = Variable(Tensor([3]))
    let gradients = gradient(of: (x * x).sum(), withRespectTo: [x, x])
    #expect(gradients.map(\.value) == [Tensor([6]), Tensor([6])])
    #expect(gradient(of: x, withRespectTo: x).value == Tensor([1]))
  }

  /// The same graph can be differentiated again, at other places and with other leaves left out.
  @Test func aGraphCanBeDifferentiatedTwice() {
    let x = Variable(Tensor([2]))
    let y = Variable(Tensor([5]))
    let z = (x * x * y).sum()
    #expect(gradient(of: z, withRespectTo: x).value == Tensor([20]))
    #expect(gradient(of: z, withRespectTo: y).value == Tensor([4]))
    #expect(gradient(of: z, withRespectTo: x).value == Tensor([20]))
  }

  /// f = x^4: 4 x^3, 12 x^2, 24 x, 24, 0.
  @Test func derivativesOfAnyOrder() {
    let x = Variable(Tensor(2))
    var f = square(square(x))
    for expected: Float in [32, 48, 48, 24, 0] {
      f = gradient(of: f, withRespectTo: x, isDifferentiable: true)
      #expect(f.value.item == expected)
    }
  }

  /// WGAN-GP's penalty: the square of (|df/dx| - 1), differentiated by the weights of f.
  @Test func gradientPenalty() {
    let x = numbers([4, 3])
    FiniteDifferences().check([numbers([3, 5]), numbers([5]), numbers([5, 1])], secondOrder: false) { weights in
      let points = Variable(x)
      let hidden = linear(points, weight: weights[0], bias: weights[1], activation: .tanh)
      let scores = linear(hidden, weight: weights[2], bias: Variable(constant: Tensor([0])), activation: .identity)
      let slopes = gradient(of: scores.sum(), withRespectTo: points, isDifferentiable: true)
      let lengths = sqrt(square(slopes).sum(axis: 1))
      return square(lengths - 1)
    }
  }

  @Test func anOutputOfSeveralNumbersStops() async {
    expectTrap(
      "gradient: the output must be a single number, but has the shape [2]",
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = valueAndGradient(at: Tensor([1, 2])) { $0 * 2 }
      })
  }

  @Test func shapeMistakesStop() async {
    expectTrap(
      "+: the shapes [2] and [3] do not broadcast to each other",
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = Variable(Tensor([1, 2])) + Variable(Tensor([1, 2, 3]))
      })
    expectTrap(
      "sum: there is no axis 2 in the shape [2, 3]",
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = Variable(Tensor(zeros: [2, 3])).mean(axis: 2)
      })
  }
}
