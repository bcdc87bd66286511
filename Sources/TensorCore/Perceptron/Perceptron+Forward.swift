/// What a perceptron computed, and what its backward pass needs.
public struct PerceptronResult: Sendable {
  /// `h_i` of each layer, `[batch, out]`; the last is the output.
  public let outputs: [Tensor]
  /// `f_i'` of each layer where the output does not tell it (see ``Activation/derivativeNeedsInput``).
  public let slopes: [Tensor?]

  public var output: Tensor { outputs[outputs.count - 1] }
}

extension Perceptron {
  /// All layers' outputs for a batch, `[batch, in]`, and what a backward pass needs.
  ///
  /// Where the weights fit a core's cache, the threads share bands of rows, and a band goes through all layers at once:
  /// its activations are still near when the next layer reads them, and there is one job to hand out, not one for each
  /// layer. The numbers are those of ``linear(input:weight:bias:activation:keepsSlope:)``, layer by layer.
  public func forward(_ input: Tensor) -> PerceptronResult {
    requireFits(input)
    let rows = input.shape[0]
    if !isSmall || rows == 0 || hasEmptyLayer { return forwardByLayers(input) }
    var outputs: [Tensor] = []
    var slopes: [Tensor?] = []
    var layers: [BandLayer] = []
    for index in 0..<count {
      let output = Tensor(uninitialized: [rows, width(index)])
      let slope = activation(of: index).derivativeNeedsInput ? Tensor(uninitialized: [rows, width(index)]) : nil
      layers.append(BandLayer(self, index, output: output.storage.base, slope: slope?.storage.base))
      outputs.append(output)
      slopes.append(slope)
    }
    let bands = RowBands(of: rows)
    let source = input.base
    func work(_ band: Int) {
      let range = bands.range(band)
      var (from, fromWidth) = (source + range.lowerBound * inputWidth, inputWidth)
      for layer in layers {
        let target = layer.advanced(by: range.lowerBound)
        target.run(from, width: fromWidth, rows: range.count)
        (from, fromWidth) = (UnsafePointer(target.output), target.width)
      }
    }
    parallelFor(bands.count, isShared: rows * operations >= parallelProduct, work)
    return withExtendedLifetime((self, input)) { PerceptronResult(outputs: outputs, slopes: slopes) }
  }

  private func forwardByLayers(_ input: Tensor) -> PerceptronResult {
    var outputs: [Tensor] = []
    var slopes: [Tensor?] = []
    for index in 0..<count {
      let result = linear(
        input: index == 0 ? input : outputs[index - 1], weight: weights[index], bias: biases[index],
        activation: activation(of: index))
      outputs.append(result.output)
      slopes.append(result.slope)
    }
    return PerceptronResult(outputs: outputs, slopes: slopes)
  }

  /// The output alone, where no backward pass will follow: what lies between is never kept.
  public func callAsFunction(_ input: Tensor) -> Tensor {
    requireFits(input)
    let rows = input.shape[0]
    if rows == 0 || hasEmptyLayer { return forwardByLayers(input).output }
    let result = Tensor(uninitialized: [rows, width(count - 1)])
    // Weights that do not fit the cache are worth loading for more rows at a time.
    let bands = RowBands(of: rows, height: isSmall ? 2 * Tile.rows : 128)
    let widest = (0..<count - 1).reduce(0) { Swift.max($0, width($1)) }
    let half = (bands.tallest * widest + 15) / 16 * 16
    let (source, target) = (input.base, result.storage.base)
    func work(_ band: Int, _ scratch: UnsafeMutablePointer<Float>) {
      let range = bands.range(band)
      var (from, fromWidth) = (source + range.lowerBound * inputWidth, inputWidth)
      for index in 0..<count {
        let output = scratch + (index & 1) * half
        let layer =
          index < count - 1
          ? BandLayer(self, index, output: output, slope: nil)
          : BandLayer(self, index, output: target, slope: nil).advanced(by: range.lowerBound)
        layer.run(from, width: fromWidth, rows: range.count)
        (from, fromWidth) = (UnsafePointer(layer.output), layer.width)
      }
    }
    parallelFor(bands.count, scratch: 2 * half, isShared: rows * operations >= parallelProduct, work)
    return withExtendedLifetime((self, input)) { result }
  }
}

/// One layer's work on a band of rows.
private struct BandLayer {
  let weight: PanelView
  let bias: UnsafePointer<Float>
  let activation: Activation
  let width: Int
  var output: UnsafeMutablePointer<Float>
  var slope: UnsafeMutablePointer<Float>?

  init(_ network: Perceptron, _ index: Int, output: UnsafeMutablePointer<Float>, slope: UnsafeMutablePointer<Float>?) {
    width = network.width(index)
    weight = PanelView(rowMajor: network.weights[index].base, width: width)
    bias = network.biases[index].base
    activation = network.activation(of: index)
    self.output = output
    self.slope = slope
  }

  /// The same layer writing from another row on.
  func advanced(by rows: Int) -> BandLayer {
    var layer = self
    layer.output += rows * width
    if let slope { layer.slope = slope + rows * width }
    return layer
  }

  func run(_ input: UnsafePointer<Float>, width inputWidth: Int, rows: Int) {
    let product = PanelProduct(
      a: MatrixView(input, width: inputWidth, transposed: false), b: weight, n: width, k: inputWidth, c: output)
    activation.withKernel(Run(layer: self, product: product, rows: rows))
  }

  private struct Run: ActivationKernelUser {
    let layer: BandLayer
    let product: PanelProduct
    let rows: Int

    @inline(never)
    func use(_ kernel: some ActivationKernel) {
      let epilogue = BiasActivation(
        output: layer.output, slope: layer.slope, bias: layer.bias, width: layer.width, kernel: kernel)
      for panel in 0..<product.panels { product.run(panel, rows: 0..<rows, epilogue: epilogue) }
    }
  }
}
