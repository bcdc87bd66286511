// How sums are formed, everywhere in the core, so that no sum depends on the machine or on the number of threads:
// element `i` of the summed axis is added to partial sum `i mod 16`, in ascending order, and the sixteen partial sums
// are added by one fixed tree (`Vector.treeSum`). Axes longer than `reductionBlock` are summed block by block, and the
// blocks' sums are summed in the same way, which also keeps the rounding error of long sums low.

/// The number of scalars that are summed in one go.
let reductionBlock = 4096

/// The sum over `transform` of `count` neighbouring scalars.
@inline(__always)
func sumContiguous(_ source: UnsafePointer<Float>, _ count: Int, _ transform: (Vector) -> Vector) -> Float {
  if count <= reductionBlock { return sumBlock(source, count, transform) }
  // At most 2^12 partial sums fit the small array at each level, so three levels cover 2^36 scalars.
  let blocks = (count + reductionBlock - 1) / reductionBlock
  let partial = TensorStorage(holding: blocks)
  return withExtendedLifetime(partial) {
    let sums = partial.base
    func sumOne(_ block: Int) {
      let start = block * reductionBlock
      sums[block] = sumBlock(source + start, Swift.min(reductionBlock, count - start), transform)
    }
    if blocks >= 16 {
      parallelFor(blocks, sumOne)
    } else {
      for block in 0..<blocks { sumOne(block) }
    }
    return sumPlain(UnsafePointer(sums), blocks)
  }
}

/// The sum of neighbouring scalars.
func sumPlain(_ source: UnsafePointer<Float>, _ count: Int) -> Float {
  if count <= reductionBlock { return sumBlock(source, count) { $0 } }
  return sumContiguous(source, count) { $0 }
}

@inline(__always)
func sumBlock(_ source: UnsafePointer<Float>, _ count: Int, _ transform: (Vector) -> Vector) -> Float {
  var partial = Vector.splat(0)
  var index = 0
  while index + 16 <= count {
    partial += transform(Vector(at: source + index))
    index += 16
  }
  if index < count {
    let last = transform(Vector(at: source + index))
    partial = partial.addingFirst(count - index, of: last)
  }
  return partial.treeSum
}

extension Vector {
  /// The lanes' numbers.
  @inline(__always)
  static var laneNumbers: IntVector { IntVector(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15) }

  /// Adds the first `count` lanes of `other`.
  @inline(__always)
  func addingFirst(_ count: Int, of other: Vector) -> Vector {
    replacing(with: self + other, where: Vector.laneNumbers |<| IntVector(repeating: Int32(count)))
  }

  /// The first `count` lanes, the others replaced.
  @inline(__always)
  func first(_ count: Int, else other: Float) -> Vector {
    Vector(repeating: other).replacing(with: self, where: Vector.laneNumbers |<| IntVector(repeating: Int32(count)))
  }

  /// The largest lane.
  @inline(__always)
  var treeMax: Float {
    let eight = pointwiseMax(lowHalf, highHalf)
    let four = pointwiseMax(eight.lowHalf, eight.highHalf)
    let two = pointwiseMax(four.lowHalf, four.highHalf)
    return Swift.max(two.x, two.y)
  }
}
