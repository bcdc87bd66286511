public import TensorCore

/// Principal component analysis: the k directions that keep most of the data's variance, and so the best linear code
/// of width k.
///
/// With the mean m and the covariance C = 1/n sum_i (x_i - m)(x_i - m)^T = V diag(w) V^T, eigenvalues descending, a
/// row x has the code z = W (x - m), where W is the first k rows of V^T, and the reconstruction m + W^T z. Over the
/// data themselves the squared error of the reconstruction, summed over dimensions and averaged over rows, is the sum
/// of the discarded eigenvalues w_{k+1} + ... + w_d; no linear code of width k does better (Eckart and Young 1936).
///
/// The covariance divides by n, not n - 1, so that this equality is exact. It is accumulated in Double over blocks of
/// rows, and the eigenvectors are computed in Double.
public struct PrincipalComponents: Sendable {
  /// The mean row m; d values.
  public let mean: [Double]
  /// All d eigenvalues of the covariance, largest first.
  public let eigenvalues: [Double]
  /// W: one orthonormal direction a row, `[k, d]`. The entry of largest magnitude in each is positive.
  public let components: Tensor
  private let meanRow: Tensor

  /// Analyses the rows of `data`.
  ///
  /// - Parameters:
  ///   - data: `[n, d]`.
  ///   - count: k, the number of directions to keep.
  ///
  /// Traps when `data` is not a matrix, is empty or holds NaN or infinity, and when k is not in 1...d.
  public init(of data: Tensor, count: Int) {
    guard data.shape.count == 2, data.shape[0] > 0, data.shape[1] > 0 else {
      trap("PrincipalComponents", "the data must be rows of numbers, [n, d], not \(describe(data.shape))")
    }
    let dimension = data.shape[1]
    guard (1...dimension).contains(count) else {
      trap("PrincipalComponents", "data of shape \(data.shape) have 1...\(dimension) components, not \(count)")
    }
    let mean = columnMeans(of: data)
    guard mean.allSatisfy(\.isFinite) else {
      trap("PrincipalComponents", "the data of shape \(data.shape) hold NaN or infinity; remove those rows first")
    }
    let meanRow = Tensor(mean.map { Float($0) }, shape: [1, dimension])
    let covariance = covarianceMatrix(of: data, mean: mean)
    let eigen = SymmetricEigen(ofSymmetric: covariance, order: dimension)
    self.mean = mean
    self.meanRow = meanRow
    eigenvalues = eigen.values
    components = Tensor(
      eigen.vectors.prefix(count * dimension).map { Float($0) }, shape: [count, dimension])
  }

  /// k, the number of directions kept.
  public var count: Int { components.shape[0] }

  /// The variance along each direction kept: the first k eigenvalues.
  public var explainedVariance: [Double] { Array(eigenvalues.prefix(count)) }

  /// The share of the whole variance along each direction kept.
  public var explainedVarianceRatio: [Double] {
    let total = eigenvalues.reduce(0, +)
    return explainedVariance.map { total > 0 ? $0 / total : 0 }
  }

  /// The sum of the discarded eigenvalues: the squared error of reconstructing the data themselves, summed over
  /// dimensions and averaged over rows. Divide by d for an error averaged over dimensions too.
  public var discardedVariance: Double { eigenvalues.dropFirst(count).reduce(0, +) }

  /// The codes z = W (x - m) of rows: `[n, d]` to `[n, k]`. Traps when the rows are not d wide.
  public func transform(_ rows: Tensor) -> Tensor {
    check(rows, width: mean.count, operation: "PrincipalComponents.transform")
    return matmul(rows - meanRow, components, transposeB: true)
  }

  /// The rows m + W^T z of codes: `[n, k]` to `[n, d]`. Traps when the codes are not k wide.
  public func inverseTransform(_ codes: Tensor) -> Tensor {
    check(codes, width: count, operation: "PrincipalComponents.inverseTransform")
    return matmul(codes, components) + meanRow
  }

  /// The rows as they look after being squeezed through k numbers: `[n, d]` to `[n, d]`.
  public func reconstruct(_ rows: Tensor) -> Tensor { inverseTransform(transform(rows)) }

  private func check(_ rows: Tensor, width: Int, operation: String) {
    guard rows.shape.count == 2, rows.shape[1] == width else {
      trap(operation, "rows must have the shape [n, \(width)], not \(rows.shape)")
    }
  }
}
