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

extension Pull {
  /// Adds the scalar upstream gradient times `slope`. An upstream of exactly 1, which every loss at the end of a
  /// computation gets, costs nothing.
  fileprivate mutating func addScaled(_ slope: Variable, to index: Int) {
    if !isDifferentiable, upstream.value.item == 1 { return add(slope, to: index) }
    add(upstream * slope, to: index)
  }
}
