internal import TensorCore

/// Stochastic gradient descent with momentum: u <- mu u + g, p <- p - rate u; with Nesterov's variant
/// p <- p - rate (g + mu u). As in PyTorch, weight decay adds `weightDecay * p` to g, and the first step has u = g.
public struct SGD: Optimizer {
  public var learningRate: LearningRate
  public let momentum: Float
  public let weightDecay: Float
  public let nesterov: Bool
  public private(set) var step = 0
  private var velocities: [Tensor] = []

  /// Traps when the momentum lies outside 0..<1, or when Nesterov's variant is asked for without momentum.
  public init(learningRate: LearningRate, momentum: Float = 0, weightDecay: Float = 0, nesterov: Bool = false) {
    guard (0..<1).contains(momentum), !nesterov || momentum > 0 else {
      trap(
        "SGD", "the momentum must lie in 0..<1, and above 0 for Nesterov's variant, but is " + momentum.description)
    }
    self.learningRate = learningRate
    self.momentum = momentum
    self.weightDecay = weightDecay
    self.nesterov = nesterov
  }

  /// A constant learning rate.
  public init(learningRate: Double, momentum: Float = 0, weightDecay: Float = 0, nesterov: Bool = false) {
    self.init(
      learningRate: .constant(learningRate), momentum: momentum, weightDecay: weightDecay, nesterov: nesterov)
  }

  /// The steps and the velocities.
  public var state: OptimizerState {
    get { OptimizerState(step: step, moments: [velocities]) }
    set {
      guard newValue.moments.count == 1 else { trap("SGD.state", "needs one moment for each parameter") }
      step = newValue.step
      velocities = newValue.moments[0]
    }
  }

  public mutating func update<Model: Module>(_ model: inout Model, with gradients: Gradients) {
    let rate = Float(learningRate(step: step))
    if momentum > 0, velocities.isEmpty {
      for gradient in gradients.tensors { velocities.append(Tensor(zeros: gradient.shape)) }
    }
    model.update(with: gradients) { index, parameter, gradient in
      var direction = gradient
      if weightDecay > 0 { direction.add(parameter, scaledBy: weightDecay) }
      if momentum > 0 {
        guard index < velocities.count else {
          trap("SGD", "this optimizer belongs to a model of " + String(velocities.count) + " parameters")
        }
        velocities[index] *= momentum
        velocities[index] += direction
        if nesterov {
          direction.add(velocities[index], scaledBy: momentum)
        } else {
          direction = velocities[index]
        }
      }
      parameter.add(direction, scaledBy: -rate)
    }
    step += 1
  }
}
