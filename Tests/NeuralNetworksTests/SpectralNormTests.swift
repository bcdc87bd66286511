import Autodiff
import NeuralNetworks
import TensorCore
import TestSupport
import Testing

/// A dense layer whose weight is normalized. The bias comes first, as in PyTorch's parametrized layers.
private struct SpectralLinear: Module {
  var bias = Variable(constant: Tensor(zeros: [3]))
  var weight = Variable(constant: Tensor(zeros: [4, 3]))
  var norm: SpectralNorm

  init() {
    var random = RandomGenerator(seed: 1)
    norm = SpectralNorm(for: weight.value, using: &random)
    norm.u = Tensor(SpectralNormReferenceExtras.beforeU)
    norm.v = Tensor(SpectralNormReferenceExtras.beforeV)
  }

  mutating func visitParameters(_ visitor: inout some ParameterVisitor) {
    visitor.visit("bias", &bias)
    visitor.visit("weight", &weight)
    visitor.visit("norm", &norm)
  }

  mutating func forward(_ x: Variable) -> Variable {
    linear(x, weight: norm.normalize(weight, phase: .training), bias: bias)
  }
}

@Suite struct SpectralNormTests {
  @Test func agreesWithPyTorch() {
    let trained = SpectralNormReference.values.check(SpectralLinear(), inputShape: [5, 4]) { $0.forward($1) }
    expectClose(trained.norm.u, SpectralNormReferenceExtras.afterU, "u")
    expectClose(trained.norm.v, SpectralNormReferenceExtras.afterV, "v")
  }

  @Test func findsTheLargestSingularValue() {
    // Singular values 5, 2 and 1, along the axes; as a kernel of 1 x 3 pixels too.
    let weight = Tensor([[0, 5, 0], [2, 0, 0], [0, 0, -1]])
    var random = RandomGenerator(seed: 1)
    let norm = SpectralNorm(for: weight, using: &random)
    expectClose(norm(Variable(constant: weight)).value, (weight / 5).scalars)
    let kernel = weight.reshaped(to: [1, 3, 1, 3])
    var other = SpectralNorm(for: kernel, using: &random)
    expectClose(other.normalize(Variable(constant: kernel), phase: .training).value, (weight / 5).scalars)
    let before = other.buffers
    _ = other.normalize(Variable(constant: kernel), phase: .evaluation)
    #expect(other.buffers == before)
  }

  @Test func derivativesAgreeWithDifferences() {
    let weight = numbers([3, 2]) + Tensor([[1, 0], [0, 2], [0, 0]])
    var random = RandomGenerator(seed: 1)
    let norm = SpectralNorm(for: weight, using: &random)
    FiniteDifferences().check([weight]) { norm($0[0]) }
  }

  @Test func mistakesStop() async {
    await #expect(processExitsWith: .failure) {
      var random = RandomGenerator(seed: 1)
      _ = SpectralNorm(for: Tensor([1, 2]), using: &random)
    }
    await #expect(processExitsWith: .failure) {
      var random = RandomGenerator(seed: 1)
      _ = SpectralNorm(for: Tensor([[1, 2]]), using: &random)(Variable(constant: Tensor([[1], [2]])))
    }
  }
}
