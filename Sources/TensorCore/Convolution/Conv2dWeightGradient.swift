/// The gradient of a convolution with respect to its weight.
///
/// `result[i, j, c, o] = sum over (n, y, x) of input[n, stride y + i - padding, stride x + j - padding, c]
/// upstream[n, y, x, o]`.
///
/// The batch is cut into at most sixteen groups of neighbouring images, by its size alone. Within a group each element
/// is one chain of fused multiply-adds over ascending `(n, y, x)` from 0; the groups are added in order.
///
/// - Parameters:
///   - upstream: the gradient with respect to the output, `[batch, output height, output width, out]`.
///   - input: `[batch, height, width, in]`.
///   - kernelHeight, kernelWidth: the kernel's extents.
/// - Returns: `[kernel height, kernel width, in, out]`.
public func conv2dWeightGradient(
  upstream: Tensor, input: Tensor, kernelHeight: Int, kernelWidth: Int, stride: Int = 1, padding: Int = 0
) -> Tensor {
  if input.rank != 4 || upstream.rank != 4 {
    trap(
      "conv2dWeightGradient",
      "needs an input and an upstream gradient [batch, height, width, channels], got " + describe(input.shape)
        + " and " + describe(upstream.shape))
  }
  let g = ConvolutionGeometry(
    "conv2dWeightGradient", input: input.shape,
    weight: [kernelHeight, kernelWidth, input.shape[3], upstream.shape[3]], stride: stride, padding: padding)
  g.requireOutput(upstream.shape, "conv2dWeightGradient")
  let count = g.weightShape.product
  if g.batch == 0 || count == 0 { return Tensor(zeros: g.weightShape) }
  let chains = WeightChains(g)
  let size = (g.batch + 15) / 16
  let groups = (g.batch + size - 1) / size
  let partial = TensorStorage(holding: groups * chains.count)
  let (x, u) = (input.base, upstream.base)
  func work(_ group: Int, _ scratch: UnsafeMutablePointer<Float>) {
    let images = group * size..<Swift.min(g.batch, (group + 1) * size)
    chains.run(input: x, upstream: u, images: images, into: partial.base + group * chains.count, scratch: scratch)
  }
  if g.work < 1 << 18 {
    let memory = TensorStorage(holding: chains.scratch)
    for group in 0..<groups { work(group, memory.base) }
    withExtendedLifetime(memory) {}
  } else {
    parallelFor(groups, scratch: chains.scratch, work)
  }
  withExtendedLifetime((input, upstream)) {}
  return withExtendedLifetime(partial) { chains.sum(UnsafePointer(partial.base), groups: groups) }
}

/// The chains of a group of images.
private struct WeightChains {
  private let g: ConvolutionGeometry
  /// The scalars of a kernel's row for one output channel.
  private let rowDepth: Int
  /// Few output channels would leave most of a register's lanes idle. Then the tile's columns are the kernel's, and
  /// the result is `[kernel height, out, kernel width, in]`, to be transposed. The chains are the same.
  private let isFlipped: Bool
  /// The rows of an image that are multiplied at once: about as many steps as the nearest cache has room for.
  private let rowBlock: Int

  init(_ geometry: ConvolutionGeometry) {
    g = geometry
    rowDepth = geometry.kernelWidth * geometry.inputChannels
    isFlipped = geometry.outputChannels * 2 <= Tile.lanes && rowDepth > geometry.outputChannels
    rowBlock = Swift.max(1, 256 / geometry.outputWidth)
  }

  /// Rounded up, so that each group's results start on a vector.
  var count: Int { (g.weightShape.product + 15) / 16 * 16 }

  /// The scratch of a group: the largest window.
  var scratch: Int {
    let rows = Swift.min(rowBlock, g.outputHeight)
    return ImageWindow.scratch(
      rows: (rows - 1) * g.stride + g.kernelHeight, columns: columns.count, channels: g.inputChannels)
  }

  private var columns: Range<Int> { -g.padding..<(g.outputWidth - 1) * g.stride + g.kernelWidth - g.padding }

