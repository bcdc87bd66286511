extension Tensor {
  /// The scalars and their positions along the last axis.
  public struct Ranked: Sendable {
    public var values: Tensor
    /// Row-major, one for each scalar of `values`.
    public var positions: [Int]
  }

  /// The rows along the last axis in ascending (or descending) order; equal scalars keep their order.
  public func sorted(descending: Bool = false) -> Ranked {
    if rank == 0 { trap("sorted", "a scalar has no axis to sort along") }
    return topK(shape[rank - 1], largest: descending)
  }

  /// The `k` largest (or smallest) scalars of each row along the last axis, in order, and where they were.
  public func topK(_ k: Int, largest: Bool = true) -> Ranked {
    if rank == 0 { trap("topK", "a scalar has no axis to rank along") }
    let extent = shape[rank - 1]
    if k < 0 || k > extent {
      trap("topK", "there are no " + String(k) + " scalars along the last axis of the shape " + describe(shape))
    }
    var newShape = shape
    newShape[rank - 1] = k
    var positions: [Int] = []
    positions.reserveCapacity(newShape.product)
    let values = Tensor(uninitialized: newShape)
    let rows = extent == 0 ? 0 : count / extent
    var order: [Int] = []
    for row in 0..<rows {
      let source = base + row * extent
      order.removeAll(keepingCapacity: true)
      order.append(contentsOf: 0..<extent)
      // A total order on floats (NaN last) with the position as the tie-break makes the result one and only.
      order.sort { a, b in
        let (x, y) = (source[a], source[b])
        if x == y || (x.isNaN && y.isNaN) { return a < b }
        if x.isNaN || y.isNaN { return y.isNaN }
        return largest ? x > y : x < y
      }
      for rank in 0..<k {
        values.storage.base[row * k + rank] = source[order[rank]]
        positions.append(order[rank])
      }
    }
    return Ranked(values: values, positions: positions)
  }
}
