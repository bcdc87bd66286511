/// The constants of one Adam step (Kingma and Ba, arXiv 1412.6980; decoupled weight decay: Loshchilov and Hutter, arXiv
/// 1711.05101).
public struct AdamConstants: Sendable {
  public var learningRate: Float
  public var beta1: Float
  public var beta2: Float
  public var epsilon: Float
  /// 0 for plain Adam. Decoupled: the parameters shrink by `learningRate * weightDecay` a step.
  public var weightDecay: Float

  public init(
    learningRate: Float = 1e-3, beta1: Float = 0.9, beta2: Float = 0.999, epsilon: Float = 1e-8,
    weightDecay: Float = 0
  ) {
    self.learningRate = learningRate
    self.beta1 = beta1
    self.beta2 = beta2
    self.epsilon = epsilon
    self.weightDecay = weightDecay
  }
}

/// One step of Adam over one flat run of parameters, in one pass over memory:
///
/// `m = m + (1 - beta1) (g - m)`, `v = beta2 v + (1 - beta2) g^2`,
/// `p = p (1 - rate * decay) - rate / (1 - beta1^t) * m / (sqrt(v / (1 - beta2^t)) + epsilon)`.
///
/// The four tensors must have equal shapes. The corrections are computed in Double.
///
/// - Parameter step: the number of this step, from 1.
public func adamStep(
  parameters: inout Tensor, gradients: Tensor, firstMoment: inout Tensor, secondMoment: inout Tensor, step: Int,
  constants: AdamConstants
) {
  gradients.requireSameShape(parameters, "adamStep")
  gradients.requireSameShape(firstMoment, "adamStep")
  gradients.requireSameShape(secondMoment, "adamStep")
  if step < 1 { trap("adamStep", "steps count from 1, got " + String(step)) }
  let rate = Double(constants.learningRate)
  let correction1 = 1 - pow(Double(constants.beta1), Double(step))
  let correction2 = 1 - pow(Double(constants.beta2), Double(step))
  let size = Vector(repeating: Float(-rate / correction1))
  let inverseRoot = Vector(repeating: Float(1 / sqrt(correction2)))
  let keep = Vector(repeating: Float(1 - rate * Double(constants.weightDecay)))
  let weight1 = Vector(repeating: 1 - constants.beta1)
  let beta2 = Vector(repeating: constants.beta2)
  let weight2 = Vector(repeating: 1 - constants.beta2)
  let epsilon = Vector(repeating: constants.epsilon)
  let p = parameters.uniqueBase()
  let m = firstMoment.uniqueBase()
  let v = secondMoment.uniqueBase()
  let g = gradients.base
  forEachVectorChunk(gradients.count) { range in
    var index = range.lowerBound
    while index < range.upperBound {
      let gradient = Vector(at: g + index)
      let first = Vector(at: m + index)
      let newFirst = first.plusProduct(gradient - first, weight1)
      let newSecond = (Vector(at: v + index) * beta2).plusProduct(gradient * gradient, weight2)
      newFirst.store(at: m + index)
      newSecond.store(at: v + index)
      let denominator = epsilon.plusProduct(newSecond.root, inverseRoot)
      (Vector(at: p + index) * keep).plusProduct(newFirst / denominator, size).store(at: p + index)
      index += 16
    }
  }
}
