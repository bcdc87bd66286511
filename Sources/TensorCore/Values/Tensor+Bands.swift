extension Tensor {
  /// `function` of this tensor, worked out for bands of up to `height` rows, which the threads share.
  ///
  /// - Parameter function: from some rows to as many rows, each depending on its own row alone. Several threads may call
  ///   it at a time. It must give the same numbers for a row whatever the others are; the core's products do.
  package func mappingRowBands(of height: Int, _ function: (Tensor) -> Tensor) -> Tensor {
    let bands = (shape[0] + height - 1) / height
    if bands <= 1 { return function(self) }
    var results = [Tensor?](repeating: nil, count: bands)
    results.withUnsafeMutableBufferPointer { results in
      parallelFor(bands) { index in
        let first = index * height
        results[index] = function(rows(first..<Swift.min(first + height, shape[0])))
      }
    }
    var bandsInOrder: [Tensor] = []
    bandsInOrder.reserveCapacity(bands)
    for case let band? in results { bandsInOrder.append(band) }
    return Tensor.concatenated(bandsInOrder, axis: 0)
  }
}
