import Autodiff
import NeuralNetworks
import TensorCore
import Testing

@Suite struct LinearTests {
  typealias Reference = LinearReference

  struct Case: Sendable, CustomTestStringConvertible {
    let activation: Activation
    let output, input, weight, bias: [Float]
    var testDescription: String { "\(activation)" }
  }

  static let cases = [
    Case(
      activation: .identity, output: Reference.identityOutput, input: Reference.identityInput,
      weight: Reference.identityWeight, bias: Reference.identityBias),
    Case(
      activation: .relu, output: Reference.reluOutput, input: Reference.reluInput, weight: Reference.reluWeight,
      bias: Reference.reluBias),
    Case(
      activation: .leakyRelu(slope: 0.2), output: Reference.leakyReluOutput, input: Reference.leakyReluInput,
      weight: Reference.leakyReluWeight, bias: Reference.leakyReluBias),
    Case(
      activation: .leakyRelu(slope: -0.5), output: Reference.fallingReluOutput, input: Reference.fallingReluInput,
      weight: Reference.fallingReluWeight, bias: Reference.fallingReluBias),
    Case(
      activation: .sigmoid, output: Reference.sigmoidOutput, input: Reference.sigmoidInput,
      weight: Reference.sigmoidWeight, bias: Reference.sigmoidBias),
    Case(
      activation: .tanh, output: Reference.tanhOutput, input: Reference.tanhInput, weight: Reference.tanhWeight,
      bias: Reference.tanhBias),
    Case(
      activation: .silu, output: Reference.siluOutput, input: Reference.siluInput, weight: Reference.siluWeight,
      bias: Reference.siluBias),
    Case(
      activation: .softplus, output: Reference.softplusOutput, input: Reference.softplusInput,
      weight: Reference.softplusWeight, bias: Reference.softplusBias),
    Case(
      activation: .gelu, output: Reference.geluOutput, input: Reference.geluInput, weight: Reference.geluWeight,
      bias: Reference.geluBias),
  ]

  @Test(arguments: cases) func agreesWithPyTorch(_ expected: Case) {
    let layer = Linear(
      weight: fromPyTorch(Reference.weight, outputs: 5, inputs: 4), bias: Tensor(Reference.bias))
    let x = Tensor(Reference.input, shape: [3, 4])
    expectClose(layer(x, activation: expected.activation).value, expected.output, "output")
    let upstream = Tensor(Reference.upstream, shape: [3, 5])
    let found = valueAndGradient(at: [x, layer.weight.value, layer.bias.value]) { variables in
      let y = linear(variables[0], weight: variables[1], bias: variables[2], activation: expected.activation)
      return (y * upstream).sum()
    }
    expectClose(found.gradients[0], expected.input, "input")
    expectClose(found.gradients[1].transposed(), expected.weight, "weight")
    expectClose(found.gradients[2], expected.bias, "bias")
  }

  @Test func standardInitializationFillsItsRange() {
    var random = RandomGenerator(seed: 5)
    let layer = Linear(100, 300, using: &random)
    for values in [layer.weight.value, layer.bias.value] {
      #expect(values.scalars.allSatisfy { $0.magnitude <= 0.1 })
      #expect(values.max().item > 0.095)
      #expect(values.min().item < -0.095)
      #expect(values.mean().item.magnitude < 0.02)
    }
  }

  static let variances: [(Initializer, Double)] = [
    (.xavierUniform, 2.0 / 500), (.xavierNormal, 2.0 / 500), (.kaimingUniform, 2.0 / 200),
    (.kaimingNormal, 2.0 / 200), (.normal(standardDeviation: 0.02), 0.0004), (.standard, 1.0 / 600), (.zeros, 0),
  ]

  @Test(arguments: variances) func initializersHaveTheirVariance(_ initializer: Initializer, _ variance: Double) {
    var random = RandomGenerator(seed: 4)
    let weights = initializer(shape: [200, 300], fanIn: 200, fanOut: 300, using: &random)
    #expect(abs(Double(weights.variance().item) - variance) <= 0.02 * variance)
    #expect(abs(Double(weights.mean().item)) <= 5 * (variance / 60_000).squareRoot())
  }

  @Test func wrongShapesStop() async {
    await #expect(processExitsWith: .failure) { _ = Linear(weight: Tensor([[1, 2]]), bias: Tensor([1])) }
    await #expect(processExitsWith: .failure) {
      var random = RandomGenerator(seed: 1)
      _ = Linear(3, 2, using: &random)(Tensor([[1, 2]]))
    }
  }

  @Test func sharedCoordinatesFoldIntoTheFirstBias() {
    var random = RandomGenerator(seed: 3)
    let network = MLP(widths: [5, 16, 3], activation: .silu, using: &random)
    let x = random.normal(shape: [40, 2])
    let shared = random.normal(shape: [1, 3])
    let whole = network(Tensor.concatenated([x, shared.broadcast(to: [40, 3])], axis: 1)).value
    expectClose(network.folding(shared: Variable(constant: shared))(x).value, whole.scalars, "folded")
  }

  @Test func tooManySharedCoordinatesAreNamed() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var random = RandomGenerator(seed: 3)
      _ = MLP(widths: [3, 2], using: &random).folding(shared: Variable(constant: Tensor(zeros: [3])))
    }
    let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(text.contains("Fatal error: MLP.folding: the shared coordinates [3] do not fit inputs of 3\n"))
  }
}
