public import Distributions
public import TensorCore

/// How many modes of a mixture a set of samples reaches, and how evenly: the measures of the mode-collapse papers.
///
/// Every sample belongs to the mode whose mean is nearest. It is of high quality when it lies within a number of that
/// mode's standard deviations of it, 3 in the papers. A mode is captured when at least one sample of high quality
/// belongs to it (VEEGAN, arXiv 1705.07761; PacGAN, arXiv 1712.04086).
///
/// ```swift
/// let coverage = ModeCoverage(of: samples, in: .ring())
/// coverage.modes               // 8 when none is missed
/// coverage.highQualityShare    // 0.9889 for perfect samples in two dimensions
/// ```
public struct ModeCoverage: Sendable, Equatable {
  /// The number of samples of each mode.
  public let counts: [Int]
  /// The number of high-quality samples of each mode.
  public let highQualityCounts: [Int]
  /// The modes' probabilities in the mixture.
  public let weights: [Double]
  /// The share of high-quality samples that perfect samples have on average: P(|z| <= deviations) for z ~ N(0, I).
  /// A collapsed generator may exceed it.
  public let highQualityCeiling: Double

  /// - Parameters:
  ///   - points: samples, `[n, d]`, n >= 1.
  ///   - mixture: of points in d dimensions.
  ///   - deviations: how far a high-quality sample may be from the mean, in standard deviations.
  ///
  /// Traps when there is no point, the points are not d wide or not finite, or `deviations` is not above 0.
  public init(of points: Tensor, in mixture: GaussianMixture, within deviations: Double = 3) {
    requireRows(points, "points", "ModeCoverage")
    guard points.shape[1] == mixture.dimension else {
      trap(
        "ModeCoverage",
        "points: the mixture has \(mixture.dimension) dimensions, but the shape is \(describe(points.shape))")
    }
    guard deviations > 0, deviations.isFinite else {
      trap("ModeCoverage", "deviations: must be above 0 and finite, such as 3, not \(deviations)")
    }
    var counts = [Int](repeating: 0, count: mixture.componentCount)
    var highQualityCounts = counts
    let nearest = mixture.nearestModes(points)
    for (mode, distance) in zip(nearest.labels, nearest.distances) {
      counts[mode] += 1
      if distance <= deviations * mixture.standardDeviations[mode] { highQualityCounts[mode] += 1 }
    }
    self.counts = counts
    self.highQualityCounts = highQualityCounts
    weights = mixture.weights
    highQualityCeiling = normalBallMass(radius: deviations, dimension: mixture.dimension)
  }

  /// From modes that something else recognized, such as a classifier's classes of stacked images; every sample
  /// counts as one of high quality.
  ///
  /// - Parameters:
  ///   - labels: the mode of each sample, at least one.
  ///   - weights: the modes' probabilities in the data; their sum is 1 (to 1e-6).
  ///
  /// Traps when an argument is not as stated.
  public init(labels: [Int], weights: [Double]) {
    guard !labels.isEmpty else { trap("ModeCoverage", "labels: needs at least one sample") }
    requireLabels(labels, "labels", count: labels.count, classes: weights.count, "ModeCoverage")
    let total = weights.reduce(0, +)
    guard weights.allSatisfy({ $0 >= 0 }), abs(total - 1) <= 1e-6 else {
      trap("ModeCoverage", "weights: must be 0 or more with the sum 1, but the sum is \(total)")
    }
    var counts = [Int](repeating: 0, count: weights.count)
    for label in labels { counts[label] += 1 }
    self.counts = counts
    highQualityCounts = counts
    self.weights = weights
    highQualityCeiling = 1
  }

  /// The same where all `modes` are equally likely.
  public init(labels: [Int], modes: Int) {
    guard modes > 0 else { trap("ModeCoverage", "modes: needs at least 1, not \(modes)") }
    self.init(labels: labels, weights: Array(repeating: 1 / Double(modes), count: modes))
  }

  /// The number of samples.
  public var sampleCount: Int { counts.reduce(0, +) }

  /// The number of high-quality samples.
  public var highQualityCount: Int { highQualityCounts.reduce(0, +) }

  /// The number of captured modes by the papers' rule: one sample of high quality is enough.
  public var modes: Int { modes(atLeast: 1) }

  /// The number of modes with at least `count` samples of high quality: a stricter rule, under which a stray sample
  /// does not make a mode.
  public func modes(atLeast count: Int) -> Int {
    guard count >= 1 else { trap("ModeCoverage.modes", "atLeast: must be 1 or more, not \(count)") }
    return highQualityCounts.count { $0 >= count }
  }

  /// The share of samples of high quality.
  public var highQualityShare: Double { Double(highQualityCount) / Double(sampleCount) }

  /// Wilson's interval for the share.
  public func highQualityInterval(confidence: Double = 0.95) -> ConfidenceInterval {
    wilsonInterval(successes: highQualityCount, trials: sampleCount, confidence: confidence)
  }

  /// Which samples a histogram of modes counts.
  public enum Samples: Sendable, Hashable {
    /// Those of high quality, as in PacGAN.
    case highQuality
    /// All of them, each at its nearest mode.
    case all
  }

  /// KL(histogram || weights) in nats: how unevenly the modes are served; log K for one mode of K equal ones. Nil when
  /// there is no sample to count.
  public func reverseKL(over samples: Samples = .highQuality) -> Double? {
    histogram(samples).map { klDivergence($0, weights) }
  }

  /// KL(weights || histogram) in nats: infinite when a mode is missed, whatever the others are. Nil when there is no
  /// sample to count.
  public func forwardKL(over samples: Samples = .highQuality) -> Double? {
    histogram(samples).map { klDivergence(weights, $0) }
  }

  /// The reverse KL that n perfect samples of K modes have on average by chance, to first order: (K - 1) / 2n.
  public var expectedReverseKL: Double { Double(counts.count - 1) / Double(2 * sampleCount) }

  private func histogram(_ samples: Samples) -> [Double]? {
    let counted = samples == .all ? counts : highQualityCounts
    return counted.contains { $0 > 0 } ? counted.map { Double($0) } : nil
  }
}
