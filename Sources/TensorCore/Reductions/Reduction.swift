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
    replacing(with: self + other, where: Vector.laneNumbers .< IntVector(repeating: Int32(count)))
  }

  /// The first `count` lanes, the others replaced.
  @inline(__always)
  func first(_ count: Int, else other: Float) -> Vector {
    Vector(repeating: other).replacing(with: self, where: Vector.laneNumbers .< IntVector(repeating: Int32(count)))
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

/// The sums along the middle axis of `[outer, extent, inner]`: sixteen neighbouring columns at a time, sixteen partial
/// sums each, held in registers.
func sumMiddle(
  _ source: UnsafePointer<Float>, outer: Int, extent: Int, inner: Int, into destination: UnsafeMutablePointer<Float>
) {
  if inner == 1 {
    for index in 0..<outer { destination[index] = sumPlain(source + index * extent, extent) }
    return
  }
  let columnBlocks = (inner + 15) / 16
  func work(_ task: Int) {
    let (index, block) = task.quotientAndRemainder(dividingBy: columnBlocks)
    let column = block * 16
    let start = source + index * extent * inner + column
    let sums = sumColumns(start, extent: extent, stride: inner)
    let target = destination + index * inner + column
    if inner - column >= 16 { sums.store(at: target) } else { sums.store(first: inner - column, at: target) }
  }
  if outer * extent * inner >= 2 * Tensor.parallelGrain {
    parallelFor(outer * columnBlocks, work)
  } else {
    for task in 0..<outer * columnBlocks { work(task) }
  }
}

/// The sums of sixteen neighbouring columns. May read up to one vector past the last column's end.
func sumColumns(_ source: UnsafePointer<Float>, extent: Int, stride: Int) -> Vector {
  if extent <= reductionBlock { return sumColumnBlock(source, extent: extent, stride: stride) }
  let blocks = (extent + reductionBlock - 1) / reductionBlock
  let partial = TensorStorage(holding: blocks * 16)
  return withExtendedLifetime(partial) {
    for block in 0..<blocks {
      let start = block * reductionBlock
      sumColumnBlock(source + start * stride, extent: Swift.min(reductionBlock, extent - start), stride: stride)
        .store(at: partial.base + block * 16)
    }
    return sumColumns(UnsafePointer(partial.base), extent: blocks, stride: 16)
  }
}

private func sumColumnBlock(_ source: UnsafePointer<Float>, extent: Int, stride: Int) -> Vector {
  var (a, b, c, d) = (Vector.splat(0), Vector.splat(0), Vector.splat(0), Vector.splat(0))
  var (e, f, g, h) = (Vector.splat(0), Vector.splat(0), Vector.splat(0), Vector.splat(0))
  var (i, j, k, l) = (Vector.splat(0), Vector.splat(0), Vector.splat(0), Vector.splat(0))
  var (m, n, o, p) = (Vector.splat(0), Vector.splat(0), Vector.splat(0), Vector.splat(0))
  var row = 0
  var at = source
  while row + 16 <= extent {
    a += Vector(at: at)
    b += Vector(at: at + stride)
    c += Vector(at: at + 2 * stride)
    d += Vector(at: at + 3 * stride)
    e += Vector(at: at + 4 * stride)
    f += Vector(at: at + 5 * stride)
    g += Vector(at: at + 6 * stride)
    h += Vector(at: at + 7 * stride)
    i += Vector(at: at + 8 * stride)
    j += Vector(at: at + 9 * stride)
    k += Vector(at: at + 10 * stride)
    l += Vector(at: at + 11 * stride)
    m += Vector(at: at + 12 * stride)
    n += Vector(at: at + 13 * stride)
    o += Vector(at: at + 14 * stride)
    p += Vector(at: at + 15 * stride)
    at += 16 * stride
    row += 16
  }
  if row < extent { a += Vector(at: at) }
  if row + 1 < extent { b += Vector(at: at + stride) }
  if row + 2 < extent { c += Vector(at: at + 2 * stride) }
  if row + 3 < extent { d += Vector(at: at + 3 * stride) }
  if row + 4 < extent { e += Vector(at: at + 4 * stride) }
  if row + 5 < extent { f += Vector(at: at + 5 * stride) }
  if row + 6 < extent { g += Vector(at: at + 6 * stride) }
  if row + 7 < extent { h += Vector(at: at + 7 * stride) }
  if row + 8 < extent { i += Vector(at: at + 8 * stride) }
  if row + 9 < extent { j += Vector(at: at + 9 * stride) }
  if row + 10 < extent { k += Vector(at: at + 10 * stride) }
  if row + 11 < extent { l += Vector(at: at + 11 * stride) }
  if row + 12 < extent { m += Vector(at: at + 12 * stride) }
  if row + 13 < extent { n += Vector(at: at + 13 * stride) }
  if row + 14 < extent { o += Vector(at: at + 14 * stride) }
  // The tree of `Vector.treeSum`, lane against lane: halves are added four times.
  a += i
  b += j
  c += k
  d += l
  e += m
  f += n
  g += o
  h += p
  a += e
  b += f
  c += g
  d += h
  a += c
  b += d
  return a + b
}
