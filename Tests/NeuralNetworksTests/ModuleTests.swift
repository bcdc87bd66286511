import Autodiff
import NeuralNetworks
import TensorCore
import Testing

/// A module written by hand, as a lesson would.
private struct Denoiser: Module {
  var first: Linear
  var rest: [Linear]
  var gain = Variable(constant: Tensor([2]))

  mutating func visitParameters(_ visitor: inout some ParameterVisitor) {
    visitor.visit("first", &first)
    visitor.visit("rest", &rest)
    visitor.visit("gain", &gain)
  }

  func callAsFunction(_ x: Tensor) -> Variable { rest[1](relu(rest[0](relu(first(x))))) * gain }
}

@Suite struct ModuleTests {
  private func denoiser() -> Denoiser {
    var random = RandomGenerator(seed: 2)
    return Denoiser(
      first: Linear(3, 5, using: &random), rest: [Linear(5, 4, using: &random), Linear(4, 2, using: &random)])
  }

  @Test func namesFollowTheStructure() {
    #expect(
      denoiser().parameterNames == [
        "first.weight", "first.bias", "rest.0.weight", "rest.0.bias", "rest.1.weight", "rest.1.bias", "gain",
      ])
    #expect(denoiser().parameterCount == 15 + 5 + 20 + 4 + 8 + 2 + 1)
    #expect(denoiser().parameters.map(\.shape) == [[3, 5], [5], [5, 4], [4], [4, 2], [2], [1]])
  }

  @Test func gradientsComeInVisitingOrder() {
    let model = denoiser()
    let x = Tensor([[1, 2, 3], [-1, 0, 1]])
    let (value, gradients) = valueAndGradient(at: model) { $0(x).sum() }
    #expect(gradients.tensors.map(\.shape) == model.parameters.map(\.shape))
    // The loss is linear in the gain.
    #expect((gradients.tensors[6].item * 2 - value).magnitude < 1e-5)
    #expect(!model(x).isTracked)
  }

  @Test func parametersCanBeChangedInPlace() {
    var model = denoiser()
    model.forEachParameter { $0 = Variable(constant: $0.value * 0) }
    #expect(model.parameters.allSatisfy { $0.scalars.allSatisfy { $0 == 0 } })
  }

  @Test func mlpLayersAndActivations() {
    var random = RandomGenerator(seed: 2)
    let mlp = MLP(widths: [3, 4, 2], activation: .tanh, outputActivation: .sigmoid, using: &random)
    #expect(mlp.parameterNames == ["layers.0.weight", "layers.0.bias", "layers.1.weight", "layers.1.bias"])
    let x = Tensor([[1, 2, 3]])
    #expect(mlp(x).value == sigmoid(mlp.layers[1](tanh(mlp.layers[0](x)))).value)
  }
}
