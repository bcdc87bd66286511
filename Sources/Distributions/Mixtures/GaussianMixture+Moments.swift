public import TensorCore

extension GaussianMixture {
  /// E[x] = sum_k w_k mu_k; d values.
  public var mean: [Double] {
    (0..<dimension).map { axis in
      var sum = 0.0
      for k in 0..<componentCount { sum += weights[k] * centers[k * dimension + axis] }
      return sum
    }
  }

  /// The covariance sum_k w_k (s_k^2 I + (mu_k - m)(mu_k - m)^T), m the mean; d * d values, row after row.
  public var covariance: [Double] {
    let mean = mean
    var result = [Double](repeating: 0, count: dimension * dimension)
    for k in 0..<componentCount {
      for i in 0..<dimension {
        result[i * dimension + i] += weights[k] * standardDeviations[k] * standardDeviations[k]
        for j in 0..<dimension {
          let (a, b) = (centers[k * dimension + i] - mean[i], centers[k * dimension + j] - mean[j])
          result[i * dimension + j] += weights[k] * a * b
        }
      }
    }
    return result
  }

  /// The factor that gives the mixture a variance of 1, averaged over its axes: 1 / sqrt(trace(covariance) / d).
  /// Diffusion models ask for data of about that size.
  public var standardizingScale: Double {
    let covariance = covariance
    var trace = 0.0
    for axis in 0..<dimension { trace += covariance[axis * dimension + axis] }
    return 1 / (trace / Double(dimension)).squareRoot()
  }

  /// The mixture of factor * x. Traps when the factor is not above 0.
  public func scaled(by factor: Double) -> GaussianMixture {
    requirePositive(factor, "factor", "GaussianMixture.scaled")
    return GaussianMixture(
      centers: centers.map { factor * $0 }, dimension: dimension,
      standardDeviations: standardDeviations.map { factor * $0 }, weights: weights)
  }

  /// The mixture of x + offset. Traps when the offset does not have d coordinates.
  public func shifted(by offset: [Double]) -> GaussianMixture {
    guard offset.count == dimension else {
      trap(
        "GaussianMixture.shifted",
        "offset: needs " + String(dimension) + " coordinates, not " + String(offset.count))
    }
    var moved = centers
    for place in moved.indices { moved[place] += offset[place % dimension] }
    return GaussianMixture(
      centers: moved, dimension: dimension, standardDeviations: standardDeviations, weights: weights)
  }

  /// The mixture of (x - mean) times ``standardizingScale``: mean 0, and variance 1 averaged over the axes. Shapes
  /// are kept, since every axis is scaled alike.
  public func standardized() -> GaussianMixture {
    shifted(by: mean.map { -$0 }).scaled(by: standardizingScale)
  }

  /// The mode whose mean is nearest to each row of `[n, d]`, and how far it is; of equals the first.
  ///
  /// Traps when the points are not d wide or not finite.
  public func nearestModes(_ points: Tensor) -> NearestModes {
    check(points, "GaussianMixture.nearestModes")
    var result = NearestModes(labels: [], distances: [])
    points.withUnsafeScalars { values in
      for row in 0..<points.shape[0] {
        let point = UnsafeBufferPointer(rebasing: values[row * dimension..<(row + 1) * dimension])
        var (nearest, smallest) = (0, Double.infinity)
        for k in 0..<componentCount {
          let squared = squaredDistance(point, toMode: k)
          if squared < smallest { (nearest, smallest) = (k, squared) }
        }
        result.labels.append(nearest)
        result.distances.append(smallest.squareRoot())
      }
    }
    return result
  }

  /// For each point, its nearest mode.
  public struct NearestModes: Sendable, Equatable {
    /// The number of the mode.
    public var labels: [Int]
    /// The Euclidean distance to its mean.
    public var distances: [Double]
  }
}
