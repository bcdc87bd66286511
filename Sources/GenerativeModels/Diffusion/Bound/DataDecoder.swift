internal import Autodiff
internal import TensorCore

/// How likely data are given the last reverse step, p(x_0 | x_1) from N(mean, sigma^2): the bound's L_0.
public enum DataDecoder: Sendable, Hashable {
  /// The density itself, for data on a continuum.
  case gaussian
  /// The mass of the interval around the level, for data on `levels` evenly spaced levels from -1 to 1; the outermost
  /// intervals are open (Ho et al. 2020, arXiv 2006.11239, equation 13; 8-bit images have 256 levels, an interval is
  /// x +- 1/255).
  case discretized(levels: Int)

  /// 8-bit images.
  public static let eightBit = DataDecoder.discretized(levels: 256)

  /// Half of the distance between neighbouring levels. Traps when there are fewer than two.
  private func halfWidth(_ levels: Int) -> Double {
    guard levels >= 2 else {
      trap("DataDecoder.discretized", "levels must be at least 2, but is " + String(levels) + "; 8-bit images have 256")
    }
    return 1 / Double(levels - 1)
  }

  /// -ln p(x) for one number under N(mean, e^logVariance), in nats.
  public func negativeLogLikelihood(_ x: Double, mean: Double, logVariance: Double) -> Double {
    let deviation = exp(logVariance / 2)
    let z = (x - mean) / deviation
    let density = (logVariance + log(2 * Double.pi) + z * z) / 2
    guard case .discretized(let levels) = self else { return density }
    let half = halfWidth(levels)
    let (lower, upper) = ((x - half - mean) / deviation, (x + half - mean) / deviation)
    let mass =
      if x > 1 - half { upperTail(lower) } else if x < half - 1 { upperTail(-upper) } else if lower > 0 {
        // On the far side of the mean the tails, not the distribution function, keep their digits.
        upperTail(lower) - upperTail(upper)
      } else {
        upperTail(-upper) - upperTail(-lower)
      }
    // Far out the mass underflows; there the density times the interval's width is the same to a few digits.
    return mass > 1e-280 ? -log(mass) : density - log(2 * half)
  }

  /// The same for every number of a batch, as a function of mean and variance to be differentiated.
  func negativeLogLikelihood(of x: Tensor, mean: Variable, logVariance: Variable) -> Variable {
    let inverse = exp(logVariance * -0.5)
    guard case .discretized(let levels) = self else {
      return (logVariance + Float(log(2 * Double.pi)) + square((mean - x) * inverse)) * 0.5
    }
    let half = Float(halfWidth(levels))
    let root = Float(0.5.squareRoot())
    let isLast = x .> (1 - half)
    let isFirst = x .< (half - 1)
    // The distribution function at both ends, 1 and 0 where the interval is open.
    let above = (erf((x + half - mean) * inverse * root) + 1) * 0.5
    let below = (erf((x - half - mean) * inverse * root) + 1) * 0.5
    let mass = above * (1 - isLast) + isLast - below * (1 - isFirst)
    // The floor of the published code: beyond it Float has no digits left and the gradient is 0.
    return -log(maximum(mass, Variable(constant: Tensor(1e-12))))
  }
}

/// The standard normal's mass above z.
private func upperTail(_ z: Double) -> Double { erfc(z * 0.5.squareRoot()) / 2 }
