public import Autodiff
internal import NeuralNetworks
public import TensorCore

/// Flow matching on straight lines: x_t = (1 - t) x_0 + t noise, and a network that learns the velocity noise - x_0
/// (Lipman et al. 2023, arXiv 2210.02747, the conditional optimal-transport path; Liu et al. 2023, arXiv 2209.03003,
/// rectified flow).
///
/// Time runs as in diffusion, from the data at 0 to the noise at 1, so that the same networks and observers serve; the
/// papers let it run the other way.
public struct FlowMatching: NoiseToData, Sendable, Hashable {
  public init() {}

  /// How the ordinary differential equation dx/dt = velocity is solved, in equal steps from 1 to 0.
  public enum Solver: Sendable, Hashable {
    /// First order, one question a step.
    case euler(steps: Int)
    /// Heun's second order, two questions a step.
    case heun(steps: Int)
  }

  public static var usualMethod: Solver { .heun(steps: 25) }

  /// x_t, with a time in 0...1 for each row. Traps when the shapes or the number of times do not fit.
  public func qSample(_ x0: Tensor, times: [Double], noise: Tensor) -> Tensor {
    x0.requireSameShape(noise, "FlowMatching.qSample")
    guard x0.rank >= 1, x0.shape[0] == times.count else {
      trap("FlowMatching.qSample", String(times.count) + " times for a batch " + describe(x0.shape))
    }
    var shape = [Int](repeating: 1, count: x0.rank)
    shape[0] = times.count
    return x0 * Tensor(times.map { Float(1 - $0) }, shape: shape) + noise
      * Tensor(times.map { Float($0) }, shape: shape)
  }

  /// The mean over numbers of (velocity - (noise - x_0))^2 at times drawn evenly from 0...1.
  public func loss(_ network: some DenoisingNetwork, x0: Tensor, using random: inout RandomGenerator) -> Variable {
    let times = (0..<x0.shape[0]).map { _ in random.uniformDouble() }
    let noise = random.normal(shape: x0.shape)
    let xt = qSample(x0, times: times, noise: noise)
    return meanSquaredError(network(Variable(constant: xt), times: times), noise - x0)
  }

  public func sample<D: Denoiser>(
    _ denoiser: D, from start: Tensor, method: Solver, using random: inout RandomGenerator,
    observer: ((SamplingFrame) -> Void)? = nil
  ) -> Tensor {
    let (steps, isSecondOrder) =
      switch method {
      case .euler(let steps): (steps, false)
      case .heun(let steps): (steps, true)
      }
    guard steps >= 1 else {
      trap("FlowMatching.sample", "steps must be at least 1, but is " + String(steps) + "; 25 is usual")
    }
    var x = start
    observer?(SamplingFrame(index: 0, stepCount: steps, time: 1, x: x, x0: nil))
    let length = Float(1 / Double(steps))
    for index in 0..<steps {
      let time = 1 - Double(index) / Double(steps)
      let velocity = denoiser.predict(x, time: time)
      velocity.requireSameShape(x, "FlowMatching.sample")
      let estimate = x - velocity * Float(time)
      let reached = x - velocity * length
      // At the data itself the velocity is not asked for: nothing was learned there but a mean.
      if isSecondOrder, index < steps - 1 {
        x = x - (velocity + denoiser.predict(reached, time: time - 1 / Double(steps))) * (length / 2)
      } else {
        x = reached
      }
      observer?(
        SamplingFrame(
          index: index + 1, stepCount: steps, time: max(0, time - 1 / Double(steps)), x: x, x0: estimate))
    }
    return x
  }
}

extension FlowMatching {
  /// A velocity network as a learner, with an average of its weights to sample from.
  public func learner<Network: DenoisingNetwork>(
    _ network: Network, averageDecay: Float = 0.999, configuration: TrainingConfiguration
  ) -> GradientLearner<Network> {
    GradientLearner(
      network, optimizer: Adam(learningRate: configuration.learningRate), gradientLimit: configuration.gradientLimit,
      average: ExponentialMovingAverage(of: network, decay: averageDecay, warmsUp: true)
    ) { network, batch, random in loss(network, x0: batch, using: &random) }
  }
}
