extension Tensor {
  /// Each pixel of `[batch, height, width, channels]` repeated `factor` times in both directions.
  public func upsampledNearest(factor: Int) -> Tensor {
    requireImages("upsampledNearest")
    if factor < 1 { trap("upsampledNearest", "cannot enlarge " + describe(shape) + " by " + String(factor)) }
    let (height, width, channels) = (shape[1], shape[2], shape[3])
    let result = Tensor(uninitialized: [shape[0], height * factor, width * factor, channels])
    let (source, target) = (base, result.storage.base)
    let row = width * factor * channels
    forEachImageRow(shape[0] * height, rowScalars: factor * row) { y in
      let first = target + y * factor * row
      for x in 0..<width {
        let pixel = source + (y * width + x) * channels
        for copy in 0..<factor { (first + (x * factor + copy) * channels).update(from: pixel, count: channels) }
      }
      for copy in 1..<Swift.max(1, factor) { (first + copy * row).update(from: first, count: row) }
    }
    return withExtendedLifetime(self) { result }
  }

  /// The sums over squares of `factor` by `factor` pixels: the adjoint of ``upsampledNearest(factor:)``. Each sum adds
  /// the square's pixels row by row. Traps unless the height and the width are multiples of `factor`.
  public func summedSquares(factor: Int) -> Tensor {
    requireImages("summedSquares")
    if factor < 1 || !shape[1].isMultiple(of: factor) || !shape[2].isMultiple(of: factor) {
      trap("summedSquares", "cannot divide " + describe(shape) + " into squares of extent " + String(factor))
    }
    return pooledSums(window: factor, stride: factor, "summedSquares")
  }

  func requireImages(_ operation: String) {
    if rank != 4 { trap(operation, "needs images [batch, height, width, channels], got " + describe(shape)) }
  }
}

/// Calls `body` for each row of all images, on several threads where there is enough to do.
@inline(__always)
func forEachImageRow(_ rows: Int, rowScalars: Int, _ body: (Int) -> Void) {
  if rows * rowScalars < 2 * Tensor.parallelGrain {
    for row in 0..<rows { body(row) }
    return
  }
  let chunk = Swift.max(1, 16_384 / rowScalars)
  parallelFor((rows + chunk - 1) / chunk) { index in
    for row in index * chunk..<Swift.min(rows, (index + 1) * chunk) { body(row) }
  }
}
