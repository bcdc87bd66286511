extension Tensor {
  /// Scalars below which an elementwise operation stays on the calling core.
  static let parallelGrain = 32_768

  /// A new tensor of `body` applied to each vector. The buffer's slack past the last scalar is computed along, which
  /// saves a loop for the rest.
  @inline(__always)
  func mapped(_ body: (Vector) -> Vector) -> Tensor {
    let result = Tensor(uninitialized: shape)
    let source = base
    let destination = result.storage.base
    forEachVectorChunk(count) { range in
      var index = range.lowerBound
      while index < range.upperBound {
        body(Vector(at: source + index)).store(at: destination + index)
        index += 16
      }
    }
    return result
  }

  /// A new tensor of `body` applied to each pair of vectors of two tensors of one shape.
  @inline(__always)
  func zipped(with other: Tensor, _ body: (Vector, Vector) -> Vector) -> Tensor {
    let result = Tensor(uninitialized: shape)
    let left = base
    let right = other.base
    let destination = result.storage.base
    forEachVectorChunk(count) { range in
      var index = range.lowerBound
      while index < range.upperBound {
        body(Vector(at: left + index), Vector(at: right + index)).store(at: destination + index)
        index += 16
      }
    }
    return result
  }

  /// Replaces each vector by `body` of it, in place where the scalars are this tensor's own.
  @inline(__always)
  mutating func mapInPlace(_ body: (Vector) -> Vector) {
    guard isUnique() else {
      self = mapped(body)
      return
    }
    let destination = storage.base
    forEachVectorChunk(count) { range in
      var index = range.lowerBound
      while index < range.upperBound {
        body(Vector(at: destination + index)).store(at: destination + index)
        index += 16
      }
    }
  }

  /// Replaces each vector by `body` of it and the other tensor's, of the same shape.
  @inline(__always)
  mutating func zipInPlace(with other: Tensor, _ body: (Vector, Vector) -> Vector) {
    guard isUnique() else {
      self = zipped(with: other, body)
      return
    }
    let destination = storage.base
    let right = other.base
    forEachVectorChunk(count) { range in
      var index = range.lowerBound
      while index < range.upperBound {
        body(Vector(at: destination + index), Vector(at: right + index)).store(at: destination + index)
        index += 16
      }
    }
  }
}

/// Splits `0..<count` for the threads at multiples of a vector; small counts stay on the calling core.
@inline(__always)
func forEachVectorChunk(_ count: Int, _ body: (Range<Int>) -> Void) {
  if count < 2 * Tensor.parallelGrain {
    body(0..<count)
  } else {
    let chunk = 16_384
    parallelFor((count + chunk - 1) / chunk) { index in
      body(index * chunk..<Swift.min((index + 1) * chunk, count))
    }
  }
}

/// Calls `body` for each of `count` runs of `length` scalars that are moved in memory, on several threads where there are
/// many.
@inline(__always)
func forEachRun(_ count: Int, of length: Int, _ body: (Int) -> Void) {
  if count * length < 2 * Tensor.parallelGrain {
    for index in 0..<count { body(index) }
    return
  }
  let chunk = Swift.max(1, 16_384 / length)
  parallelFor((count + chunk - 1) / chunk) { task in
    for index in task * chunk..<Swift.min(count, (task + 1) * chunk) { body(index) }
  }
}
