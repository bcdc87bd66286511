/// A loss over a batch and its gradient with respect to the prediction, computed in one pass.
public struct LossAndGradient: Sendable {
  public var loss: Float
  /// Of the prediction's shape.
  public var gradient: Tensor
}

/// `mean (prediction - target)^2` and its gradient `2 (prediction - target) / count`.
public func meanSquaredErrorWithGradient(prediction: Tensor, target: Tensor) -> LossAndGradient {
  let scale = Vector(repeating: 2 / Float(prediction.count))
  return lossWithGradient("meanSquaredError", prediction, target, loss: { $0 * $0 }, gradient: { $0 * scale })
}

/// `mean |prediction - target|` and its gradient `sign(prediction - target) / count`, 0 where they are equal.
public func meanAbsoluteErrorWithGradient(prediction: Tensor, target: Tensor) -> LossAndGradient {
  let scale = Vector(repeating: 1 / Float(prediction.count))
  return lossWithGradient(
    "meanAbsoluteError", prediction, target, loss: { $0.magnitude },
    gradient: {
      Vector.splat(0).replacing(with: scale, where: $0 |>| .splat(0)).replacing(
        with: .splat(0) - scale, where: $0 |<| .splat(0))
    })
}

@inline(__always)
private func lossWithGradient(
  _ operation: String, _ prediction: Tensor, _ target: Tensor, loss: (Vector) -> Vector, gradient: (Vector) -> Vector
) -> LossAndGradient {
  prediction.requireSameShape(target, operation)
  let (p, t) = (prediction.base, target.base)
  let sum = sumWithGradient(shape: prediction.shape) { index in
    let difference = Vector(at: p + index) - Vector(at: t + index)
    return (loss(difference), gradient(difference))
  }
  withExtendedLifetime((prediction, target)) {}
  return LossAndGradient(loss: sum.loss / Float(prediction.count), gradient: sum.gradient)
}

/// The sum of a loss's terms and the tensor of their slopes, from a function that gives both for the sixteen scalars
/// from an index on. The blocks and the order of their sums are those of `sumContiguous`.
@inline(__always)
func sumWithGradient(
  shape: [Int], _ term: (Int) -> (loss: Vector, slope: Vector)
) -> LossAndGradient {
  let result = Tensor(uninitialized: shape)
  let count = result.count
  let blocks = Swift.max(1, (count + reductionBlock - 1) / reductionBlock)
  let partial = TensorStorage(holding: blocks)
  let (g, sums) = (result.storage.base, partial.base)
  func work(_ block: Int) {
    let start = block * reductionBlock
    let end = Swift.min(start + reductionBlock, count)
    var total = Vector.splat(0)
    var index = start
    while index < end {
      let (loss, slope) = term(index)
      slope.store(at: g + index)
      if index + 16 <= end {
        total += loss
      } else {
        total = total.addingFirst(end - index, of: loss)
      }
      index += 16
    }
    sums[block] = total.treeSum
  }
  if count >= 2 * Tensor.parallelGrain { parallelFor(blocks, work) } else { for block in 0..<blocks { work(block) } }
  let sum = withExtendedLifetime(partial) { sumPlain(UnsafePointer(sums), blocks) }
  return LossAndGradient(loss: sum, gradient: result)
}
