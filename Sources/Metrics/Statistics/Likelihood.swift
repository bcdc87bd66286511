public import Distributions
public import TensorCore

/// A negative log-likelihood in nats for a whole example, as bits for each of its dimensions: nats / (d log 2).
///
/// Traps when `dimensions` is below 1.
public func bitsPerDimension(nats: Double, dimensions: Int) -> Double {
  requireDimensions(dimensions, "bitsPerDimension")
  return nats / (Double(dimensions) * log(2))
}

/// The way back: bits d log 2.
///
/// Traps when `dimensions` is below 1.
public func nats(bitsPerDimension bits: Double, dimensions: Int) -> Double {
  requireDimensions(dimensions, "nats")
  return bits * Double(dimensions) * log(2)
}

/// Bits per dimension of discrete data from a density model of its dequantized values: a value that fills a bin of
/// width w has the probability p w, so the bits are (nats / d - log w) / log 2.
///
/// For 8-bit images w is 1/255 or 1/256 when pixels run over 0...1, and twice that for -1...1 (Theis et al. 2015, arXiv
/// 1511.01844, section 3.1).
///
/// - Parameters:
///   - densityNats: -log p(x) for a whole example, x dequantized by noise over its bin.
///   - binWidth: w > 0.
public func bitsPerDimension(densityNats: Double, dimensions: Int, binWidth: Double) -> Double {
  requireDimensions(dimensions, "bitsPerDimension")
  guard binWidth > 0, binWidth.isFinite else {
    trap("bitsPerDimension", "binWidth: must be above 0 and finite, such as 1.0 / 256, not \(binWidth)")
  }
  return (densityNats / Double(dimensions) - log(binWidth)) / log(2)
}

/// The mean of -log p(x) over points, in nats: an estimate of the cross entropy of their distribution and the mixture,
/// with the standard error of that mean.
public struct NegativeLogLikelihood: Sendable, Equatable {
  /// The mean over the points.
  public let mean: Double
  /// The standard deviation of that mean; nil for a single point.
  public let standardError: Double?

  /// - Parameter points: `[n, d]`, n >= 1.
  ///
  /// Traps when there is no point, the points are not d wide or not finite.
  public init(of points: Tensor, under mixture: GaussianMixture) {
    requireRows(points, "points", "NegativeLogLikelihood")
    let values = mixture.logDensity(points).map { -$0 }
    let n = Double(values.count)
    let mean = values.reduce(0, +) / n
    self.mean = mean
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    standardError = values.count < 2 ? nil : (squares / (n - 1) / n).squareRoot()
  }
}

private func requireDimensions(_ dimensions: Int, _ operation: String) {
  guard dimensions >= 1 else { trap(operation, "dimensions: needs at least 1, not \(dimensions)") }
}
