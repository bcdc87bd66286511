extension Tensor {
  /// `softmax(scale x + mask)` along the last axis, in one pass over memory.
  ///
  /// - Parameters:
  ///   - scale: what the numbers are multiplied by.
  ///   - mask: added to every matrix of the last two axes, of their shape; or none.
  ///
  /// Traps when the mask has another shape than the last two axes.
  public func scaledSoftmax(scale: Float, mask: Tensor? = nil) -> Tensor {
    if let mask, rank < 2 || mask.shape != Array(shape.suffix(2)) {
      trap("scaledSoftmax", "the mask " + describe(mask.shape) + " does not fit " + describe(shape))
    }
    let result = Tensor(uninitialized: shape)
    let width = shape.last ?? 1
    let masked = mask?.count ?? 0
    let (source, target, shifts) = (base, result.storage.base, mask?.base)
    forEachSoftmaxRow(count, width: width) { row in
      let start = row * width
      writeScores(source + start, width, scale, shifts.map { $0 + start % masked }, into: target + start)
      let scores = UnsafePointer(target + start)
      let largest = rowMax(scores, width)
      let total = writeExponentials(scores, width, minus: largest, into: target + start)
      writeScaled(scores, width, 1 / total, into: target + start)
    }
    return withExtendedLifetime((self, mask)) { result }
  }

  /// The gradient with respect to `x` of ``scaledSoftmax(scale:mask:)``, whose result this is:
  /// `scale y (g - sum g y)` with the upstream gradient `g`. Traps when the shapes differ.
  public func scaledSoftmaxGradient(upstream: Tensor, scale: Float) -> Tensor {
    requireSameShape(upstream, "scaledSoftmaxGradient")
    let result = Tensor(uninitialized: shape)
    let width = shape.last ?? 1
    let (y, g, target) = (base, upstream.base, result.storage.base)
    forEachSoftmaxRow(count, width: width) { row in
      let start = row * width
      pullSoftmaxRow(y + start, g + start, width, scale, into: target + start)
    }
    return withExtendedLifetime((self, upstream)) { result }
  }
}

@inline(__always)
private func forEachSoftmaxRow(_ count: Int, width: Int, _ body: (Int) -> Void) {
  if count > 0 { forEachRun(count / width, of: width, body) }
}

// Functions of their own: inside of a closure the optimizer leaves the vectors' operations as calls.

@inline(never)
private func writeScores(
  _ x: UnsafePointer<Float>, _ width: Int, _ scale: Float, _ mask: UnsafePointer<Float>?,
  into target: UnsafeMutablePointer<Float>
) {
  let scale = Vector(repeating: scale)
  guard let mask else { return mapRow(x, width, into: target) { $0 * scale } }
  var column = 0
  while column < width {
    let score = Vector(at: x + column) * scale + Vector(at: mask + column)
    score.store(first: width - column, at: target + column)
    column += 16
  }
}

@inline(never)
private func writeScaled(
  _ x: UnsafePointer<Float>, _ width: Int, _ scale: Float, into target: UnsafeMutablePointer<Float>
) {
  let scale = Vector(repeating: scale)
  mapRow(x, width, into: target) { $0 * scale }
}

@inline(never)
private func pullSoftmaxRow(
  _ y: UnsafePointer<Float>, _ g: UnsafePointer<Float>, _ width: Int, _ scale: Float,
  into target: UnsafeMutablePointer<Float>
) {
  var sums = Vector.splat(0)
  var column = 0
  while column < width {
    let product = Vector(at: y + column) * Vector(at: g + column)
    sums = width - column >= 16 ? sums + product : sums.addingFirst(width - column, of: product)
    column += 16
  }
  let (total, scale) = (Vector.splat(sums.treeSum), Vector.splat(scale))
  column = 0
  while column < width {
    let slope = (Vector(at: g + column) - total) * Vector(at: y + column) * scale
    slope.store(first: width - column, at: target + column)
    column += 16
  }
}
