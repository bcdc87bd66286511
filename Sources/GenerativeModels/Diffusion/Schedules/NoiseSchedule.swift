internal import TensorCore

/// How much noise each step of a diffusion adds: beta_t for t = 1, ..., T, and everything that follows from it.
///
/// The step t of the forward chain is x_t = sqrt(1 - beta_t) x_(t-1) + sqrt(beta_t) z with z ~ N(0, I) (Ho et al. 2020,
/// arXiv 2006.11239, equation 2). Time 0 is the data. All numbers are Doubles.
///
/// ```swift
/// let schedule = NoiseSchedule.linear(steps: 1000)
/// schedule.alphaBar(1000)   // 4.036e-5
/// ```
public struct NoiseSchedule: Sendable, Equatable {
  /// beta_1, ..., beta_T in this order: `betas[t - 1]` is beta_t.
  public let betas: [Double]
  /// abar_0, ..., abar_T.
  private let cumulative: [Double]
  /// 1 - abar_0, ..., 1 - abar_T, by a recursion of their own: early in a chain the difference from 1 would cancel.
  private let noises: [Double]
  /// The time in 0...1 that a network is told for each of 1, ..., T.
  private let times: [Double]

  /// A schedule from its betas.
  ///
  /// Traps unless there is at least one and each lies strictly between 0 and 1.
  public init(betas: [Double]) {
    let count = Double(betas.count)
    self.init(betas: betas, times: betas.indices.map { Double($0 + 1) / count }, name: "NoiseSchedule(betas:)")
  }

  init(betas: [Double], times: [Double], name: String) {
    guard !betas.isEmpty else {
      trap(name, "there are no betas; give at least one, that is, at least one step")
    }
    var cumulative = [1.0]
    var noises = [0.0]
    for (index, beta) in betas.enumerated() {
      guard beta > 0, beta < 1 else {
        trap(
          name,
          "beta at step " + String(index + 1) + " is " + beta.description
            + "; every beta must lie strictly between 0 and 1: choose other end points, or clip to at most 0.999")
      }
      cumulative.append(cumulative[index] * (1 - beta))
      noises.append(noises[index] * (1 - beta) + beta)
    }
    self.betas = betas
    self.cumulative = cumulative
    self.noises = noises
    self.times = times
  }

  /// T, the number of steps.
  public var stepCount: Int { betas.count }

  /// 1...T.
  public var steps: ClosedRange<Int> { 1...betas.count }

  /// The time that a network is told at step t: t / T in 0...1, and for a strided schedule that of the step it was
  /// taken from.
  public func time(_ t: Int) -> Double {
    t == 0 ? 0 : times[check(t, from: 1, "time") - 1]
  }

  /// The step whose time is nearest.
  public func step(at time: Double) -> Int {
    var (low, high) = (0, times.count - 1)
    while low < high {
      let middle = (low + high) / 2
      // Beyond the midpoint of two neighbours the later one is nearer.
      if time > (times[middle] + times[middle + 1]) / 2 { low = middle + 1 } else { high = middle }
    }
    return low + 1
  }

  /// beta_t, the variance that step t adds. Traps unless t is in 1...T.
  public func beta(_ t: Int) -> Double { betas[check(t, from: 1, "beta") - 1] }

  /// alpha_t = 1 - beta_t. Traps unless t is in 1...T.
  public func alpha(_ t: Int) -> Double { 1 - beta(t) }

  /// abar_t = alpha_1 alpha_2 ... alpha_t, the share of the data's variance that is left; abar_0 = 1. Traps unless t is
  /// in 0...T.
  public func alphaBar(_ t: Int) -> Double { cumulative[check(t, from: 0, "alphaBar")] }

  /// 1 - abar_t, the variance of the noise in x_t, without cancellation. Traps unless t is in 0...T.
  public func noiseVariance(_ t: Int) -> Double { noises[check(t, from: 0, "noiseVariance")] }

  /// SNR(t) = abar_t / (1 - abar_t). Traps unless t is in 1...T.
  public func signalToNoise(_ t: Int) -> Double { alphaBar(t) / noiseVariance(check(t, from: 1, "signalToNoise")) }

  private func check(_ t: Int, from first: Int, _ name: String) -> Int {
    guard t >= first, t <= betas.count else {
      trap(
        "NoiseSchedule." + name,
        "there is no step " + String(t) + "; t runs from " + String(first) + " to " + String(betas.count))
    }
    return t
  }
}
