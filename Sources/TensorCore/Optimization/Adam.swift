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
  var pass = AdamPass(step: step, constants: constants)
  pass.add(
    parameters: &parameters, gradients: gradients, firstMoment: &firstMoment, secondMoment: &secondMoment)
  pass.run()
}

/// One step of Adam over all parameters of a model: they are added one after another, and then ``run()`` goes over their
/// memory once, with all threads where that is worth it. Many small tensors cost what one large one does.
package struct AdamPass {
  private struct Run {
    var parameters: TensorStorage
    var gradients: TensorStorage
    var firstMoment: TensorStorage
    var secondMoment: TensorStorage
    var count: Int
  }

  /// The scalars of one task.
  private static let chunk = 16_384

  private let kernel: AdamKernel
  private var runs: [Run] = []
  private var total = 0

  /// - Parameter step: the number of this step, from 1.
  package init(step: Int, constants: AdamConstants) {
    if step < 1 { trap("adamStep", "steps count from 1, got " + String(step)) }
    kernel = AdamKernel(step: step, constants)
  }

  /// Takes up some parameters, which ``run()`` will change in place. Traps when the four shapes differ.
  package mutating func add(
    parameters: inout Tensor, gradients: Tensor, firstMoment: inout Tensor, secondMoment: inout Tensor
  ) {
    gradients.requireSameShape(parameters, "adamStep")
    gradients.requireSameShape(firstMoment, "adamStep")
    gradients.requireSameShape(secondMoment, "adamStep")
    _ = parameters.uniqueBase()
    _ = firstMoment.uniqueBase()
    _ = secondMoment.uniqueBase()
    runs.append(
      Run(
        parameters: parameters.storage, gradients: gradients.storage, firstMoment: firstMoment.storage,
        secondMoment: secondMoment.storage, count: gradients.count))
    total += gradients.count
  }

  /// Takes the step.
  package consuming func run() {
    if total < Tensor.parallelGrain {
      for index in runs.indices { step(runs[index], 0..<runs[index].count) }
      return
    }
    var tasks: [(run: Int, start: Int)] = []
    for index in runs.indices {
      for start in stride(from: 0, to: runs[index].count, by: AdamPass.chunk) { tasks.append((index, start)) }
    }
    parallelFor(tasks.count) { task in
      let (index, start) = tasks[task]
      step(runs[index], start..<Swift.min(start + AdamPass.chunk, runs[index].count))
    }
  }

  private func step(_ run: Run, _ range: Range<Int>) {
    kernel.step(
      range, parameters: run.parameters.base, gradients: UnsafePointer(run.gradients.base),
      firstMoment: run.firstMoment.base, secondMoment: run.secondMoment.base)
  }
}

/// The factors of one step, the same for all parameters.
private struct AdamKernel {
  private let size: Vector
  private let inverseRoot: Vector
  private let keep: Vector
  private let weight1: Vector
  private let beta2: Vector
  private let weight2: Vector
  private let epsilon: Vector

  init(step: Int, _ constants: AdamConstants) {
    let rate = Double(constants.learningRate)
    let correction1 = 1 - pow(Double(constants.beta1), Double(step))
    let correction2 = 1 - pow(Double(constants.beta2), Double(step))
    size = Vector(repeating: Float(-rate / correction1))
    inverseRoot = Vector(repeating: Float(1 / sqrt(correction2)))
    keep = Vector(repeating: Float(1 - rate * Double(constants.weightDecay)))
    weight1 = Vector(repeating: 1 - constants.beta1)
    beta2 = Vector(repeating: constants.beta2)
    weight2 = Vector(repeating: 1 - constants.beta2)
    epsilon = Vector(repeating: constants.epsilon)
  }

  func step(
    _ range: Range<Int>, parameters p: UnsafeMutablePointer<Float>, gradients g: UnsafePointer<Float>,
    firstMoment m: UnsafeMutablePointer<Float>, secondMoment v: UnsafeMutablePointer<Float>
  ) {
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
