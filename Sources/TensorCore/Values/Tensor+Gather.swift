extension Tensor {
  /// The rows (positions along the first axis) at the given indices, in their order; an index may repeat.
  public func gatheringRows(at indices: [Int]) -> Tensor {
    let width = rowWidth("gatheringRows")
    var newShape = shape
    newShape[0] = indices.count
    let result = Tensor(uninitialized: newShape)
    for index in indices { check(index, "gatheringRows") }
    let (source, target) = (base, result.storage.base)
    indices.withUnsafeBufferPointer { indices in
      forEachRun(indices.count, of: width) { row in
        (target + row * width).update(from: source + indices[row] * width, count: width)
      }
    }
    return result
  }

  /// Adds row `i` of `rows` to row `indices[i]`, in ascending order of `i`: the adjoint of
  /// ``gatheringRows(at:)``.
  public mutating func scatterAddRows(_ rows: Tensor, at indices: [Int]) {
    let width = rowWidth("scatterAddRows")
    var expected = shape
    expected[0] = indices.count
    if rows.shape != expected {
      trap("scatterAddRows", "expected rows of shape " + describe(expected) + ", got " + describe(rows.shape))
    }
    let destination = uniqueBase()
    for (row, index) in indices.enumerated() {
      check(index, "scatterAddRows")
      let target = destination + index * width
      let source = rows.base + row * width
      for column in 0..<width { target[column] += source[column] }
    }
  }

  /// The scalar in column `indices[i]` of row `i` of a matrix: `[m, n]` to `[m]`.
  public func gatheringColumns(at indices: [Int]) -> Tensor {
    if rank != 2 || indices.count != shape[0] {
      trap("gatheringColumns", String(indices.count) + " indices for the shape " + describe(shape))
    }
    let result = Tensor(uninitialized: [indices.count])
    for (row, index) in indices.enumerated() {
      if index < 0 || index >= shape[1] {
        trap("gatheringColumns", "column " + String(index) + " lies outside the shape " + describe(shape))
      }
      result.storage.base[row] = base[row * shape[1] + index]
    }
    return result
  }

  private func rowWidth(_ operation: String) -> Int {
    if rank == 0 { trap(operation, "a scalar has no rows") }
    return shape[1...].reduce(1, *)
  }

  private func check(_ index: Int, _ operation: String) {
    if index < 0 || index >= shape[0] {
      trap(operation, "row " + String(index) + " lies outside the shape " + describe(shape))
    }
  }
}
