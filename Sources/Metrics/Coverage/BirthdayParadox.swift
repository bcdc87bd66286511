public import TensorCore

/// How many different things a generator makes, from how often a batch of its samples holds the same one twice (Arora
/// and Zhang 2017, arXiv 1706.08224).
///
/// Among s draws from N equally likely things two are equal with probability about 1 - e^(-s (s - 1) / 2N). So a batch
/// of s samples with a repetition in half of the batches speaks of a support of about s (s - 1) / (2 log 2); when the
/// things are not equally likely, of at most that many common ones.
///
/// Choose s so that neither all batches hold a repetition nor none: then the support is only bounded on one side.
public struct BirthdayParadox: Sendable, Equatable {
  /// s, the number of samples in a batch.
  public let batchSize: Int
  /// The number of batches.
  public let batchCount: Int
  /// The number of batches with a repetition.
  public let collisionCount: Int

  /// From points, two of which are the same thing when they are nearer than `threshold`.
  ///
  /// - Parameters:
  ///   - points: `[n, d]`, cut into batches in their order; a rest that does not fill a batch is left out.
  ///   - batchSize: s in 2...n.
  ///   - threshold: a Euclidean distance above 0. A person looking at the nearest pairs is the paper's judge; a
  ///     small share of the distance between real neighbours serves where none looks.
  ///
  /// Traps when an argument is not as stated, and on NaN or infinity.
  public init(points: Tensor, batchSize: Int, threshold: Double) {
    requireRows(points, "points", "BirthdayParadox", atLeast: 2)
    Self.check(batchSize, of: points.shape[0])
    guard threshold > 0, threshold.isFinite else {
      trap("BirthdayParadox", "threshold: must be a distance above 0, not \(threshold)")
    }
    self.init(batchSize: batchSize, batchCount: points.shape[0] / batchSize) { range in
      let batch = points.rows(range)
      return NearestNeighbors(within: batch, count: 1).squaredDistances.contains { $0 < threshold * threshold }
    }
  }

  /// From labels of what each sample is, two of which are the same thing when they are equal.
  ///
  /// Traps unless `batchSize` is in 2...n.
  public init(labels: [Int], batchSize: Int) {
    Self.check(batchSize, of: labels.count)
    self.init(batchSize: batchSize, batchCount: labels.count / batchSize) { range in
      Set(labels[range]).count < range.count
    }
  }

  private init(batchSize: Int, batchCount: Int, hasRepetition: (Range<Int>) -> Bool) {
    self.batchSize = batchSize
    self.batchCount = batchCount
    collisionCount = (0..<batchCount).count { hasRepetition($0 * batchSize..<($0 + 1) * batchSize) }
  }

  private static func check(_ batchSize: Int, of count: Int) {
    guard batchSize >= 2, batchSize <= count else {
      trap("BirthdayParadox", "batchSize: must lie in 2...\(count), the number of samples, not \(batchSize)")
    }
  }

  /// The share of batches with a repetition.
  public var collisionShare: Double { Double(collisionCount) / Double(batchCount) }

  /// The support that the share speaks of: infinite when no batch held a repetition, 0 when all did.
  public var support: Double { support(atShare: collisionShare) }

  /// The range of supports that agree with what was seen, from Wilson's interval of the share.
  public func supportInterval(confidence: Double = 0.95) -> ConfidenceInterval {
    let share = wilsonInterval(successes: collisionCount, trials: batchCount, confidence: confidence)
    return ConfidenceInterval(lower: support(atShare: share.upper), upper: support(atShare: share.lower))
  }

  private func support(atShare share: Double) -> Double {
    if share <= 0 { return .infinity }
    if share >= 1 { return 0 }
    return Double(batchSize) * Double(batchSize - 1) / (-2 * log1p(-share))
  }
}
