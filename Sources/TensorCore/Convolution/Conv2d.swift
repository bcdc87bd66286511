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
///   - bias: `[out]`; or `[batch, out]`, one for each image; or none.
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
  if let bias, bias.shape != [weight.shape[3]], bias.shape != [input.shape[0], weight.shape[3]] {
    trap(
      "conv2d",
      "the bias " + describe(bias.shape) + " does not fit the weight " + describe(weight.shape) + " and the input "
        + describe(input.shape))
  }
  return ForwardPass(g: geometry, input: input, weight: weight).result(
    bias: bias, activation: activation, keepsSlope: keepsSlope)
}

/// `input * weight`.
private struct ForwardPass: ConvolutionPass {
  var g: ConvolutionGeometry
  var input: Tensor
  var weight: Tensor

  var outputShape: [Int] { g.outputShape }

  func run(into output: UnsafeMutablePointer<Float>, epilogue: some TileEpilogue) {
    let (source, kernel) = (input.base, weight.base)
    let columns = -g.padding..<(g.outputWidth - 1) * g.stride + g.kernelWidth - g.padding
    func windowRows(_ rows: Int) -> Int { (rows - 1) * g.stride + g.kernelHeight }
    func windowScalars(_ rows: Int) -> Int {
      ImageWindow.scratch(rows: windowRows(rows), columns: columns.count, channels: g.inputChannels)
    }
    let pitch = Swift.max(g.width, columns.count)
    func planeScalars(_ rows: Int) -> Int {
      g.outputChannels <= Correlation.thinChannels
        ? PixelPlanes.scratch(pixels: windowRows(rows) * pitch, channels: g.inputChannels) : 0
    }
    func bandScalars(_ rows: Int) -> Int {
      windowScalars(rows) + planeScalars(rows) + Correlation.thinScratch(rows: rows, pitch: pitch)
    }
    forEachBand(
      images: g.batch, rows: g.outputHeight, rowScalars: columns.count * g.stride * g.inputChannels, work: g.work,
      scratch: bandScalars
    ) { image, rows, scratch in
      let first = rows.lowerBound * g.stride - g.padding
      let window = ImageWindow(
        source + image * g.height * g.width * g.inputChannels, height: g.height, width: g.width,
        channels: g.inputChannels, rows: first..<first + windowRows(rows.count), columns: columns, scratch: scratch)
      let pixel = (image * g.outputHeight + rows.lowerBound) * g.outputWidth
      let correlation = Correlation(
        source: window.base, sourceRow: g.stride * window.row, sourceColumn: g.stride * g.inputChannels,
        sourceTap: window.row, inside: -first..<g.height - first, rowStep: g.stride, kernel: kernel,
        taps: g.kernelHeight,
        depth: g.kernelWidth * g.inputChannels,
        inputChannels: g.inputChannels,
        channels: g.outputChannels, target: output + pixel * g.outputChannels,
        targetRow: g.outputWidth * g.outputChannels, targetColumn: g.outputChannels, height: rows.count,
        width: g.outputWidth)
      if correlation.isThin {
        let room = scratch + windowScalars(rows.count)
        let planes = PixelPlanes(window.base, pixels: window.pixels, channels: g.inputChannels, scratch: room)
        correlation.runThin(
          planes, origin: 0, firstPixel: pixel, sums: room + planeScalars(rows.count), epilogue: epilogue)
      } else {
        correlation.run(firstPixel: pixel, epilogue: epilogue)
      }
    }
    withExtendedLifetime((input, weight)) {}
  }
}
