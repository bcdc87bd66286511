public import Autodiff
public import TensorCore

/// The gradients of a loss with respect to all parameters of a module, in the module's visiting order.
public struct Gradients: Sendable {
  /// One tensor for each parameter, of the parameter's shape.
  public var tensors: [Tensor]

  public init(_ tensors: [Tensor]) {
    self.tensors = tensors
  }

  /// The Euclidean length of all gradients taken as one vector: sqrt(sum g^2), accumulated in Double.
  public var norm: Float {
    var total = 0.0
    for tensor in tensors { total += sumOfSquares(tensor) }
    return Float(total.squareRoot())
  }

  /// Shortens the gradients, as one vector, to the given length if they are longer; returns their length before.
  ///
  /// As PyTorch's `clip_grad_norm_` does, the factor is limit / (length + 1e-6). Traps when `limit` is not positive.
  @discardableResult
  public mutating func clip(toNorm limit: Float) -> Float {
    guard limit > 0 else { trap("Gradients.clip(toNorm:)", "the limit must be positive, not " + limit.description) }
    let length = norm
    let factor = limit / (length + 1e-6)
    if factor < 1 {
      for index in tensors.indices { tensors[index] *= factor }
    }
    return length
  }

  /// Brings every single entry into -limit...limit. Traps when `limit` is not positive.
  public mutating func clip(toMagnitude limit: Float) {
    guard limit > 0 else {
      trap("Gradients.clip(toMagnitude:)", "the limit must be positive, not " + limit.description)
    }
    for index in tensors.indices { tensors[index] = tensors[index].clamped(to: -limit...limit) }
  }
}

/// A module's loss and the gradients of the loss with respect to all of the module's parameters.
///
/// ```swift
/// let (loss, gradients) = valueAndGradient(at: model) { model in
///   meanSquaredError(model(x), x)
/// }
/// optimizer.update(&model, with: gradients)
/// ```
///
/// - Parameters:
///   - model: the point at which to differentiate. It is left as it is.
///   - loss: computes a variable of one element from a copy of the model whose parameters are tracked.
/// - Returns: the loss, and the gradients in the model's visiting order.
public func valueAndGradient<Model: Module>(
  at model: Model, _ loss: (Model) -> Variable
) -> (value: Float, gradients: Gradients) {
  let (tracked, leaves) = model.tracked()
  let output = loss(tracked)
  let found = gradients(of: output, withRespectTo: leaves, isDifferentiable: false, isConsuming: true)
  return (output.value.item, Gradients(found.map(\.value)))
}

/// sum x^2 in Double, in eight partial sums that are combined in a fixed order.
private func sumOfSquares(_ tensor: Tensor) -> Double {
  tensor.withUnsafeScalars { scalars in
    var sums = SIMD8<Double>.zero
    var index = 0
    while index + 8 <= scalars.count {
      var block = SIMD8<Float>.zero
      for lane in 0..<8 { block[lane] = scalars[index + lane] }
      let wide = SIMD8<Double>(block)
      sums += wide * wide
      index += 8
    }
    let quarters = sums.lowHalf + sums.highHalf
    let halves = quarters.lowHalf + quarters.highHalf
    var total = halves.x + halves.y
    while index < scalars.count {
      total += Double(scalars[index]) * Double(scalars[index])
      index += 1
    }
    return total
  }
}
