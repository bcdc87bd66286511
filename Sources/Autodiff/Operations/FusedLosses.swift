public import TensorCore

/// The mean over all numbers of (prediction - target)^2; value and gradient in one pass over memory. Traps when the
/// shapes differ.
public func meanSquaredError(_ prediction: Variable, _ target: Tensor) -> Variable {
  let fused = meanSquaredErrorWithGradient(prediction: prediction.value, target: target)
  return .recorded(Tensor(fused.loss), from: prediction) { [value = prediction.value] pull in
    let slope =
      pull.isDifferentiable
      ? (pull.input(0, value) - target) * (2 / Float(target.count)) : Variable(constant: fused.gradient)
    pull.addScaled(slope, to: 0)
  }
}

/// The mean over all numbers of |prediction - target|; value and gradient in one pass over memory. The derivative is
/// taken to be 0 where both are equal. Traps when the shapes differ.
public func meanAbsoluteError(_ prediction: Variable, _ target: Tensor) -> Variable {
  let fused = meanAbsoluteErrorWithGradient(prediction: prediction.value, target: target)
  return .recorded(Tensor(fused.loss), from: prediction) { pull in
    pull.addScaled(Variable(constant: fused.gradient), to: 0)
  }
}

/// The binary cross entropy of logits, its terms summed and divided; value and gradient in one pass over memory. See
/// `binaryCrossEntropyWithGradient` for the arguments.
package func fusedBinaryCrossEntropy(logits: Variable, targets: Tensor, divisor: Float) -> Variable {
  let fused = binaryCrossEntropyWithGradient(logits: logits.value, targets: targets, divisor: divisor)
  return .recorded(Tensor(fused.loss), from: logits) { [value = logits.value] pull in
    guard pull.isDifferentiable else { return pull.addScaled(Variable(constant: fused.gradient), to: 0) }
    let logits = pull.input(0, value)
    pull.addScaled((sigmoid(logits) * (1 - targets) - sigmoid(-logits) * targets) / divisor, to: 0)
  }
}

/// The cross entropy of classes, its terms summed and divided; value and gradient in one pass over memory. See
/// `crossEntropyWithGradient` for the arguments.
package func fusedCrossEntropy(logits: Variable, labels: [Int], divisor: Float) -> Variable {
  let fused = crossEntropyWithGradient(logits: logits.value, labels: labels, divisor: divisor)
  return .recorded(Tensor(fused.loss), from: logits) { [value = logits.value] pull in
    guard pull.isDifferentiable else { return pull.addScaled(Variable(constant: fused.gradient), to: 0) }
    let chosen = Tensor(oneHot: labels, classes: value.shape[1])
    pull.addScaled((pull.input(0, value).softmax() - chosen) / divisor, to: 0)
  }
}

extension Pull {
  /// Adds the scalar upstream gradient times `slope`. An upstream of exactly 1, which every loss at the end of a
  /// computation gets, costs nothing.
  fileprivate func addScaled(_ slope: Variable, to index: Int) {
    if !isDifferentiable, upstream.value.item == 1 { return add(slope, to: index) }
    add(upstream * slope, to: index)
  }
}
