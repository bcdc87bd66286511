public import TensorCore

/// The mean and covariance of a set of features: all that the Frechet distance sees of it. Keep it for a set that is
/// compared often.
public struct FeatureMoments: Sendable, Equatable {
  /// m; d values.
  public let mean: [Double]
  /// C; d * d values, symmetric.
  public let covariance: [Double]

  /// The moments of rows of features, with C = 1/(n - 1) sum_i (x_i - m)(x_i - m)^T.
  ///
  /// - Parameter features: `[n, d]`, n >= 2. With n <= d the covariance is singular and the distance biased upward;
  ///   take several times as many rows as columns.
  ///
  /// Traps when there are fewer than two rows, and on NaN or infinity.
  public init(of features: Tensor) {
    requireRows(features, "features", "FeatureMoments", atLeast: 2)
    let count = Double(features.shape[0])
    mean = columnMeans(of: features)
    covariance = covarianceMatrix(of: features, mean: mean).map { $0 * count / (count - 1) }
  }

  /// A Gaussian's own moments. Traps unless the covariance is symmetric, has d * d finite values and no negative
  /// variance.
  public init(mean: [Double], covariance: [Double]) {
    let dimension = mean.count
    guard dimension > 0, covariance.count == dimension * dimension else {
      trap(
        "FeatureMoments",
        "covariance: a mean of \(dimension) values needs \(dimension * dimension) entries, not \(covariance.count)")
    }
    guard (mean + covariance).allSatisfy(\.isFinite) else {
      trap("FeatureMoments", "mean and covariance: must be finite")
    }
    for i in 0..<dimension {
      guard covariance[i * dimension + i] >= 0 else {
        trap("FeatureMoments", "covariance: variance \(i) is \(covariance[i * dimension + i]), below 0")
      }
      for j in 0..<i where covariance[i * dimension + j] != covariance[j * dimension + i] {
        trap("FeatureMoments", "covariance: entries (\(i), \(j)) and (\(j), \(i)) differ; it must be symmetric")
      }
    }
    self.mean = mean
    self.covariance = covariance
  }

  /// d.
  public var dimension: Int { mean.count }

  /// The squared Frechet (2-Wasserstein) distance of two Gaussians with these moments:
  ///
  ///     |m_1 - m_2|^2 + tr(C_1) + tr(C_2) - 2 tr((C_1^1/2 C_2 C_1^1/2)^1/2)
  ///
  /// (Dowson and Landau 1982). On features of a classifier it is the "FID" of Heusel et al. 2017, arXiv 1706.08500,
  /// which takes the features of one certain network; a value from other features compares with its like alone.
  ///
  /// The roots are taken by symmetric eigen-decompositions, so the result is real and not negative by construction.
  ///
  /// Traps when the dimensions differ.
  public func frechetDistance(to other: FeatureMoments) -> Double {
    let n = dimension
    guard other.dimension == n else {
      trap(
        "frechetDistance", "the features have \(n) and \(other.dimension) dimensions; both must come from one network")
    }
    var distance = 0.0
    for i in 0..<n {
      let difference = mean[i] - other.mean[i]
      distance += difference * difference + covariance[i * n + i] + other.covariance[i * n + i]
    }
    let root = symmetricRoot(of: covariance, order: n)
    let inner = squareProduct(squareProduct(root, other.covariance, order: n), root, order: n)
    let eigenvalues = SymmetricEigen(ofSymmetric: inner, order: n).values
    for value in eigenvalues where value > 0 { distance -= 2 * value.squareRoot() }
    return max(0, distance)
  }
}

/// The squared Frechet distance between Gaussians fitted to two sets of features, `[n, d]` and `[m, d]`; see
/// ``FeatureMoments/frechetDistance(to:)``.
///
/// Traps when a set has fewer than two rows, the widths differ, and on NaN or infinity.
public func frechetDistance(_ a: Tensor, _ b: Tensor) -> Double {
  requireRows(a, "a", "frechetDistance", atLeast: 2)
  requireRows(b, "b", "frechetDistance", atLeast: 2)
  requireSameWidth(a, b, ("a", "b"), "frechetDistance")
  return FeatureMoments(of: a).frechetDistance(to: FeatureMoments(of: b))
}
