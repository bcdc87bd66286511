/// The gradient of a convolution with respect to its input, which is also the transposed convolution: the adjoint of
/// ``conv2d(input:weight:bias:activation:stride:padding:)`` without bias and activation.
///
/// `result[n, y, x, c] = sum over (i, j, o) of upstream[n, (y + padding - i) / stride, (x + padding - j) / stride, o]
/// weight[i, j, c, o]`, over the `i` and `j` for which both quotients are whole and inside.
///
/// The pixels whose `y + padding` and `x + padding` leave the same remainders by the stride meet the same part of the
/// kernel: each such phase is a convolution of stride 1 of the upstream gradient with that part, turned by 180 degrees.
///
/// - Parameters:
///   - upstream: the gradient with respect to the output, `[batch, output height, output width, out]`.
///   - weight: `[kernel height, kernel width, in, out]`.
///   - inputShape: `[batch, height, width, in]`; several heights lead to one output height when the stride exceeds 1.
public func conv2dInputGradient(
  upstream: Tensor, weight: Tensor, inputShape: [Int], stride: Int = 1, padding: Int = 0
) -> Tensor {
  let g = ConvolutionGeometry(
    "conv2dInputGradient", input: inputShape, weight: weight.shape, stride: stride, padding: padding)
  g.requireOutput(upstream.shape, "conv2dInputGradient")
  return AdjointPass(g: g, upstream: upstream, weight: weight).result(bias: nil, activation: .identity).output
}

/// The adjoint of `input * weight` in the input.
struct AdjointPass: ConvolutionPass {
  var g: ConvolutionGeometry
  var upstream: Tensor
  var weight: Tensor

  var outputShape: [Int] { g.inputShape }

  func run(into target: UnsafeMutablePointer<Float>, epilogue: some TileEpilogue) {
    if g.inputShape.product == 0 { return }
    let (stride, padding) = (g.stride, g.padding)
    let kernels = TurnedKernels(g, weight)
    let source = upstream.base
    // A pixel's row in the upstream gradient, for the kernel's first row, is `(y + padding) / stride`.
    let rowsAbove = (g.kernelHeight + stride - 1) / stride - 1
    let columnsBefore = (g.kernelWidth + stride - 1) / stride - 1
    let firstRow = padding / stride
    let lastRow = (g.height - 1 + padding) / stride
    let columns = padding / stride..<(g.width - 1 + padding) / stride + 1
    let windowColumns = columns.lowerBound - columnsBefore..<columns.upperBound
    func windowScalars(_ rows: Int) -> Int {
      ImageWindow.scratch(rows: rows + rowsAbove, columns: windowColumns.count, channels: g.outputChannels)
    }
    let pitch = Swift.max(g.outputWidth, windowColumns.count)
    func planeScalars(_ rows: Int) -> Int {
      g.inputChannels <= Correlation.thinChannels
        ? PixelPlanes.scratch(pixels: (rows + rowsAbove) * pitch, channels: g.outputChannels) : 0
    }
    func bandScalars(_ rows: Int) -> Int {
      windowScalars(rows) + planeScalars(rows) + Correlation.thinScratch(rows: rows, pitch: pitch)
    }
    forEachBand(
      images: g.batch, rows: lastRow - firstRow + 1, rowScalars: windowColumns.count * g.outputChannels,
      work: g.work,
      scratch: bandScalars
    ) { image, band, scratch in
      let rows = firstRow + band.lowerBound..<firstRow + band.upperBound
      let window = ImageWindow(
        source + image * g.outputHeight * g.outputWidth * g.outputChannels, height: g.outputHeight,
        width: g.outputWidth, channels: g.outputChannels, rows: rows.lowerBound - rowsAbove..<rows.upperBound,
        columns: windowColumns, scratch: scratch)
      let room = scratch + windowScalars(band.count)
      var planes: PixelPlanes?
      for phase in kernels.phases {
        // The pixels `stride q + remainder - padding` that lie inside.
        let ys = rows.clamped(to: inside(phase.row, g.height, g))
        let xs = columns.clamped(to: inside(phase.column, g.width, g))
        if ys.isEmpty || xs.isEmpty { continue }
        let y = ys.lowerBound * stride + phase.row - padding
        let x = xs.lowerBound * stride + phase.column - padding
        let top = ys.lowerBound - (phase.height - 1) - (rows.lowerBound - rowsAbove)
        let highest = ys.lowerBound - (phase.height - 1)
        let left = xs.lowerBound - (phase.width - 1) - windowColumns.lowerBound
        let isEmpty = phase.height == 0 || phase.width == 0
        let correlation = Correlation(
          source: isEmpty ? window.base : window.base + top * window.row + left * g.outputChannels,
          sourceRow: window.row, sourceColumn: g.outputChannels, sourceTap: window.row,
          inside: -highest..<g.outputHeight - highest, rowStep: 1,
          kernel: kernels.base + phase.start,
          taps: phase.height, depth: phase.width * g.outputChannels, inputChannels: g.outputChannels,
          channels: g.inputChannels,
          target: target + ((image * g.height + y) * g.width + x) * g.inputChannels,
          targetRow: stride * g.width * g.inputChannels, targetColumn: stride * g.inputChannels, height: ys.count,
          width: xs.count)
        if correlation.isThin {
          let all =
            planes
            ?? PixelPlanes(window.base, pixels: window.pixels, channels: g.outputChannels, scratch: room)
          planes = all
          let origin = top * (window.row / g.outputChannels) + left
          correlation.runThin(
            all, origin: origin, firstPixel: 0, sums: room + planeScalars(band.count), epilogue: NoEpilogue())
        } else {
          correlation.run(firstPixel: 0, epilogue: NoEpilogue())
        }
      }
      // The phases together fill whole rows.
      let ys = (rows.lowerBound * stride - padding..<rows.upperBound * stride - padding).clamped(to: 0..<g.height)
      let first = image * g.height
      epilogue.finish(
        rows: (first + ys.lowerBound) * g.width..<(first + ys.upperBound) * g.width, columns: 0..<g.inputChannels)
    }
    withExtendedLifetime((kernels, upstream)) {}
  }
}

