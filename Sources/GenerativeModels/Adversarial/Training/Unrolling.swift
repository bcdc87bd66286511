package import Autodiff
package import NeuralNetworks
package import TensorCore

/// The discriminator after `steps` more steps of Adam on one batch, as a function of the generated rows: its parameters
/// are computations on the tape, so that the generator's gradient also runs through every one of those steps, second
/// derivatives included (Metz et al. 2017, arXiv 1611.02163, equations 7 to 9).
///
/// - Parameters:
///   - optimizer: where its moments and its step count stand; it is not changed.
///   - fake: generated rows, tracked.
package func unrolled<D: Discriminator>(
  _ discriminator: D, steps: Int, optimizer: Adam, objective: some AdversarialObjective, real: Tensor, fake: Variable,
  using random: inout RandomGenerator
) -> D {
  var (current, _) = discriminator.tracked()
  var method = DifferentiableAdam(optimizer, shapes: discriminator.parameters.map { $0.shape })
  for _ in 0..<steps {
    var parameters: [Variable] = []
    current.forEachParameter { parameters.append($0) }
    var judge = current
    let loss = objective.discriminatorLoss(&judge, real: real, fake: fake, using: &random)
    let slopes = gradient(of: loss, withRespectTo: parameters, isDifferentiable: true)
    let next = method.step(parameters, slopes)
    var index = 0
    current.forEachParameter { parameter in
      parameter = next[index]
      index += 1
    }
  }
  return current
}

/// Adam on variables, without weight decay: the same numbers as `Adam` but for rounding, and differentiable.
private struct DifferentiableAdam {
  private let settings: Adam
  private var step: Int
  private var firstMoments: [Variable]
  private var secondMoments: [Variable]

  init(_ optimizer: Adam, shapes: [[Int]]) {
    settings = optimizer
    let state = optimizer.state
    step = state.step
    let zeros = shapes.map { Tensor(zeros: $0) }
    firstMoments = (state.moments[0].isEmpty ? zeros : state.moments[0]).map { Variable(constant: $0) }
    secondMoments = (state.moments[1].isEmpty ? zeros : state.moments[1]).map { Variable(constant: $0) }
  }

  mutating func step(_ parameters: [Variable], _ gradients: [Variable]) -> [Variable] {
    let rate = Float(settings.learningRate(step: step))
    step += 1
    let (b1, b2) = settings.betas
    let (first, second) = (1 - pow(Double(b1), Double(step)), 1 - pow(Double(b2), Double(step)))
    var result: [Variable] = []
    for index in parameters.indices {
      firstMoments[index] = firstMoments[index] * b1 + gradients[index] * (1 - b1)
      secondMoments[index] = secondMoments[index] * b2 + square(gradients[index]) * (1 - b2)
      // Without the small number the root's slope would be infinite where a gradient has always been 0.
      let root = sqrt(secondMoments[index] * Float(1 / second) + 1e-30) + settings.epsilon
      result.append(parameters[index] - firstMoments[index] * (rate / Float(first)) / root)
    }
    return result
  }
}
