extension Tensor {
  /// The sum of all scalars.
  public func sum() -> Tensor { Tensor(sumPlain(base, count)) }

  /// The sums along an axis (-1 is the last), which is dropped or kept with extent 1.
  public func sum(axis: Int, keepingDimension: Bool = false) -> Tensor {
    let axis = resolve(axis, "sum")
    let result = Tensor(uninitialized: reducedShape(axis, keepingDimension))
    sumMiddle(
      base, outer: shape[..<axis].reduce(1, *), extent: shape[axis], inner: shape[(axis + 1)...].reduce(1, *),
      into: result.storage.base)
    return result
  }

  /// The mean of all scalars; NaN of none.
  public func mean() -> Tensor { Tensor(sumPlain(base, count) / Float(count)) }

  /// The means along an axis.
  public func mean(axis: Int, keepingDimension: Bool = false) -> Tensor {
    var result = sum(axis: axis, keepingDimension: keepingDimension)
    result /= Float(shape[resolve(axis, "mean")])
    return result
  }

  /// The variance of all scalars around their mean, divided by their number less `correction` (0: of a population;
  /// 1: Bessel's estimate from a sample). Two passes, so that no cancellation occurs.
  public func variance(correction: Int = 0) -> Tensor {
    let mean = Vector(repeating: sumPlain(base, count) / Float(count))
    let squares = sumContiguous(base, count) { ($0 - mean) * ($0 - mean) }
    return Tensor(squares / Float(count - correction))
  }

  /// The variances along an axis.
  public func variance(axis: Int, keepingDimension: Bool = false, correction: Int = 0) -> Tensor {
    let centred = self - mean(axis: axis, keepingDimension: true)
    var result = centred.squared().sum(axis: axis, keepingDimension: keepingDimension)
    result /= Float(shape[resolve(axis, "variance")] - correction)
    return result
  }

  /// Sums over the axes that broadcasting from `smaller` to this tensor's shape would repeat: the adjoint of
  /// ``broadcast(to:)``. Traps when `smaller` does not broadcast to this shape.
  public func sumReduced(to smaller: [Int]) -> Tensor {
    if smaller == shape { return self }
    let missing = rank - smaller.count
    if missing < 0 || broadcastShape(smaller, shape, operation: "sumReduced") != shape {
      trap("sumReduced", "the shape " + describe(smaller) + " does not broadcast to " + describe(shape))
    }
    if smaller.product == 1 { return sum().reshaped(to: smaller) }
    var result = self
    // Neighbouring axes that both vanish are summed as one.
    var axis = rank - 1
    while axis >= 0 {
      let vanishes = { (axis: Int) in axis < missing || (smaller[axis - missing] == 1 && self.shape[axis] != 1) }
      guard vanishes(axis) else {
        axis -= 1
        continue
      }
      var first = axis
      while first > 0 && vanishes(first - 1) { first -= 1 }
      let outer = result.shape[..<first].reduce(1, *)
      let extent = result.shape[first...axis].reduce(1, *)
      let inner = result.shape[(axis + 1)...].reduce(1, *)
      var reduced = result.shape
      for index in first...axis { reduced[index] = 1 }
      let sums = Tensor(uninitialized: reduced)
      sumMiddle(result.base, outer: outer, extent: extent, inner: inner, into: sums.storage.base)
      result = sums
      axis = first - 1
    }
    return result.reshaped(to: smaller)
  }

  package func reducedShape(_ axis: Int, _ keepingDimension: Bool) -> [Int] {
    var reduced = shape
    if keepingDimension { reduced[axis] = 1 } else { reduced.remove(at: axis) }
    return reduced
  }
}
