public import TensorCore

/// Brings each feature to mean 0 and variance 1 over the examples that it was made from; one that never changes there
/// becomes 0.
public struct FeatureScaling: Sendable {
  let mean: Tensor
  let factor: Tensor

  /// - Parameter features: `[n, d]`. Labels play no part, so unlabelled examples count as well as others.
  ///
  /// Traps when there is no row, and on NaN or infinity.
  public init(of features: Tensor) {
    requireRows(features, "features", "FeatureScaling")
    let means = columnMeans(of: features)
    let width = means.count
    var squares = [Double](repeating: 0, count: width)
    features.withUnsafeScalars { values in
      for row in 0..<features.shape[0] {
        for column in 0..<width {
          let difference = Double(values[row * width + column]) - means[column]
          squares[column] += difference * difference
        }
      }
    }
    mean = Tensor(means.map { Float($0) }, shape: [1, width])
    factor = Tensor(
      zip(squares, means).map { square, mean in
        let deviation = (square / Double(features.shape[0])).squareRoot()
        // A constant feature's deviation is rounding alone.
        return deviation > 1e-7 * mean.magnitude ? Float(1 / deviation) : 0
      }, shape: [1, width])
  }

  /// The features rescaled: `[n, d]` to the same shape. Traps when they are not d wide.
  public func apply(to features: Tensor) -> Tensor {
    guard features.rank == 2, features.shape[1] == mean.shape[1] else {
      trap("FeatureScaling", "features: needs the shape [count, \(mean.shape[1])], not \(describe(features.shape))")
    }
    return (features - mean) * factor
  }
}
