/// The rows that one task normalizes; the gradients of the parameters are summed over as many at a time.
private let rowBlock = 64

/// Calls `body` for blocks of rows, on several threads where there are many numbers.
@inline(__always)
private func forEachRowBlock(_ rows: Int, width: Int, _ body: (_ block: Int, _ rows: Range<Int>) -> Void) {
  let blocks = (rows + rowBlock - 1) / rowBlock
  func task(_ block: Int) { body(block, block * rowBlock..<Swift.min(rows, (block + 1) * rowBlock)) }
  if rows * width < 2 * Tensor.parallelGrain {
    for block in 0..<blocks { task(block) }
  } else {
    parallelFor(blocks, task)
  }
}

/// The normalization of rows, each by its own mean and deviation.
struct RowNormalization<Kernel: ActivationKernel> {
  let width: Int
  let epsilon: Float
  let x: UnsafePointer<Float>
  let y: UnsafeMutablePointer<Float>
  let weight: UnsafePointer<Float>
  let bias: UnsafePointer<Float>
  let means: UnsafeMutablePointer<Float>
  let variances: UnsafeMutablePointer<Float>
  let inverseDeviations: UnsafeMutablePointer<Float>
  let kernel: Kernel

  func run(rows: Int) { forEachRowBlock(rows, width: width) { _, rows in normalize(rows) } }

  /// Not inlined: inside of a closure the optimizer leaves the vectors' operations as calls.
  @inline(never)
  private func normalize(_ rows: Range<Int>) {
    for row in rows {
      let source = x + row * width
      let target = y + row * width
      let average = sumPlain(source, width) / Float(width)
      let mean = Vector.splat(average)
      let squares = sumContiguous(source, width) { ($0 - mean) * ($0 - mean) }
      let variance = squares / Float(width)
      let inverse = 1 / (variance + epsilon).squareRoot()
      means[row] = average
      variances[row] = variance
      inverseDeviations[row] = inverse
      var column = 0
      while column < width {
        let scale = Vector(at: weight + column) * .splat(inverse)
        let value = Vector(at: bias + column).plusProduct(Vector(at: source + column) - mean, scale)
        kernel.value(value).store(first: width - column, at: target + column)
        column += 16
      }
    }
  }
}

/// The backward pass over rows.
struct RowPullback<Kernel: ActivationKernel> {
  let width: Int
  let upstream: UnsafePointer<Float>
  let x: UnsafePointer<Float>
  let d: UnsafeMutablePointer<Float>
  let weight: UnsafePointer<Float>
  let bias: UnsafePointer<Float>
  let means: UnsafePointer<Float>
  let inverseDeviations: UnsafePointer<Float>
  /// The blocks' parts of the gradients of the gain and the offset, `[blocks, width]`.
  let gains: UnsafeMutablePointer<Float>
  let offsets: UnsafeMutablePointer<Float>
  let kernel: Kernel

  static func blocks(_ rows: Int) -> Int { (rows + rowBlock - 1) / rowBlock }

  func run(rows: Int) {
    forEachRowBlock(rows, width: width) { block, rows in
      pull(rows, gains: gains + block * width, offsets: offsets + block * width)
    }
  }

  @inline(never)
  private func pull(
    _ rows: Range<Int>, gains: UnsafeMutablePointer<Float>, offsets: UnsafeMutablePointer<Float>
  ) {
    gains.update(repeating: 0, count: width)
    offsets.update(repeating: 0, count: width)
    for row in rows {
      let (source, target, gradient) = (x + row * width, d + row * width, upstream + row * width)
      let mean = Vector.splat(means[row])
      let inverse = Vector.splat(inverseDeviations[row])
      var total = Vector.splat(0)
      var product = Vector.splat(0)
      var column = 0
      while column < width {
        let lanes = width - column
        let gain = Vector(at: weight + column)
        let y = (Vector(at: source + column) - mean) * inverse
        let value = Vector(at: bias + column).plusProduct(Vector(at: source + column) - mean, gain * inverse)
        let slope = Vector(at: gradient + column) * kernel.valueAndDerivative(value).derivative
        (Vector(at: offsets + column) + slope).store(first: lanes, at: offsets + column)
        Vector(at: gains + column).plusProduct(slope, y).store(first: lanes, at: gains + column)
        let g = slope * gain
        g.store(first: lanes, at: target + column)
        if lanes >= 16 {
          total += g
          product = product.plusProduct(g, y)
        } else {
          total = total.addingFirst(lanes, of: g)
          product = product.addingFirst(lanes, of: g * y)
        }
        column += 16
      }
      let shift = Vector.splat(0 - total.treeSum / Float(width))
      let projection = Vector.splat(0 - product.treeSum / Float(width))
      column = 0
      while column < width {
        let y = (Vector(at: source + column) - mean) * inverse
        let g = Vector(at: target + column)
        (((g + shift).plusProduct(y, projection)) * inverse).store(first: width - column, at: target + column)
        column += 16
      }
    }
  }
}
