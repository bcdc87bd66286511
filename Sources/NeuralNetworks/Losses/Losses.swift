public import Autodiff
public import TensorCore

// `meanSquaredError` and `meanAbsoluteError`, with their fused backward passes, are operations of the tape.

/// Huber's loss: d^2 / 2 for |d| <= delta, delta (|d| - delta / 2) beyond, with d = prediction - target.
///
/// Quadratic near 0 like the squared error, linear far away like the absolute one. Traps when the shapes differ or
/// `delta` is not positive.
public func huberLoss(
  _ prediction: Variable, _ target: Tensor, delta: Float = 1, reduction: Reduction = .mean
) -> Variable {
  prediction.value.requireSameShape(target, "huberLoss")
  guard delta > 0 else { trap("huberLoss", "delta must be positive, not " + delta.description) }
  // With c the part of |d| up to delta, both branches are c (|d| - c / 2).
  let distance = abs(prediction - target)
  let near = minimum(distance, Variable(constant: Tensor(delta)))
  return reduction(near * (distance - near * 0.5))
}

/// The binary cross entropy of logits: -(y log sigmoid(l) + (1 - y) log(1 - sigmoid(l))), computed as
/// softplus(l) - l y, which neither overflows nor loses small terms.
///
/// - Parameters:
///   - logits: l, any shape.
///   - targets: y in 0...1, of the same shape.
///
/// Traps when the shapes differ.
public func binaryCrossEntropy(logits: Variable, targets: Tensor, reduction: Reduction = .mean) -> Variable {
  logits.value.requireSameShape(targets, "binaryCrossEntropy")
  return reduction(softplus(logits) - logits * targets)
}

/// The cross entropy of classes: log(sum_k e^(l_k)) - l_y for each row, without overflow.
///
/// - Parameters:
///   - logits: l, `[batch, classes]`.
///   - labels: y, one class for each row, counted from 0.
///
/// Traps when there are not as many labels as rows, or a label is not a class.
public func crossEntropy(logits: Variable, labels: [Int], reduction: Reduction = .mean) -> Variable {
  guard logits.shape.count == 2, logits.shape[0] == labels.count else {
    trap(
      "crossEntropy", String(labels.count) + " labels do not fit logits of the shape " + describe(logits.shape))
  }
  let chosen = Tensor(oneHot: labels, classes: logits.shape[1])
  return reduction(-(logits.logSoftmax() * chosen).sum(axis: 1))
}
