internal import TensorCore

/// The negative ELBO of rows, in its two parts: -ln p(x) <= E_q[-ln p(x | z)] + KL(q(z | x) || N(0, I)), equal where q is
/// the true posterior. Nats, all numbers of a row together.
///
/// The parts are also called distortion and rate.
public struct EvidenceBound: Sendable, Equatable {
  /// The numbers of a row.
  public let dimensions: Int
  /// E_q[-ln p(x | z)] of each row, estimated by drawing z.
  public let reconstructions: [Double]
  /// KL(q(z | x) || N(0, I)) of each row, exact.
  public let divergences: [Double]

  /// The mean of the first part over rows.
  public var reconstruction: VariationalBound.Term { VariationalBound.Term(of: reconstructions) }

  /// The mean of the second part over rows.
  public var divergence: VariationalBound.Term { VariationalBound.Term(of: divergences) }

  /// Their sum: the mean of the negative ELBO over rows.
  public var total: VariationalBound.Term {
    VariationalBound.Term(of: zip(reconstructions, divergences).map { $0 + $1 })
  }

  /// The sum in bits for each number of a row; for continuous data it is the log-density's, and can be negative.
  public var bitsPerDimension: Double { total.bits(perDimension: dimensions) }
}

/// How much of a code is in use.
///
/// A dimension that the decoder has learned to ignore has q(z | x) = N(0, 1) for every row: it costs nothing, and it says
/// nothing. When all dimensions are so, the posterior has collapsed.
public struct LatentUse: Sendable, Equatable {
  /// The mean over rows of each dimension's KL(q || N(0, 1)), in nats.
  public let divergences: [Double]
  /// The variance over rows of each dimension's posterior mean (Burda et al. 2016, arXiv 1509.00519, section 5.2).
  public let activities: [Double]

  /// The dimensions whose posterior mean varies by more than the threshold from row to row; 0.01 in the paper.
  public func activeUnits(above threshold: Double = 0.01) -> Int { activities.count { $0 > threshold } }

  /// The dimensions that cost less than the threshold, in nats.
  public func collapsedUnits(below threshold: Double = 0.01) -> Int { divergences.count { $0 < threshold } }
}
