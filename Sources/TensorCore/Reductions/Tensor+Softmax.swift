extension Tensor {
  /// `e^x / sum e^x` along an axis, computed from `x - max x` so that nothing overflows.
  public func softmax(axis: Int = -1) -> Tensor {
    alongLast(axis, "softmax") { source, destination, count in
      let largest = rowMax(source, count)
      let total = writeExponentials(source, count, minus: largest, into: destination)
      let scale = Vector(repeating: 1 / total)
      mapRow(UnsafePointer(destination), count, into: destination) { $0 * scale }
    }
  }

  /// `x - log(sum e^x)` along an axis.
  public func logSoftmax(axis: Int = -1) -> Tensor {
    alongLast(axis, "logSoftmax") { source, destination, count in
      let largest = rowMax(source, count)
      let total = writeExponentials(source, count, minus: largest, into: destination)
      let shift = Vector(repeating: largest)
      let logTotal = Vector(repeating: log(total))
      mapRow(source, count, into: destination) { ($0 - shift) - logTotal }
    }
  }

  /// `log(sum e^x)` along an axis, without overflow.
  public func logSumExp(axis: Int = -1, keepingDimension: Bool = false) -> Tensor {
    let axis = resolve(axis, "logSumExp")
    let largest = max(axis: axis, keepingDimension: true)
    // An infinite maximum would make infinity minus infinity.
    let finite = largest.mapped {
      $0.replacing(with: .splat(0), where: $0.magnitude |==| .splat(.infinity))
    }
    let sums = TensorCore.exp(self - finite).sum(axis: axis, keepingDimension: true)
    return (TensorCore.log(sums) + finite).reshaped(to: reducedShape(axis, keepingDimension))
  }

  /// Runs a row kernel along the last axis, or along another by exchanging it with the last and back.
  private func alongLast(
    _ axis: Int, _ operation: String,
    _ kernel: (UnsafePointer<Float>, UnsafeMutablePointer<Float>, Int) -> Void
  ) -> Tensor {
    let axis = resolve(axis, operation)
    if axis != rank - 1 {
      var order = Array(0..<rank)
      order.swapAt(axis, rank - 1)
      return permuted(order).alongLast(-1, operation, kernel).permuted(order)
    }
    let result = Tensor(uninitialized: shape)
    let extent = shape[axis]
    if count == 0 { return result }
    let source = base
    let destination = result.storage.base
    for row in 0..<count / extent { kernel(source + row * extent, destination + row * extent, extent) }
    return result
  }
}

/// The largest of a row's scalars.
func rowMax(_ source: UnsafePointer<Float>, _ count: Int) -> Float {
  var largest = Vector(repeating: -.infinity)
  var index = 0
  while index + 16 <= count {
    largest = Vector.larger(Vector(at: source + index), largest)
    index += 16
  }
  if index < count {
    largest = Vector.larger(Vector(at: source + index).first(count - index, else: -.infinity), largest)
  }
  return largest.treeMax
}

/// Writes `e^(x - shift)` and gives the sum.
func writeExponentials(
  _ source: UnsafePointer<Float>, _ count: Int, minus shift: Float, into destination: UnsafeMutablePointer<Float>
) -> Float {
  let shift = Vector(repeating: shift)
  mapRow(source, count, into: destination) { ($0 - shift).exponential }
  return sumPlain(UnsafePointer(destination), count)
}

@inline(__always)
func mapRow(
  _ source: UnsafePointer<Float>, _ count: Int, into destination: UnsafeMutablePointer<Float>,
  _ body: (Vector) -> Vector
) {
  var index = 0
  while index + 16 <= count {
    body(Vector(at: source + index)).store(at: destination + index)
    index += 16
  }
  if index < count { body(Vector(at: source + index)).store(first: count - index, at: destination + index) }
}
