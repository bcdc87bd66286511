extension Tensor {
  /// `body` of each pair of vectors of two tensors whose shapes broadcast to each other.
  @inline(__always)
  static func broadcasting(
    _ operation: String, _ a: Tensor, _ b: Tensor, _ body: (Vector, Vector) -> Vector
  ) -> Tensor {
    if a.shape == b.shape { return a.zipped(with: b, body) }
    if b.count == 1 && b.rank <= a.rank {
      let scalar = Vector(repeating: b.base.pointee)
      return a.mapped { body($0, scalar) }
    }
    if a.count == 1 && a.rank <= b.rank {
      let scalar = Vector(repeating: a.base.pointee)
      return b.mapped { body(scalar, $0) }
    }
    let walk = PairWalk(a.shape, b.shape, operation: operation)
    let result = Tensor(uninitialized: walk.shape)
    let left = a.base
    let right = b.base
    let destination = result.storage.base
    // Along the innermost run each side either advances or stands still.
    walk.forEachRun { run in
      let l = left + run.left
      let r = right + run.right
      let d = destination + run.start
      var index = 0
      if run.leftAdvances && run.rightAdvances {
        while index + 16 <= run.length {
          body(Vector(at: l + index), Vector(at: r + index)).store(at: d + index)
          index += 16
        }
      } else if run.leftAdvances {
        let still = Vector(repeating: r.pointee)
        while index + 16 <= run.length {
          body(Vector(at: l + index), still).store(at: d + index)
          index += 16
        }
      } else {
        let still = Vector(repeating: l.pointee)
        while index + 16 <= run.length {
          body(still, Vector(at: r + index)).store(at: d + index)
          index += 16
        }
      }
      if index < run.length {
        // A load may run past the run's end: buffers have a vector of slack.
        let x = run.leftAdvances ? Vector(at: l + index) : Vector(repeating: l.pointee)
        let y = run.rightAdvances ? Vector(at: r + index) : Vector(repeating: r.pointee)
        body(x, y).store(first: run.length - index, at: d + index)
      }
    }
    return result
  }
}

/// The runs of two tensors that broadcast to each other: neighbouring axes along which both sides behave alike are
/// merged first.
struct PairWalk {
  struct Run {
    var left: Int
    var right: Int
    var start: Int
    var length: Int
    var leftAdvances: Bool
    var rightAdvances: Bool
  }

  let shape: [Int]
  private var extents: [Int] = []
  private var leftStrides: [Int] = []
  private var rightStrides: [Int] = []

  init(_ a: [Int], _ b: [Int], operation: String) {
    shape = broadcastShape(a, b, operation: operation)
    let left = a.broadcastStrides(to: shape, operation: "broadcast")
    let right = b.broadcastStrides(to: shape, operation: "broadcast")
    for axis in shape.indices where shape[axis] != 1 {
      if let last = extents.indices.last, leftStrides[last] == left[axis] * shape[axis],
        rightStrides[last] == right[axis] * shape[axis]
      {
        extents[last] *= shape[axis]
        leftStrides[last] = left[axis]
        rightStrides[last] = right[axis]
      } else {
        extents.append(shape[axis])
        leftStrides.append(left[axis])
        rightStrides.append(right[axis])
      }
    }
  }

  @inline(__always)
  func forEachRun(_ body: (Run) -> Void) {
    for extent in shape where extent == 0 { return }
    guard let length = extents.last, let leftStep = leftStrides.last, let rightStep = rightStrides.last else {
      return body(Run(left: 0, right: 0, start: 0, length: 1, leftAdvances: true, rightAdvances: true))
    }
    var run = Run(
      left: 0, right: 0, start: 0, length: length, leftAdvances: leftStep != 0, rightAdvances: rightStep != 0)
    var position = [Int](repeating: 0, count: extents.count - 1)
    while true {
      body(run)
      run.start += length
      var axis = extents.count - 2
      while axis >= 0 {
        position[axis] += 1
        run.left += leftStrides[axis]
        run.right += rightStrides[axis]
        if position[axis] < extents[axis] { break }
        run.left -= leftStrides[axis] * extents[axis]
        run.right -= rightStrides[axis] * extents[axis]
        position[axis] = 0
        axis -= 1
      }
      if axis < 0 { return }
    }
  }
}
