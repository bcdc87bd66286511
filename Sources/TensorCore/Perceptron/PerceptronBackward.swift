/// One backward pass through a perceptron whose weights fit a core's cache.
struct PerceptronBackward {
  private let network: Perceptron
  private let upstream: Tensor
  private let input: Tensor
  private let result: PerceptronResult
  /// `d_i` of each layer: the gradients with respect to what the activations are given.
  private let deltas: [Tensor]
  let inputGradient: Tensor?
  private var rows: Int { input.shape[0] }

  init(_ network: Perceptron, upstream: Tensor, input: Tensor, result: PerceptronResult, needsInput: Bool) {
    self.network = network
    self.upstream = upstream
    self.input = input
    self.result = result
    deltas = (0..<network.count).map { index in
      // The last layer's activation may have nothing to multiply.
      index == network.count - 1 && network.outputActivation == .identity
        ? upstream : Tensor(uninitialized: result.outputs[index].shape)
    }
    inputGradient = needsInput ? Tensor(uninitialized: input.shape) : nil
  }

  private func isWorthSharing(_ operations: Int) -> Bool { operations >= parallelProduct }

  /// Fills `deltas` and the input's gradient, band by band.
  func propagate() {
    let lowest = inputGradient == nil ? 1 : 0
    let transposed = (lowest..<network.count).map { index in
      TensorStorage(holding: PanelView.packedCount(n: network.weights[index].shape[0], k: network.width(index)))
    }
    // From the last layer's product back to the lowest one's.
    let steps = (lowest..<network.count).reversed().map { index in
      let target = index > 0 ? deltas[index - 1] : inputGradient ?? upstream
      return BandStep(
        product: PanelProduct(
          a: MatrixView(deltas[index].base, width: network.width(index), transposed: false),
          b: PanelView(packed: transposed[index - lowest].base, k: network.width(index)),
          n: network.weights[index].shape[0], k: network.width(index), c: target.storage.base),
        slope: index > 0 ? slope(of: index - 1) : nil)
    }
    var packs: [(step: Int, panel: Int)] = []
    for (number, step) in steps.enumerated() { packs += (0..<step.product.panels).map { (number, $0) } }
    let layers = network.count
    parallelFor(packs.count, isShared: isWorthSharing(rows * network.operations)) { task in
      let (number, panel) = packs[task]
      let product = steps[number].product
      let weight = network.weights[layers - 1 - number]
      product.b.pack(
        MatrixView(weight.base, width: product.k, transposed: true), panel: panel, n: product.n, k: product.k)
    }
    let bands = RowBands(of: rows)
    let last = layers - 1
    let lastSlope = network.outputActivation == .identity ? nil : slope(of: last)
    let (source, target, width) = (upstream.base, deltas[last].storage.base, network.width(last))
    parallelFor(bands.count, isShared: isWorthSharing(rows * network.operations)) { band in
      let range = bands.range(band)
      if let lastSlope {
        let first = range.lowerBound * width
        (target + first).update(from: source + first, count: range.count * width)
        lastSlope.multiply(target, rows: range, width: width)
      }
      for step in steps { step.run(range) }
    }
    withExtendedLifetime((self, transposed)) {}
  }

  private func slope(of layer: Int) -> LayerSlope {
    LayerSlope(
      activation: network.activation(of: layer), stored: result.slopes[layer]?.base,
      output: result.outputs[layer].base)
  }

  /// `h_(i-1)^T d_i` and the column sums of `d_i`, of all layers in one job.
  func parameterGradients() -> (weights: [Tensor], biases: [Tensor]) {
    let weights = network.weights.map { Tensor(uninitialized: $0.shape) }
    let biases = network.biases.map { Tensor(uninitialized: $0.shape) }
    var tasks: [ParameterTask] = []
    var scratch = reductionScratch(extent: rows)
    for layer in 0..<network.count {
      let (m, n) = (network.weights[layer].shape[0], network.width(layer))
      if isThin(m: m, n: n) {
        for panel in 0..<PanelProduct.panels(of: m) { tasks.append(.thin(layer, panel: panel)) }
        scratch = Swift.max(scratch, m * n)
      } else {
        // Products of four tiles: short enough to end together, long enough not to be noticed.
        let bands = (m + 4 * Tile.rows - 1) / (4 * Tile.rows)
        for band in 0..<bands {
          let range = band * m / bands..<(band + 1) * m / bands
          for panel in 0..<PanelProduct.panels(of: n) { tasks.append(.whole(layer, panel: panel, rows: range)) }
        }
      }
      for first in stride(from: 0, to: n, by: columnBandWidth) { tasks.append(.bias(layer, firstColumn: first)) }
    }
    parallelFor(tasks.count, scratch: scratch, isShared: isWorthSharing(rows * network.operations)) { index, scratch in
      run(tasks[index], weights, biases, scratch)
    }
    return withExtendedLifetime(self) { (weights, biases) }
  }

  @inline(never)
  private func run(
    _ task: ParameterTask, _ weights: [Tensor], _ biases: [Tensor], _ scratch: UnsafeMutablePointer<Float>
  ) {
    let layer = task.layer
    let (m, n) = (network.weights[layer].shape[0], network.width(layer))
    let h = layer == 0 ? input.base : result.outputs[layer - 1].base
    let d = deltas[layer].base
    switch task {
    case .whole(_, let panel, let range):
      PanelProduct(
        a: MatrixView(h, width: m, transposed: true), b: PanelView(rowMajor: d, width: n), n: n, k: rows,
        c: weights[layer].storage.base
      ).run(panel, rows: range, epilogue: NoEpilogue())
    case .thin(_, let panel):
      // The transpose of the product: its few rows fill a register's lanes, as its few columns would not.
      let first = panel * Tile.columns
      PanelProduct(
        a: MatrixView(d, width: n, transposed: true), b: PanelView(rowMajor: h, width: m), n: m, k: rows, c: scratch
      ).run(panel, rows: 0..<n, epilogue: NoEpilogue())
      transposeBlock(
        UnsafePointer(scratch + first), sourceRow: m, rows: n, columns: Swift.min(Tile.columns, m - first),
        into: weights[layer].storage.base + first * n, destinationRow: n)
    case .bias(_, let column):
      reduceBand(
        start: column, extent: rows, stride: n, width: Swift.min(columnBandWidth, n - column),
        into: biases[layer].storage.base + column, scratch: scratch, element: StoredElement(d))
    }
  }
}

/// A part of the parameters' gradients.
private enum ParameterTask {
  /// Some rows of a panel of a weight's gradient.
  case whole(_ layer: Int, panel: Int, rows: Range<Int>)
  /// A panel of rows of the gradient of a weight with few columns.
  case thin(_ layer: Int, panel: Int)
  /// Some columns of a bias's gradient.
  case bias(_ layer: Int, firstColumn: Int)

  var layer: Int {
    switch self {
    case .whole(let layer, _, _), .thin(let layer, _), .bias(let layer, _): layer
    }
  }
}
