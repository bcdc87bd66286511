internal import TensorCore

/// The negative variational bound of data under a diffusion, term by term: -ln p(x_0) <= L_T + sum_t L_(t-1) + L_0 (Ho et
/// al. 2020, arXiv 2006.11239, equation 5). Nats for one example, all its dimensions together.
public struct VariationalBound: Sendable, Equatable {
  /// A mean over examples.
  public struct Term: Sendable, Equatable {
    /// Nats.
    public let mean: Double
    /// The standard error of the mean; 0 where it was computed exactly.
    public let standardError: Double

    public init(mean: Double, standardError: Double = 0) {
      self.mean = mean
      self.standardError = standardError
    }

    /// The mean of the values and how sure it is.
    init(of values: [Double]) {
      let count = Double(values.count)
      let mean = values.reduce(0, +) / count
      var squares = 0.0
      for value in values { squares += (value - mean) * (value - mean) }
      let error = values.count > 1 ? (squares / (count - 1) / count).squareRoot() : .nan
      self.init(mean: mean, standardError: error)
    }

    /// Bits per dimension for examples of that many numbers.
    public func bits(perDimension dimensions: Int) -> Double { mean / (Double(dimensions) * log(2.0)) }
  }

  /// The numbers of one example.
  public let dimensions: Int
  /// L_T = KL(q(x_T | x_0) || N(0, I)): what the end of the chain still knows.
  public let prior: Term
  /// L_(t-1) = KL(q(x_(t-1) | x_t, x_0) || p(x_(t-1) | x_t)) for t = 2, ..., T in this order.
  public let transitions: [Term]
  /// L_0 = -ln p(x_0 | x_1).
  public let reconstruction: Term
  /// The whole bound. Its standard error is that of sums over one example, whose terms belong together.
  public let total: Term

  /// L_(t-1) for a step: the reconstruction at t = 1.
  public func step(_ t: Int) -> Term {
    guard t >= 1, t <= transitions.count + 1 else {
      trap("VariationalBound.step", "t runs from 1 to " + String(transitions.count + 1) + ", not to " + String(t))
    }
    return t == 1 ? reconstruction : transitions[t - 2]
  }

  /// The bound in bits per dimension, the unit of the papers' tables.
  public var bitsPerDimension: Double { total.bits(perDimension: dimensions) }

  /// L_T + sum L_(t-1): the bits that would be sent before the last step, per dimension (Ho et al. 2020, section 4.3).
  public var rate: Double {
    (prior.mean + transitions.reduce(0) { $0 + $1.mean }) / (Double(dimensions) * log(2.0))
  }

  /// L_0 in bits per dimension.
  public var distortionBits: Double { reconstruction.bits(perDimension: dimensions) }
}
