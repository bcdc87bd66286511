public import TensorCore

/// Times as vectors of sines and cosines: e(t) = [sin(t w_0), ..., sin(t w_(h-1)), cos(t w_0), ..., cos(t w_(h-1))] with
/// h = width / 2 and w_i = longestPeriod^(-i / h).
///
/// The frequencies are those of the Transformer's positions (Vaswani et al. 2017, arXiv 1706.03762, section 3.5), with
/// the sines first and the cosines after them, as in diffusion models. Trap for those who load foreign weights: the code
/// published with DDPM divides by h - 1 instead of h, and others put the cosines first.
public struct SinusoidalEmbedding: Sendable, Hashable {
  public let width: Int
  /// The last frequency is nearly 1 / longestPeriod; times should stay below that many.
  public let longestPeriod: Double

  /// Traps unless the width is even and positive and the period above 1.
  public init(width: Int, longestPeriod: Double = 10_000) {
    guard width > 0, width % 2 == 0, longestPeriod > 1 else {
      trap(
        "SinusoidalEmbedding",
        "needs an even width and a period above 1, not " + String(width) + " and " + longestPeriod.description)
    }
    self.width = width
    self.longestPeriod = longestPeriod
  }

  /// One row for each time: `[times.count, width]`. Computed in Double and rounded once.
  public func callAsFunction(_ times: [Double]) -> Tensor {
    let half = width / 2
    let frequencies = (0..<half).map { pow(longestPeriod, -Double($0) / Double(half)) }
    // A sampler asks for one time in all rows, and a batch for few: equal times stand side by side in this order, and
    // only the first of them is computed. By their bits, since NaN is not equal to itself.
    let order = times.indices.sorted { times[$0].bitPattern < times[$1].bitPattern }
    return Tensor(shape: [times.count, width]) { result in
      for (place, row) in order.enumerated() {
        let time = times[row]
        if place > 0, times[order[place - 1]].bitPattern == time.bitPattern {
          let same = order[place - 1] * width
          for column in 0..<width { result[row * width + column] = result[same + column] }
          continue
        }
        for (column, frequency) in frequencies.enumerated() {
          result[row * width + column] = Float(sin(time * frequency))
          result[row * width + half + column] = Float(cos(time * frequency))
        }
      }
    }
  }

  /// One row for each step, counted in whole numbers.
  public func callAsFunction(_ steps: [Int]) -> Tensor { callAsFunction(steps.map { Double($0) }) }
}
