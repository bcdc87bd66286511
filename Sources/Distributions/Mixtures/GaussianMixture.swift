public import TensorCore

/// A mixture of isotropic Gaussians, whose density, score and posterior are known exactly:
///
///     p(x) = sum_k w_k N(x; mu_k, s_k^2 I)
///
/// It is the data set of the mode-collapse experiments, where what a model has learned can be held against the truth.
///
/// ```swift
/// let ring = GaussianMixture.ring(modes: 8, radius: 2, standardDeviation: 0.02)
/// var random = RandomGenerator(seed: 1)
/// let batch = ring.sample(256, using: &random)   // batch.points [256, 2], batch.labels 0...7
/// ring.score(batch.points)                       // [256, 2]
/// ```
///
/// Means, deviations and weights are kept in Double, and all that is computed from them is computed in Double and
/// rounded once.
public struct GaussianMixture: Sendable, Equatable {
  /// s_k, the standard deviation of each component along every axis.
  public let standardDeviations: [Double]
  /// w_k, the probability of each component; their sum is 1.
  public let weights: [Double]
  /// The number of coordinates of a point, d.
  public let dimension: Int
  /// mu_k, row after row; k * d values.
  package let centers: [Double]

  /// Components that may differ in deviation and weight.
  ///
  /// - Parameters:
  ///   - means: mu, one component a row, `[k, d]`.
  ///   - standardDeviations: s_k > 0, one for each component.
  ///   - weights: w_k >= 0 with the sum 1 (to 1e-6; they are divided by their sum), one for each component, or all
  ///     the same when left out.
  ///
  /// Traps, naming the argument, when one of them is empty, of another count than the means' rows, or not as above.
  public init(means: Tensor, standardDeviations: [Double], weights: [Double]? = nil) {
    guard means.rank == 2, means.shape[0] > 0, means.shape[1] > 0 else {
      trap(
        "GaussianMixture",
        "means: needs one component a row, [components, dimension], and at least one of each, not "
          + describe(means.shape))
    }
    self.init(
      centers: means.withUnsafeScalars { scalars in scalars.map { Double($0) } }, dimension: means.shape[1],
      standardDeviations: standardDeviations, weights: weights)
  }

  /// Components of one common deviation.
  ///
  /// - Parameters:
  ///   - means: mu, one component a row, `[k, d]`.
  ///   - standardDeviation: s > 0.
  ///   - weights: see ``init(means:standardDeviations:weights:)``.
  ///
  /// Traps as that one does.
  public init(means: Tensor, standardDeviation: Double, weights: [Double]? = nil) {
    let count = means.rank == 2 ? means.shape[0] : 0
    self.init(
      means: means, standardDeviations: Array(repeating: standardDeviation, count: count), weights: weights)
  }

  /// The same from means in Double, row after row.
  package init(centers: [Double], dimension: Int, standardDeviations: [Double], weights: [Double]?) {
    guard dimension > 0, !centers.isEmpty, centers.count % dimension == 0 else {
      trap("GaussianMixture", "means: needs at least one component of at least one coordinate")
    }
    let count = centers.count / dimension
    for (index, value) in centers.enumerated() where !value.isFinite {
      trap(
        "GaussianMixture",
        "means: component " + String(index / dimension) + " has the coordinate " + value.description
          + "; all must be finite")
    }
    if standardDeviations.count != count {
      trap(
        "GaussianMixture",
        "standardDeviations: " + String(count) + " components need as many deviations, not "
          + String(standardDeviations.count))
    }
    for (index, deviation) in standardDeviations.enumerated() where !(deviation > 0 && deviation.isFinite) {
      trap(
        "GaussianMixture",
        "standardDeviations: component " + String(index) + " has " + deviation.description
          + "; a deviation must be above 0 and finite")
    }
    self.centers = centers
    self.dimension = dimension
    self.standardDeviations = standardDeviations
    self.weights = GaussianMixture.normalized(weights, count: count)
  }

  private static func normalized(_ weights: [Double]?, count: Int) -> [Double] {
    guard let weights else { return Array(repeating: 1 / Double(count), count: count) }
    if weights.count != count {
      trap(
        "GaussianMixture",
        "weights: " + String(count) + " components need as many weights, not " + String(weights.count))
    }
    var sum = 0.0
    for (index, weight) in weights.enumerated() {
      guard weight >= 0, weight.isFinite else {
        trap(
          "GaussianMixture",
          "weights: component " + String(index) + " has " + weight.description + "; a weight must be 0 or more")
      }
      sum += weight
    }
    guard (sum - 1).magnitude <= 1e-6 else {
      trap("GaussianMixture", "weights: their sum must be 1, but is " + sum.description + "; divide them by it")
    }
    return weights.map { $0 / sum }
  }

  /// The number of components, k.
  public var componentCount: Int { weights.count }

  /// mu, one component a row, `[k, d]`.
  public var means: Tensor { Tensor(centers.map { Float($0) }, shape: [componentCount, dimension]) }

  /// Draws points, each from a component that is drawn by weight, together with that component's number.
  ///
  /// Traps when `count` is negative.
  public func sample(_ count: Int, using random: inout RandomGenerator) -> LabeledPoints {
    guard count >= 0 else { trap("GaussianMixture.sample", "count: must be 0 or more, not " + String(count)) }
    let labels = random.categorical(weights: weights, count: count)
    var points = random.normal(shape: [count, dimension])
    points.withUnsafeMutableScalars { values in
      for (row, label) in labels.enumerated() {
        for axis in 0..<dimension {
          let noise = standardDeviations[label] * Double(values[row * dimension + axis])
          values[row * dimension + axis] = Float(centers[label * dimension + axis] + noise)
        }
      }
    }
    return LabeledPoints(points: points, labels: labels)
  }

  /// Traps unless `points` are rows of `dimension` finite numbers.
  package func check(_ points: Tensor, _ operation: String) {
    guard points.rank == 2, points.shape[1] == dimension else {
      trap(
        operation, "points: needs the shape [count, " + String(dimension) + "], not " + describe(points.shape))
    }
    points.withUnsafeScalars { values in
      for index in values.indices where !values[index].isFinite {
        trap(
          operation,
          "points: row " + String(index / dimension) + " holds " + values[index].description
            + "; remove points that are not finite first")
      }
    }
  }
}
