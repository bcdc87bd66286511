/// What a convolution computed, and what its backward pass needs.
public struct ConvolutionResult: Sendable {
  /// `[batch, height, width, out]`.
  public var output: Tensor
  /// The activation's derivative, of the output's shape, where the output does not tell it (see
  /// ``Activation/derivativeNeedsInput``).
  public var slope: Tensor?
}

/// A 2-D convolution layer: `activation(input * weight + bias)`.
///
/// `output[n, y, x, o] = sum over (i, j, c) of input[n, stride y + i - padding, stride x + j - padding, c]
/// weight[i, j, c, o]`, where the input is 0 outside of its bounds. Like all deep-learning libraries' it is a
/// cross-correlation: the kernel is not flipped. Each element is one chain of fused multiply-adds over ascending
/// `(i, j, c)` from 0, whatever the machine and the number of threads; the bias is added last.
///
/// - Parameters:
///   - input: `[batch, height, width, in]`.
///   - weight: `[kernel height, kernel width, in, out]`.
///   - bias: `[out]`, or none.
///   - stride: the step of the kernel, in both directions.
///   - padding: the zeros around the input, on all four sides.
///   - keepsSlope: false where no backward pass will follow.
/// - Returns: the output, `[batch, (height + 2 padding - kernel height) / stride + 1, ..., out]`.
///
/// Traps when the shapes do not fit.
public func conv2d(
  input: Tensor, weight: Tensor, bias: Tensor? = nil, activation: Activation = .identity, stride: Int = 1,
  padding: Int = 0, keepsSlope: Bool = true
) -> ConvolutionResult {
  let geometry = ConvolutionGeometry(
    "conv2d", input: input.shape, weight: weight.shape, stride: stride, padding: padding)
  if let bias, bias.shape != [weight.shape[3]] {
    trap("conv2d", "the bias " + describe(bias.shape) + " does not fit the weight " + describe(weight.shape))
  }
  if bias == nil && activation == .identity {
    let output = Tensor(uninitialized: geometry.outputShape)
    convolve(geometry, input, weight, into: output.storage.base, NoEpilogue())
    return ConvolutionResult(output: output, slope: nil)
  }
  let slope = keepsSlope && activation.derivativeNeedsInput ? Tensor(uninitialized: geometry.outputShape) : nil
  switch activation {
  case .identity: return apply(IdentityKernel(), slope, geometry, input, weight, bias)
  case .relu: return apply(ReluKernel(), slope, geometry, input, weight, bias)
  case .leakyRelu(let factor): return apply(LeakyReluKernel(slope: factor), slope, geometry, input, weight, bias)
  case .silu: return apply(SiluKernel(), slope, geometry, input, weight, bias)
  case .tanh: return apply(TanhKernel(), slope, geometry, input, weight, bias)
  case .sigmoid: return apply(SigmoidKernel(), slope, geometry, input, weight, bias)
  case .gelu: return apply(GeluKernel(), slope, geometry, input, weight, bias)
  case .softplus: return apply(SoftplusKernel(), slope, geometry, input, weight, bias)
  }
}

private func apply(
  _ kernel: some ActivationKernel, _ slope: Tensor?, _ geometry: ConvolutionGeometry, _ input: Tensor,
  _ weight: Tensor, _ bias: Tensor?
) -> ConvolutionResult {
  let output = Tensor(uninitialized: geometry.outputShape)
  let bias = bias ?? Tensor(zeros: [geometry.outputChannels])
  convolve(
    geometry, input, weight, into: output.storage.base,
    BiasActivation(
      output: output.storage.base, slope: slope?.storage.base, bias: bias.base, width: geometry.outputChannels,
      kernel: kernel))
  return withExtendedLifetime(bias) { ConvolutionResult(output: output, slope: slope) }
}

private func convolve(
  _ g: ConvolutionGeometry, _ input: Tensor, _ weight: Tensor, into output: UnsafeMutablePointer<Float>,
  _ epilogue: some TileEpilogue
) {
  let (source, kernel) = (input.base, weight.base)
  let columns = -g.padding..<(g.outputWidth - 1) * g.stride + g.kernelWidth - g.padding
  func windowScalars(_ rows: Int) -> Int {
    ImageWindow.scratch(
      rows: (rows - 1) * g.stride + g.kernelHeight, columns: columns.count, channels: g.inputChannels)
  }
  func bandScratch(_ rows: Int) -> Int {
    let pixels = ((rows - 1) * g.stride + g.kernelHeight) * Swift.max(g.width, columns.count)
    return windowScalars(rows)
      + Correlation.scratch(
        pixels: pixels, width: g.outputWidth, inputChannels: g.inputChannels, channels: g.outputChannels)
  }
  forEachBand(
    images: g.batch, rows: g.outputHeight, rowScalars: columns.count * g.stride * g.inputChannels, work: g.work,
    scratch: bandScratch
  ) { image, rows, scratch in
    let first = rows.lowerBound * g.stride - g.padding
    let window = ImageWindow(
      source + image * g.height * g.width * g.inputChannels, height: g.height, width: g.width,
      channels: g.inputChannels, rows: first..<first + (rows.count - 1) * g.stride + g.kernelHeight, columns: columns,
      scratch: scratch)
    let pixel = (image * g.outputHeight + rows.lowerBound) * g.outputWidth
    let correlation = Correlation(
      source: window.base, sourceRow: g.stride * window.row, sourceColumn: g.stride * g.inputChannels,
      sourceTap: window.row, inside: -first..<g.height - first, rowStep: g.stride, kernel: kernel, taps: g.kernelHeight,
      depth: g.kernelWidth * g.inputChannels,
      inputChannels: g.inputChannels,
      channels: g.outputChannels, target: output + pixel * g.outputChannels,
      targetRow: g.outputWidth * g.outputChannels, targetColumn: g.outputChannels, height: rows.count,
      width: g.outputWidth)
    correlation.run(firstPixel: pixel, scratch: scratch + windowScalars(rows.count), epilogue: epilogue)
  }
  withExtendedLifetime((input, weight)) {}
}
