extension Tensor {
  /// The same scalars in another shape. One extent may be -1: it is computed from the others.
  /// Traps when the counts differ. Costs nothing: the scalars are shared.
  public func reshaped(to newShape: [Int]) -> Tensor {
    var resolved = newShape
    if let open = newShape.firstIndex(of: -1) {
      var known = 1
      for (axis, extent) in newShape.enumerated() where axis != open { known *= extent }
      if known > 0 && count % known == 0 { resolved[open] = count / known }
    }
    for extent in resolved where extent < 0 {
      trap("reshaped", "cannot see the shape " + describe(shape) + " as " + describe(newShape))
    }
    if resolved.product != count {
      trap("reshaped", "cannot see the shape " + describe(shape) + " as " + describe(newShape))
    }
    return Tensor(sharing: storage, shape: resolved, count: count)
  }

  /// The shape with an axis of extent 1 inserted before `axis`.
  public func expandingAxis(at axis: Int) -> Tensor {
    if axis < 0 || axis > rank {
      trap("expandingAxis", "no place " + String(axis) + " in the shape " + describe(shape))
    }
    var newShape = shape
    newShape.insert(1, at: axis)
    return Tensor(sharing: storage, shape: newShape, count: count)
  }

  /// A matrix with rows and columns exchanged: `[m, n]` to `[n, m]`.
  public func transposed() -> Tensor {
    if rank != 2 { trap("transposed", "needs a matrix, got the shape " + describe(shape)) }
    let result = Tensor(uninitialized: [shape[1], shape[0]])
    transpose(base, rows: shape[0], columns: shape[1], into: result.storage.base)
    return result
  }

  /// The axes in another order: axis `i` of the result is axis `order[i]` of this tensor.
  public func permuted(_ order: [Int]) -> Tensor {
    if order.sorted() != Array(0..<rank) {
      trap("permuted", describe(order) + " is not an order of the axes of the shape " + describe(shape))
    }
    if rank == 2 && order[0] == 1 { return transposed() }
    let moved = order.filter { shape[$0] != 1 }
    if moved == moved.sorted() { return reshaped(to: order.map { shape[$0] }) }
    let strides = shape.rowMajorStrides
    let result = Tensor(uninitialized: order.map { shape[$0] })
    let source = base
    let destination = result.storage.base
    var walk = StridedWalk(extents: result.shape, strides: order.map { strides[$0] })
    walk.forEachRun { offset, start, count, stride in
      for index in 0..<count { destination[start + index] = source[offset + index * stride] }
    }
    return result
  }

  /// Copies of the scalars so that the shape becomes `newShape`, by the usual rules: axes are matched from the last;
  /// an extent of 1, or a missing axis, is repeated.
  public func broadcast(to newShape: [Int]) -> Tensor {
    if newShape == shape { return self }
    let strides = shape.broadcastStrides(to: newShape, operation: "broadcast")
    let result = Tensor(uninitialized: newShape)
    let source = base
    let destination = result.storage.base
    var walk = StridedWalk(extents: newShape, strides: strides)
    walk.forEachRun { offset, start, count, stride in
      if stride == 0 {
        (destination + start).update(repeating: source[offset], count: count)
      } else {
        (destination + start).update(from: source + offset, count: count)
      }
    }
    return result
  }

  /// The part of the tensor with positions `range` along `axis`.
  public func slice(axis: Int, _ range: Range<Int>) -> Tensor {
    let axis = resolve(axis, "slice")
    if range.lowerBound < 0 || range.upperBound > shape[axis] {
      trap(
        "slice",
        "the range " + String(range.lowerBound) + "..<" + String(range.upperBound) + " of axis " + String(axis)
          + " lies outside the shape " + describe(shape))
    }
    if range.count == shape[axis] { return self }
    var newShape = shape
    newShape[axis] = range.count
    let result = Tensor(uninitialized: newShape)
    let inner = shape[(axis + 1)...].reduce(1, *)
    let outer = shape[..<axis].reduce(1, *)
    let length = range.count * inner
    let (source, target, pitch) = (base + range.lowerBound * inner, result.storage.base, shape[axis] * inner)
    forEachRun(outer, of: length) { index in
      (target + index * length).update(from: source + index * pitch, count: length)
    }
    return result
  }

  /// Rows, that is, positions along the first axis.
  public func rows(_ range: Range<Int>) -> Tensor {
    slice(axis: 0, range)
  }

  /// This tensor's gradient helper: zeros of `outerShape` with the tensor at `start` along `axis`, the adjoint of
  /// ``slice(axis:_:)``.
  public func padded(to outerShape: [Int], axis: Int, at start: Int) -> Tensor {
    let axis = resolve(axis, "padded")
    var expected = outerShape
    if outerShape.count == rank { expected[axis] = shape[axis] }
    if expected != shape || start < 0 || start + shape[axis] > outerShape[axis] {
      trap(
        "padded", "the shape " + describe(shape) + " does not fit into " + describe(outerShape) + " at " + String(start)
      )
    }
    let result = Tensor(zeros: outerShape)
    let inner = shape[(axis + 1)...].reduce(1, *)
    let outer = shape[..<axis].reduce(1, *)
    let length = shape[axis] * inner
    for index in 0..<outer {
      (result.storage.base + (index * outerShape[axis] + start) * inner).update(
        from: base + index * length, count: length)
    }
    return result
  }

  /// Tensors laid one after another along `axis`; all other extents must agree.
  public static func concatenated(_ tensors: [Tensor], axis: Int) -> Tensor {
    guard let first = tensors.first else { trap("concatenated", "needs at least one tensor") }
    let axis = first.resolve(axis, "concatenated")
    var newShape = first.shape
    newShape[axis] = 0
    for tensor in tensors {
      var matched = tensor.shape
      if matched.count == first.rank { matched[axis] = first.shape[axis] }
      if matched != first.shape {
        trap(
          "concatenated",
          "the shapes " + describe(first.shape) + " and " + describe(tensor.shape) + " differ outside axis "
            + String(axis))
      }
      newShape[axis] += tensor.shape[axis]
    }
    let result = Tensor(uninitialized: newShape)
    let inner = newShape[(axis + 1)...].reduce(1, *)
    let outer = newShape[..<axis].reduce(1, *)
    var start = 0
    for tensor in tensors {
      let length = tensor.shape[axis] * inner
      let (source, target, pitch) = (tensor.base, result.storage.base + start, newShape[axis] * inner)
      forEachRun(outer, of: length) { index in
        (target + index * pitch).update(from: source + index * length, count: length)
      }
      start += length
    }
    return result
  }

  /// The axis counted from the front; -1 is the last. Traps when there is no such axis.
  package func resolve(_ axis: Int, _ operation: String) -> Int {
    let resolved = axis < 0 ? axis + rank : axis
    if resolved < 0 || resolved >= rank {
      trap(operation, "there is no axis " + String(axis) + " in the shape " + describe(shape))
    }
    return resolved
  }
}