  func run(
    input: UnsafePointer<Float>, upstream: UnsafePointer<Float>, images: Range<Int>,
    into result: UnsafeMutablePointer<Float>, scratch: UnsafeMutablePointer<Float>
  ) {
    let columns = columns
    var continues = false
    for image in images {
      var row = 0
      while row < g.outputHeight {
        let rows = Swift.min(rowBlock, g.outputHeight - row)
        let first = row * g.stride - g.padding
        let window = ImageWindow(
          input + image * g.height * g.width * g.inputChannels, height: g.height, width: g.width,
          channels: g.inputChannels, rows: first..<first + (rows - 1) * g.stride + g.kernelHeight, columns: columns,
          scratch: scratch)
        let gradients = upstream + (image * g.outputHeight + row) * g.outputWidth * g.outputChannels
        add(window, gradients, rows: rows, inside: -first..<g.height - first, continues: continues, into: result)
        continues = true
        row += rows
      }
    }
  }

  /// Continues every chain by the pixels of some rows.
  ///
  /// - Parameter inside: the window's rows that lie inside of the image; the others would add zeros, and are left out.
  private func add(
    _ window: ImageWindow, _ gradients: UnsafePointer<Float>, rows: Int, inside: Range<Int>, continues: Bool,
    into result: UnsafeMutablePointer<Float>
  ) {
    let outputs = g.outputChannels
    let (height, width) = isFlipped ? (outputs, rowDepth) : (rowDepth, outputs)
    let (windowStep, windowRun) = (g.stride * g.inputChannels, g.stride * window.row)
    let gradientRun = g.outputWidth * outputs
    // One output channel is one row; its chains must be many for the core to be busy.
    let isRow = isFlipped && outputs == 1
    let step = isRow ? rowKernelColumns : Tile.columns
    var column = 0
    while column < width {
      let columns = Swift.min(step, width - column)
      for tap in 0..<g.kernelHeight {
        // Of the rows `y`, those where `y stride + tap` is inside.
        let lowest = Swift.max(0, inside.lowerBound - tap + g.stride - 1) / g.stride
        let highest = Swift.min(rows, Swift.max(0, inside.upperBound - tap + g.stride - 1) / g.stride)
        let first = Swift.min(lowest, highest)
        let pixels = window.base + tap * window.row + first * windowRun
        let gradients = gradients + first * gradientRun
        let target = result + tap * rowDepth * outputs + column
        let tiles = (height + Tile.rows - 1) / Tile.rows
        for index in 0..<tiles {
          let (top, bottom) = (index * height / tiles, (index + 1) * height / tiles)
          let operands =
            isFlipped
            ? TileOperands(
              a: gradients + top, aRow: 1, aStep: outputs, b: pixels + column, bStep: windowStep,
              c: target + top * width, cRow: width, depth: g.outputWidth, continues: continues, columns: columns,
              runs: highest - first, aRun: gradientRun, bRun: windowRun)
            : TileOperands(
              a: pixels + top, aRow: 1, aStep: windowStep, b: gradients + column, bStep: outputs,
              c: target + top * width, cRow: width, depth: g.outputWidth, continues: continues, columns: columns,
              runs: highest - first, aRun: windowRun, bRun: gradientRun)
          if isRow { runRow(operands) } else { runTile(operands, rows: bottom - top) }
        }
      }
      column += columns
    }
  }

  @inline(never)
  private func addGroups(
    _ partial: UnsafePointer<Float>, _ groups: Int, _ range: Range<Int>, into sums: UnsafeMutablePointer<Float>
  ) {
    var index = range.lowerBound
    while index < range.upperBound {
      var value = Vector(at: partial + index)
      for group in 1..<Swift.max(1, groups) { value += Vector(at: partial + group * count + index) }
      value.store(at: sums + index)
      index += 16
    }
  }

  /// Adds the groups' results in order.
  func sum(_ partial: UnsafePointer<Float>, groups: Int) -> Tensor {
    let total = Tensor(uninitialized: g.weightShape)
    let count = count
    let sums = total.storage.base
    let chunk = 4096
    func add(_ index: Int) {
      addGroups(partial, groups, index * chunk..<Swift.min(count, (index + 1) * chunk), into: sums)
    }
    let chunks = (count + chunk - 1) / chunk
    if count * groups < 2 * Tensor.parallelGrain {
      for index in 0..<chunks { add(index) }
    } else {
      parallelFor(chunks, add)
    }
    guard isFlipped else { return total }
    let result = Tensor(uninitialized: g.weightShape)
    let block = rowDepth * g.outputChannels
    for tap in 0..<g.kernelHeight {
      transposeBlock(
        total.base + tap * block, sourceRow: rowDepth, rows: g.outputChannels, columns: rowDepth,
        into: result.storage.base + tap * block, destinationRow: g.outputChannels)
    }
    return withExtendedLifetime(total) { result }
  }
}
