import Autodiff
import TensorCore
import TestSupport
import Testing

/// Parameters of two layers, 3-4-2, and a batch of two.
private let points = [
  numbers([2, 3], in: -2...2), numbers([3, 4], seed: 2), numbers([4, 2], seed: 3), numbers([4], seed: 4),
  numbers([2], seed: 5),
]

private func network(_ inputs: [Variable], _ activation: Activation, _ output: Activation = .identity) -> Variable {
  perceptron(
    inputs[0], weights: [inputs[1], inputs[2]], biases: [inputs[3], inputs[4]], activation: activation,
    outputActivation: output)
}

@Suite struct PerceptronGradientTests {
  @Test(arguments: [Activation.silu, .tanh, .sigmoid, .gelu, .softplus, .identity])
  func firstAndSecondDerivatives(_ activation: Activation) {
    let differences = FiniteDifferences(tolerance: 3e-4)
    differences.check(points) { network($0, activation) }
    differences.check(points) { network($0, .tanh, activation) }
  }

  /// Their kinks lie where differences cannot look; apart from those they are as the single layers.
  @Test(arguments: [Activation.relu, .leakyRelu(slope: 0.2), .leakyRelu(slope: -0.5)])
  func derivativesOfGradientsAreThoseOfSingleLayers(_ activation: Activation) {
    func second(_ function: @escaping ([Variable]) -> Variable) -> [Float] {
      let (_, gradients) = valueAndGradient(at: points) { inputs in
        let slopes = gradient(
          of: square(function(inputs)).sum(), withRespectTo: inputs, isDifferentiable: true)
        return slopes.reduce(Variable(constant: Tensor(0))) { $0 + square($1).sum() }
      }
      return gradients.flatMap(\.scalars)
    }
    let fused = second { network($0, activation, activation) }
    let single = second {
      linear(
        linear($0[0], weight: $0[1], bias: $0[3], activation: activation), weight: $0[2], bias: $0[4],
        activation: activation)
    }
    let largest = single.reduce(0) { max($0, $1.magnitude) }
    for (one, other) in zip(fused, single) { #expect(abs(one - other) <= 1e-5 * largest) }
  }

  /// A gradient penalty asks for the gradient of the input's gradient alone.
  @Test(arguments: [Activation.leakyRelu(slope: 0.2), .tanh])
  func theGradientOfAPenaltyIsThatOfSingleLayers(_ activation: Activation) {
    func penalty(_ function: @escaping ([Variable]) -> Variable) -> [[Float]] {
      let (_, gradients) = valueAndGradient(at: points) { inputs in
        let x = Variable(points[0])
        let slope = gradient(
          of: function([x] + inputs.dropFirst()).sum(), withRespectTo: x, isDifferentiable: true)
        return square(slope).sum()
      }
      return gradients.map(\.scalars)
    }
    let fused = penalty { network($0, activation) }
    let single = penalty {
      linear(linear($0[0], weight: $0[1], bias: $0[3], activation: activation), weight: $0[2], bias: $0[4])
    }
    #expect(fused.flatMap { $0 }.contains { $0 != 0 })
    for (one, other) in zip(fused.flatMap { $0 }, single.flatMap { $0 }) { #expect(abs(one - other) < 1e-5) }
  }

  @Test func frozenParametersRecordNothingOfTheirOwn() {
    let differences = FiniteDifferences(tolerance: 3e-4)
    let constants = points.dropFirst().map { Variable(constant: $0) }
    differences.check([points[0]]) { network($0 + constants, .silu) }
    #expect(!network(points.map { Variable(constant: $0) }, .silu).isTracked)
  }
}
