/// What a convolution computed, and what its backward pass needs.
public struct ConvolutionResult: Sendable {
  /// `[batch, height, width, out]`.
  public var output: Tensor
  /// The activation's derivative, of the output's shape, where the output does not tell it (see
  /// ``Activation/derivativeNeedsInput``).
  public var slope: Tensor?
}

/// A convolution or its adjoint, ready to run, whose finished pixels something can be done to while they are still in
/// the nearest cache.
protocol ConvolutionPass {
  /// `[batch, height, width, channels]`.
  var outputShape: [Int] { get }

  /// Fills `output`. The epilogue's rows are pixels, its columns channels.
  func run(into output: UnsafeMutablePointer<Float>, epilogue: some TileEpilogue)
}

extension ConvolutionPass {
  /// `activation(sums + bias)`.
  func result(bias: Tensor?, activation: Activation, keepsSlope: Bool = false) -> ConvolutionResult {
    if bias == nil && activation == .identity {
      let output = Tensor(uninitialized: outputShape)
      run(into: output.storage.base, epilogue: NoEpilogue())
      return ConvolutionResult(output: output, slope: nil)
    }
    let slope = keepsSlope && activation.derivativeNeedsInput ? Tensor(uninitialized: outputShape) : nil
    return switch activation {
    case .identity: result(IdentityKernel(), slope, bias)
    case .relu: result(ReluKernel(), slope, bias)
    case .leakyRelu(let factor): result(LeakyReluKernel(slope: factor), slope, bias)
    case .silu: result(SiluKernel(), slope, bias)
    case .tanh: result(TanhKernel(), slope, bias)
    case .sigmoid: result(SigmoidKernel(), slope, bias)
    case .gelu: result(GeluKernel(), slope, bias)
    case .softplus: result(SoftplusKernel(), slope, bias)
    }
  }

  private func result(
    _ kernel: some ActivationKernel, _ slope: Tensor?, _ bias: Tensor?
  ) -> ConvolutionResult {
    let output = Tensor(uninitialized: outputShape)
    let bias = bias ?? Tensor(zeros: [outputShape[3]])
    run(
      into: output.storage.base,
      epilogue: BiasActivation(
        output: output.storage.base, slope: slope?.storage.base, bias: bias.base, width: outputShape[3],
        kernel: kernel))
    return withExtendedLifetime(bias) { ConvolutionResult(output: output, slope: slope) }
  }
}
