internal import TensorCore

/// Adam (Kingma and Ba 2015, arXiv 1412.6980, algorithm 1): with the moments m <- b1 m + (1 - b1) g and
/// v <- b2 v + (1 - b2) g^2, p <- p - rate m^ / (sqrt(v^) + epsilon), where m^ = m / (1 - b1^t), v^ = v / (1 - b2^t).
///
/// With a weight decay it is AdamW: the parameters also shrink by `rate * weightDecay` (Loshchilov and Hutter 2019,
/// arXiv 1711.05101).
///
/// One pass over memory for all parameters together: the gradients are read, the parameters and their two moments are
/// rewritten in place.
public struct Adam: Optimizer {
  public var learningRate: LearningRate
  /// b1 and b2.
  public let betas: (first: Float, second: Float)
  public let epsilon: Float
  public let weightDecay: Float
  public private(set) var step = 0
  private var firstMoments: [Tensor] = []
  private var secondMoments: [Tensor] = []

  /// Traps when a beta lies outside 0..<1.
  public init(
    learningRate: LearningRate, betas: (Float, Float) = (0.9, 0.999), epsilon: Float = 1e-8, weightDecay: Float = 0
  ) {
    guard (0..<1).contains(betas.0), (0..<1).contains(betas.1) else {
      trap("Adam", "betas must lie in 0..<1, but are " + betas.0.description + " and " + betas.1.description)
    }
    self.learningRate = learningRate
    self.betas = (betas.0, betas.1)
    self.epsilon = epsilon
    self.weightDecay = weightDecay
  }

  /// A constant learning rate.
  public init(
    learningRate: Double, betas: (Float, Float) = (0.9, 0.999), epsilon: Float = 1e-8, weightDecay: Float = 0
  ) {
    self.init(
      learningRate: .constant(learningRate), betas: betas, epsilon: epsilon, weightDecay: weightDecay)
  }

  /// The steps, m and v.
  public var state: OptimizerState {
    get { OptimizerState(step: step, moments: [firstMoments, secondMoments]) }
    set {
      guard newValue.moments.count == 2, newValue.moments[0].count == newValue.moments[1].count else {
        trap("Adam.state", "needs two moments for each parameter")
      }
      step = newValue.step
      firstMoments = newValue.moments[0]
      secondMoments = newValue.moments[1]
    }
  }

  public mutating func update<Model: Module>(_ model: inout Model, with gradients: Gradients) {
    if firstMoments.isEmpty {
      for gradient in gradients.tensors {
        firstMoments.append(Tensor(zeros: gradient.shape))
        secondMoments.append(Tensor(zeros: gradient.shape))
      }
    }
    let constants = AdamConstants(
      learningRate: Float(learningRate(step: step)), beta1: betas.first, beta2: betas.second, epsilon: epsilon,
      weightDecay: weightDecay)
    step += 1
    var pass = AdamPass(step: step, constants: constants)
    model.update(with: gradients) { index, parameter, gradient in
      guard index < firstMoments.count else {
        trap("Adam", "this optimizer belongs to a model of " + String(firstMoments.count) + " parameters")
      }
      pass.add(
        parameters: &parameter, gradients: gradient, firstMoment: &firstMoments[index],
        secondMoment: &secondMoments[index])
    }
    pass.run()
  }
}
