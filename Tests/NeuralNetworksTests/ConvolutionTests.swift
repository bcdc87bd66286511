import Autodiff
import NeuralNetworks
import TensorCore
import Testing

@Suite struct ConvolutionTests {
  @Test func conv2dAgreesWithPyTorch() {
    var random = RandomGenerator(seed: 1)
    let layer = Conv2d(inputChannels: 2, outputChannels: 3, kernelSize: 3, padding: 1, using: &random)
    Conv2dReference.values.check(layer, inputShape: [2, 5, 4, 2], learningRate: 0.5) { layer, x in
      layer(x, activation: .silu)
    }
  }

  @Test func aShiftMovesAllPixelsOfAnImage() async {
    var random = RandomGenerator(seed: 1)
    let (x, shift) = (random.normal(shape: [2, 5, 4, 2]), random.normal(shape: [2, 3]))
    for bias in [true, false] {
      let layer = Conv2d(inputChannels: 2, outputChannels: 3, kernelSize: 3, padding: 1, bias: bias, using: &random)
      let found = layer(Variable(constant: x), shift: Variable(constant: shift)).value
      expectClose(found, (layer(x).value + shift.reshaped(to: [2, 1, 1, 3])).scalars, relative: 1e-6)
    }
    await #expect(processExitsWith: .failure) {
      let layer = Conv2d(weight: Tensor(zeros: [3, 3, 2, 3]), bias: nil)
      _ = layer(Variable(constant: Tensor(zeros: [2, 5, 4, 2])), shift: Variable(constant: Tensor(zeros: [1, 3])))
    }
  }

  @Test func stridedConv2dWithoutBiasAgreesWithPyTorch() {
    var random = RandomGenerator(seed: 1)
    let layer = Conv2d(
      inputChannels: 2, outputChannels: 3, kernelSize: 3, stride: 2, padding: 1, bias: false, using: &random)
    StridedConv2dReference.values.check(layer, inputShape: [2, 5, 4, 2], learningRate: 0.5) { layer, x in
      layer(x, activation: .tanh)
    }
  }

  @Test func convTransposed2dAgreesWithPyTorch() {
    var random = RandomGenerator(seed: 1)
    let layer = ConvTransposed2d(
      inputChannels: 2, outputChannels: 3, kernelSize: 4, stride: 2, padding: 1, using: &random)
    ConvTransposed2dReference.values.check(layer, inputShape: [2, 5, 4, 2], learningRate: 0.5) { layer, x in
      layer(x, activation: .silu)
    }
  }

  @Test func paddedConvTransposed2dWithoutBiasAgreesWithPyTorch() {
    var random = RandomGenerator(seed: 1)
    let layer = ConvTransposed2d(
      inputChannels: 2, outputChannels: 3, kernelSize: 3, stride: 2, padding: 1, outputPadding: 1, bias: false,
      using: &random)
    PaddedConvTransposed2dReference.values.check(layer, inputShape: [2, 5, 4, 2], learningRate: 0.5) { layer, x in
      layer(x, activation: .tanh)
    }
  }

  /// The fan is that of PyTorch, in channels for a convolution and out channels for its adjoint.
  @Test func standardInitializationFillsItsRange() {
    var random = RandomGenerator(seed: 6)
    let plain = Conv2d(inputChannels: 25, outputChannels: 400, kernelSize: 2, using: &random)
    let transposed = ConvTransposed2d(inputChannels: 400, outputChannels: 25, kernelSize: 2, using: &random)
    #expect(plain.weight.shape == [2, 2, 25, 400])
    #expect(transposed.weight.shape == [2, 2, 25, 400])
    for values in plain.parameters + transposed.parameters {
      #expect(values.scalars.allSatisfy { $0.magnitude <= 0.1 })
      #expect(values.max().item > 0.08)
      #expect(values.min().item < -0.08)
    }
  }

  @Test func theBiasIsOptional() {
    var random = RandomGenerator(seed: 6)
    var layer = Conv2d(
      inputChannels: 1, outputChannels: 2, kernelSize: 1, bias: false, initializer: .kaimingNormal, using: &random)
    #expect(layer.parameterNames == ["weight"])
    layer = Conv2d(
      inputChannels: 1, outputChannels: 2, kernelSize: 1, initializer: .kaimingNormal, using: &random)
    #expect(layer.parameterNames == ["weight", "bias"])
    #expect(layer.bias?.value == Tensor([0, 0]))
  }

  @Test func transposingUndoesTheExtents() {
    var random = RandomGenerator(seed: 6)
    let down = Conv2d(inputChannels: 1, outputChannels: 2, kernelSize: 3, stride: 2, padding: 1, using: &random)
    for (extent, outputPadding) in [(7, 0), (8, 1)] {
      let up = ConvTransposed2d(
        inputChannels: 2, outputChannels: 1, kernelSize: 3, stride: 2, padding: 1, outputPadding: outputPadding,
        using: &random)
      let x = Tensor(zeros: [1, extent, extent, 1])
      #expect(down(x).shape == [1, 4, 4, 2])
      #expect(up(down(x)).shape == x.shape)
    }
  }

  @Test func mistakesStop() async {
    await #expect(processExitsWith: .failure) {
      _ = Conv2d(weight: Tensor(zeros: [1, 1, 2, 3]), bias: Tensor(zeros: [2]))
    }
    await #expect(processExitsWith: .failure) { _ = Conv2d(weight: Tensor(zeros: [1, 1, 2]), bias: nil) }
    await #expect(processExitsWith: .failure) {
      _ = Conv2d(weight: Tensor(zeros: [1, 1, 2, 3]), bias: nil)(Tensor(zeros: [1, 4, 4, 3]))
    }
    await #expect(processExitsWith: .failure) {
      var random = RandomGenerator(seed: 6)
      _ = Conv2d(inputChannels: 1, outputChannels: 1, kernelSize: 3, stride: 0, using: &random)
    }
    await #expect(processExitsWith: .failure) {
      _ = ConvTransposed2d(weight: Tensor(zeros: [1, 1, 3, 2]), bias: Tensor(zeros: [2]))
    }
    await #expect(processExitsWith: .failure) {
      _ = ConvTransposed2d(weight: Tensor(zeros: [1, 1, 3, 2]), bias: nil, stride: 2, outputPadding: 2)
    }
  }
}
