extension Tensor {
  /// The largest scalar; minus infinity of none, NaN when any scalar is.
  public func max() -> Tensor { Tensor(extreme(base, count, stride: 1, Extreme.largest).value) }

  /// The smallest scalar; infinity of none, NaN when any scalar is.
  public func min() -> Tensor { Tensor(extreme(base, count, stride: 1, Extreme.smallest).value) }

  /// The largest scalars along an axis.
  public func max(axis: Int, keepingDimension: Bool = false) -> Tensor {
    extremes("max", axis, keepingDimension, Extreme.largest)
  }

  /// The smallest scalars along an axis.
  public func min(axis: Int, keepingDimension: Bool = false) -> Tensor {
    extremes("min", axis, keepingDimension, Extreme.smallest)
  }

  /// The position of the largest scalar along an axis, the first of equals. Row-major over the other axes.
  public func argMax(axis: Int = -1) -> [Int] { positions("argMax", axis, Extreme.largest) }

  /// The position of the smallest scalar along an axis, the first of equals.
  public func argMin(axis: Int = -1) -> [Int] { positions("argMin", axis, Extreme.smallest) }

  private func extremes(_ operation: String, _ axis: Int, _ keepingDimension: Bool, _ kind: Extreme) -> Tensor {
    let axis = resolve(axis, operation)
    let result = Tensor(uninitialized: reducedShape(axis, keepingDimension))
    let inner = shape[(axis + 1)...].reduce(1, *)
    for index in 0..<result.count {
      let (outer, column) = index.quotientAndRemainder(dividingBy: inner)
      result.storage.base[index] =
        extreme(base + outer * shape[axis] * inner + column, shape[axis], stride: inner, kind).value
    }
    return result
  }

  private func positions(_ operation: String, _ axis: Int, _ kind: Extreme) -> [Int] {
    let axis = resolve(axis, operation)
    if shape[axis] == 0 { trap(operation, "axis " + String(axis) + " of the shape " + describe(shape) + " is empty") }
    let inner = shape[(axis + 1)...].reduce(1, *)
    return (0..<reducedShape(axis, false).product).map { index in
      let (outer, column) = index.quotientAndRemainder(dividingBy: inner)
      return extreme(base + outer * shape[axis] * inner + column, shape[axis], stride: inner, kind).position
    }
  }
}

private enum Extreme {
  case largest, smallest
}

/// The extreme value of a strided run and where it comes first. NaN wins.
private func extreme(
  _ source: UnsafePointer<Float>, _ count: Int, stride: Int, _ kind: Extreme
) -> (value: Float, position: Int) {
  var value = kind == .largest ? -Float.infinity : Float.infinity
  var position = 0
  for index in 0..<count {
    let candidate = source[index * stride]
    if kind == .largest ? candidate > value : candidate < value {
      value = candidate
      position = index
    } else if candidate.isNaN {
      return (candidate, index)
    }
  }
  return (value, position)
}
