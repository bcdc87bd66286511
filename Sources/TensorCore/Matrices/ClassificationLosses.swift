/// The binary cross entropy of logits, `sum -(y log s(l) + (1 - y) log s(-l)) / divisor` with `s` the logistic function,
/// and its gradient `((1 - y) s(l) - y s(-l)) / divisor`.
///
/// With `t = e^-|l|` the terms are `max(l, 0) - l y + log(1 + t)`, and `s(|l|) = 1 / (1 + t)`, `s(-|l|) = t / (1 + t)`:
/// nothing overflows, and what is small beside 1, the loss and the slope of a confident right answer, is not rounded
/// away.
///
/// - Parameters:
///   - logits: `l`, any shape.
///   - targets: `y` in 0...1, of the same shape, or a scalar for all.
///   - divisor: the number of terms for their mean, 1 for their sum.
public func binaryCrossEntropyWithGradient(logits: Tensor, targets: Tensor, divisor: Float) -> LossAndGradient {
  let (l, y) = (logits.base, targets.base)
  let result: LossAndGradient
  if targets.rank == 0 {
    let target = Vector(repeating: targets.item)
    result = sumWithGradient(shape: logits.shape) { binaryCrossEntropyTerm(Vector(at: l + $0), target, divisor) }
  } else {
    logits.requireSameShape(targets, "binaryCrossEntropy")
    result = sumWithGradient(shape: logits.shape) {
      binaryCrossEntropyTerm(Vector(at: l + $0), Vector(at: y + $0), divisor)
    }
  }
  withExtendedLifetime((logits, targets)) {}
  return LossAndGradient(loss: result.loss / divisor, gradient: result.gradient)
}

@inline(__always)
private func binaryCrossEntropyTerm(_ l: Vector, _ y: Vector, _ divisor: Float) -> (loss: Vector, slope: Vector) {
  let t = (.splat(0) - l.magnitude).exponential
  let loss = (Vector.larger(.splat(0), l) - l * y) + t.logarithmOfOnePlus
  let near = .splat(1) / (.splat(1) + t)
  let far = t * near
  let isPositive = l |>| .splat(0)
  let (rising, falling) = (far.replacing(with: near, where: isPositive), near.replacing(with: far, where: isPositive))
  return (loss, ((.splat(1) - y) * rising - y * falling) / .splat(divisor))
}

/// The cross entropy of classes, `sum over rows of (log(sum_k e^(l_k)) - l_y) / divisor`, and its gradient
/// `(softmax(l) - [k = y]) / divisor`, without overflow.
///
/// Each row is read twice and its gradient written while it is in the nearest cache.
///
/// - Parameters:
///   - logits: `l`, `[batch, classes]`.
///   - labels: `y`, one class for each row, counted from 0.
///   - divisor: the number of rows for their mean, 1 for their sum.
///
/// Traps when there are not as many labels as rows, or a label is not a class.
public func crossEntropyWithGradient(logits: Tensor, labels: [Int], divisor: Float) -> LossAndGradient {
  guard logits.rank == 2, logits.shape[0] == labels.count else {
    trap("crossEntropy", String(labels.count) + " labels do not fit logits of the shape " + describe(logits.shape))
  }
  let (rows, classes) = (logits.shape[0], logits.shape[1])
  for label in labels where label < 0 || label >= classes {
    trap("crossEntropy", "the label " + String(label) + " is outside 0..<" + String(classes))
  }
  let gradient = Tensor(uninitialized: logits.shape)
  let losses = TensorStorage(holding: rows)
  let (source, slopes, terms) = (logits.base, gradient.storage.base, losses.base)
  func work(_ row: Int) {
    let (l, g) = (source + row * classes, slopes + row * classes)
    let largest = rowMax(l, classes)
    let total = writeExponentials(l, classes, minus: largest, into: g)
    let scale = Vector(repeating: 1 / (total * divisor))
    mapRow(UnsafePointer(g), classes, into: g) { $0 * scale }
    // The chosen class's slope is minus the sum of the others': more exact than softmax(l_y) - 1 near 1.
    let label = labels[row]
    g[label] = 0
    g[label] = -sumPlain(UnsafePointer(g), classes)
    terms[row] = (largest - l[label]) + log(total)
  }
  if logits.count >= 2 * Tensor.parallelGrain { parallelFor(rows, work) } else { for row in 0..<rows { work(row) } }
  let sum = withExtendedLifetime((logits, losses)) { sumPlain(UnsafePointer(terms), rows) }
  return LossAndGradient(loss: sum / divisor, gradient: gradient)
}