/// The `q` for which `stride q + remainder - padding` lies in `0..<extent`.
private func inside(_ remainder: Int, _ extent: Int, _ g: ConvolutionGeometry) -> Range<Int> {
  let shift = g.padding - remainder
  let lower = shift > 0 ? (shift + g.stride - 1) / g.stride : 0
  let end = extent + shift
  let upper = end > 0 ? (end + g.stride - 1) / g.stride : 0
  return lower..<Swift.max(lower, upper)
}

/// The parts of a kernel that the phases of its input gradient use, each turned by 180 degrees, inputs and outputs
/// exchanged: `[height, width, out, in]`.
private struct TurnedKernels {
  struct Phase {
    /// The remainders by the stride.
    var row: Int
    var column: Int
    var height: Int
    var width: Int
    /// Where its part of the kernel starts.
    var start: Int
  }

  var phases: [Phase] = []
  private let storage: TensorStorage
  var base: UnsafePointer<Float> { UnsafePointer(storage.base) }

  init(_ g: ConvolutionGeometry, _ weight: Tensor) {
    storage = TensorStorage(holding: weight.count)
    let block = g.inputChannels * g.outputChannels
    let source = weight.base
    var start = 0
    for row in 0..<g.stride {
      for column in 0..<g.stride {
        let height = Swift.max(0, (g.kernelHeight - row + g.stride - 1) / g.stride)
        let width = Swift.max(0, (g.kernelWidth - column + g.stride - 1) / g.stride)
        phases.append(Phase(row: row, column: column, height: height, width: width, start: start))
        for i in 0..<height {
          for j in 0..<width {
            let y = row + g.stride * (height - 1 - i)
            let x = column + g.stride * (width - 1 - j)
            transposeBlock(
              source + (y * g.kernelWidth + x) * block, sourceRow: g.outputChannels, rows: g.inputChannels,
              columns: g.outputChannels, into: storage.base + start, destinationRow: g.inputChannels)
            start += block
          }
        }
      }
    }
    withExtendedLifetime(weight) {}
  }
}
