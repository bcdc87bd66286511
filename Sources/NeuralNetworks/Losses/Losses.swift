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
/// max(l, 0) - l y + log(1 + e^-|l|), which neither overflows nor loses small terms. Value and gradient take one pass
/// over memory, unless the terms are to stay.
///
/// - Parameters:
///   - logits: l, any shape.
///   - targets: y in 0...1, of the same shape.
///
/// Traps when the shapes differ.
public func binaryCrossEntropy(logits: Variable, targets: Tensor, reduction: Reduction = .mean) -> Variable {
  logits.value.requireSameShape(targets, "binaryCrossEntropy")
  return binaryCrossEntropy(of: logits, targets, reduction)
}

/// The binary cross entropy of logits that all have one target: softplus(-l) for y = 1, "this is real", and softplus(l)
/// for y = 0, "this is generated", the terms of a GAN's losses (Goodfellow et al. 2014, arXiv 1406.2661). The generator's
/// loss that does not saturate is the one of its samples' logits for y = 1; a y below 1 is one-sided label smoothing.
///
/// Traps unless y lies in 0...1.
public func binaryCrossEntropy(logits: Variable, target: Float, reduction: Reduction = .mean) -> Variable {
  guard (0...1).contains(target) else {
    trap("binaryCrossEntropy", "the target must lie in 0...1, but is " + target.description)
  }
  return binaryCrossEntropy(of: logits, Tensor(target), reduction)
}

private func binaryCrossEntropy(of logits: Variable, _ targets: Tensor, _ reduction: Reduction) -> Variable {
  if let divisor = reduction.divisor(terms: logits.value.count) {
    return fusedBinaryCrossEntropy(logits: logits, targets: targets, divisor: divisor)
  }
  return softplus(-logits) * targets + softplus(logits) * (1 - targets)
}

/// The cross entropy of classes: log(sum_k e^(l_k)) - l_y for each row, without overflow. Value and gradient take one
/// pass over memory, unless the terms are to stay.
///
/// - Parameters:
///   - logits: l, `[batch, classes]`.
///   - labels: y, one class for each row, counted from 0.
///
/// Traps when there are not as many labels as rows, or a label is not a class.
public func crossEntropy(logits: Variable, labels: [Int], reduction: Reduction = .mean) -> Variable {
  if let divisor = reduction.divisor(terms: labels.count) {
    return fusedCrossEntropy(logits: logits, labels: labels, divisor: divisor)
  }
  guard logits.shape.count == 2, logits.shape[0] == labels.count else {
    trap(
      "crossEntropy", String(labels.count) + " labels do not fit logits of the shape " + describe(logits.shape))
  }
  let classes = logits.shape[1]
  for label in labels where label < 0 || label >= classes {
    trap("crossEntropy", "the label " + String(label) + " is outside 0..<" + String(classes))
  }
  let chosen = Tensor(oneHot: labels, classes: classes)
  return -(logits.logSoftmax() * chosen).sum(axis: 1)
}
