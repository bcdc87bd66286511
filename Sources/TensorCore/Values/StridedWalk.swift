/// Visits a strided view of a buffer in the order of a row-major result, run by run.
///
/// Neighbouring axes that one stride can serve are merged first, so that the runs are as long as can be.
struct StridedWalk {
  private var extents: [Int]
  private var strides: [Int]

  init(extents: [Int], strides: [Int]) {
    self.extents = []
    self.strides = []
    for (extent, stride) in zip(extents, strides) where extent != 1 {
      if let last = self.strides.last, last == stride * extent {
        self.extents[self.extents.count - 1] *= extent
        self.strides[self.strides.count - 1] = stride
      } else {
        self.extents.append(extent)
        self.strides.append(stride)
      }
    }
  }

  /// Calls `body(offset in the source, index in the result, length of the run, stride in the source)`.
  mutating func forEachRun(_ body: (Int, Int, Int, Int) -> Void) {
    for extent in extents where extent == 0 { return }
    guard let length = extents.popLast(), let stride = strides.popLast() else { return body(0, 0, 1, 1) }
    var position = [Int](repeating: 0, count: extents.count)
    var offset = 0
    var start = 0
    while true {
      body(offset, start, length, stride)
      start += length
      var axis = extents.count - 1
      while axis >= 0 {
        position[axis] += 1
        offset += strides[axis]
        if position[axis] < extents[axis] { break }
        offset -= strides[axis] * extents[axis]
        position[axis] = 0
        axis -= 1
      }
      if axis < 0 { return }
    }
  }
}

extension [Int] {
  /// How far apart neighbours along each axis are, in scalars.
  var rowMajorStrides: [Int] {
    var strides = [Int](repeating: 1, count: count)
    var stride = 1
    for axis in indices.reversed() {
      strides[axis] = stride
      stride *= self[axis]
    }
    return strides
  }

  /// The strides that read a tensor of this shape as if it had `shape`: 0 along repeated axes.
  func broadcastStrides(to shape: [Int], operation: String) -> [Int] {
    var strides = [Int](repeating: 0, count: shape.count)
    let missing = shape.count - count
    if missing < 0 { trap(operation, "cannot broadcast the shape " + describe(self) + " to " + describe(shape)) }
    let own = rowMajorStrides
    for axis in indices {
      if self[axis] == shape[axis + missing] {
        strides[axis + missing] = own[axis]
      } else if self[axis] != 1 {
        trap(operation, "cannot broadcast the shape " + describe(self) + " to " + describe(shape))
      }
    }
    return strides
  }
}

/// The shape that two shapes broadcast to. Traps when they do not fit each other.
package func broadcastShape(_ a: [Int], _ b: [Int], operation: String) -> [Int] {
  if a == b { return a }
  var shape = a.count >= b.count ? a : b
  let shorter = a.count >= b.count ? b : a
  let missing = shape.count - shorter.count
  for axis in shorter.indices where shorter[axis] != shape[axis + missing] {
    if shape[axis + missing] == 1 {
      shape[axis + missing] = shorter[axis]
    } else if shorter[axis] != 1 {
      trap(operation, "the shapes " + describe(a) + " and " + describe(b) + " do not broadcast to each other")
    }
  }
  return shape
}
