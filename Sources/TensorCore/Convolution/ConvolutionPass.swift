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
  /// `activation(sums + bias)`, with a bias `[channels]` or `[batch, channels]`.
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
      epilogue: PixelEpilogue(
        output: output.storage.base, slope: slope?.storage.base, bias: bias.base, channels: outputShape[3],
        imagePixels: bias.rank == 2 ? outputShape[1] * outputShape[2] : nil, kernel: kernel))
    return withExtendedLifetime(bias) { ConvolutionResult(output: output, slope: slope) }
  }
}

/// Adds the bias to finished pixels of one image and applies the activation; keeps its derivative where it is wanted.
private struct PixelEpilogue<Kernel: ActivationKernel>: TileEpilogue {
  let output: UnsafeMutablePointer<Float>
  let slope: UnsafeMutablePointer<Float>?
  let bias: UnsafePointer<Float>
  let channels: Int
  /// The pixels of an image where each has a bias of its own.
  let imagePixels: Int?
  let kernel: Kernel

  /// Not inlined: inside of a product's closure the optimizer leaves the vectors' operations as calls.
  @inline(never)
  func finish(rows: Range<Int>, columns: Range<Int>) {
    let own = imagePixels.map { bias + rows.lowerBound / $0 * channels } ?? bias
    var column = columns.lowerBound
    while column < columns.upperBound {
      let lanes = columns.upperBound - column
      let shift = Vector(at: own + column)
      var target = output + rows.lowerBound * channels + column
      if let slope {
        var slopes = slope + rows.lowerBound * channels + column
        for _ in rows {
          let both = kernel.valueAndDerivative(Vector(at: target) + shift)
          both.value.store(first: lanes, at: target)
          both.derivative.store(first: lanes, at: slopes)
          target += channels
          slopes += channels
        }
      } else if lanes >= 16 {
        for _ in rows {
          kernel.value(Vector(at: target) + shift).store(at: target)
          target += channels
        }
      } else {
        for _ in rows {
          kernel.value(Vector(at: target) + shift).store(first: lanes, at: target)
          target += channels
        }
      }
      column += 16
    }
  }
}
