extension Tensor {
  /// `function` of this tensor, worked out for bands of up to `height` rows, which the threads share.
  ///
  /// - Parameters:
  ///   - width: the columns of the result.
  ///   - function: from some rows to as many rows, each depending on its own row alone. Several threads may call it at a
  ///     time. It must give the same numbers for a row whatever the others are; the core's products do.
  ///
  /// Traps when the function's result has another shape than `[rows, width]`.
  package func mappingRowBands(of height: Int, to width: Int, _ function: (Tensor) -> Tensor) -> Tensor {
    let bands = (shape[0] + height - 1) / height
    if bands <= 1 { return function(self) }
    let result = Tensor(uninitialized: [shape[0], width])
    let target = result.storage.base
    parallelFor(bands) { index in
      let first = index * height
      let some = rows(first..<Swift.min(first + height, shape[0]))
      let mapped = function(some)
      if mapped.shape != [some.shape[0], width] {
        trap(
          "mappingRowBands",
          describe(some.shape) + " became " + describe(mapped.shape) + " and not rows of " + String(width))
      }
      mapped.withUnsafeScalars { scalars in
        if let base = scalars.baseAddress { (target + first * width).update(from: base, count: scalars.count) }
      }
    }
    return result
  }
}
