/// One layer's step back for a band of rows: a product, and the slope of the layer below.
struct BandStep {
  let product: PanelProduct
  let slope: LayerSlope?

  func run(_ rows: Range<Int>) {
    guard let slope else { return multiply(rows, NoEpilogue()) }
    if let stored = slope.stored {
      return multiply(rows, StoredSlope(target: product.c, slope: stored, width: product.n))
    }
    slope.activation.withKernel(WithSlope(step: self, rows: rows, output: slope.output))
  }

  @inline(never)
  fileprivate func multiply(_ rows: Range<Int>, _ epilogue: some TileEpilogue) {
    for panel in 0..<product.panels { product.run(panel, rows: rows, epilogue: epilogue) }
  }

  private struct WithSlope: ActivationKernelUser {
    let step: BandStep
    let rows: Range<Int>
    let output: UnsafePointer<Float>

    func use(_ kernel: some ActivationKernel) {
      step.multiply(
        rows, ToldSlope(target: step.product.c, output: output, width: step.product.n, kernel: kernel))
    }
  }
}

/// What a layer's activation multiplies a gradient by.
struct LayerSlope {
  let activation: Activation
  /// The derivative, where it was kept.
  let stored: UnsafePointer<Float>?
  /// The activation's value, which tells the derivative otherwise.
  let output: UnsafePointer<Float>

  /// Multiplies rows of a gradient, row-major of the layer's width.
  func multiply(_ gradient: UnsafeMutablePointer<Float>, rows: Range<Int>, width: Int) {
    if let stored {
      return StoredSlope(target: gradient, slope: stored, width: width).finish(rows: rows, columns: 0..<width)
    }
    activation.withKernel(Multiply(gradient: gradient, output: output, rows: rows, width: width))
  }

  private struct Multiply: ActivationKernelUser {
    let gradient: UnsafeMutablePointer<Float>
    let output: UnsafePointer<Float>
    let rows: Range<Int>
    let width: Int

    func use(_ kernel: some ActivationKernel) {
      ToldSlope(target: gradient, output: output, width: width, kernel: kernel).finish(rows: rows, columns: 0..<width)
    }
  }
}

/// Multiplies a finished tile by slopes that were kept.
private struct StoredSlope: TileEpilogue {
  let target: UnsafeMutablePointer<Float>
  let slope: UnsafePointer<Float>
  let width: Int

  @inline(never)
  func finish(rows: Range<Int>, columns: Range<Int>) {
    for row in rows {
      let end = row * width + columns.upperBound
      for offset in stride(from: row * width + columns.lowerBound, to: end, by: 16) {
        (Vector(at: target + offset) * Vector(at: slope + offset)).store(first: end - offset, at: target + offset)
      }
    }
  }
}

/// Multiplies a finished tile by slopes that the activation's value tells.
private struct ToldSlope<Kernel: ActivationKernel>: TileEpilogue {
  let target: UnsafeMutablePointer<Float>
  let output: UnsafePointer<Float>
  let width: Int
  let kernel: Kernel

  @inline(never)
  func finish(rows: Range<Int>, columns: Range<Int>) {
    for row in rows {
      let end = row * width + columns.upperBound
      for offset in stride(from: row * width + columns.lowerBound, to: end, by: 16) {
        let y = Vector(at: output + offset)
        let product = Vector(at: target + offset) * kernel.derivative(input: y, value: y)
        product.store(first: end - offset, at: target + offset)
      }
    }
  }
}
