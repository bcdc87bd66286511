public import TensorCore

/// A similarity of two points that makes a maximum mean discrepancy.
public enum MMDKernel: Sendable, Hashable {
  /// k(x, y) = (x . y / d + 1)^degree. Of degree 3 on a network's features it gives the "kernel Inception distance"
  /// (Binkowski et al. 2018, arXiv 1801.01401).
  case polynomial(degree: Int = 3)
  /// k(x, y) = e^(-|x - y|^2 / (2 bandwidth^2)). A common bandwidth is ``medianDistance(of:)``.
  case gaussian(bandwidth: Double)
}

/// The unbiased estimate of the squared maximum mean discrepancy of two distributions (Gretton et al. 2012, lemma 6):
///
///     1/(n(n-1)) sum_{i != j} k(x_i, x_j) + 1/(m(m-1)) sum_{i != j} k(y_i, y_j) - 2/(nm) sum_{i, j} k(x_i, y_j)
///
/// Its mean is 0 when both are the same, so it may be negative.
///
/// - Parameters:
///   - a: x, `[n, d]`, n >= 2.
///   - b: y, `[m, d]`, m >= 2.
///
/// Traps when a set has fewer than two rows, the widths differ, a kernel's parameter is not above 0, and on NaN or
/// infinity.
public func squaredMMD(_ a: Tensor, _ b: Tensor, kernel: MMDKernel) -> Double {
  requireRows(a, "a", "squaredMMD", atLeast: 2)
  requireRows(b, "b", "squaredMMD", atLeast: 2)
  requireSameWidth(a, b, ("a", "b"), "squaredMMD")
  let sums: (Tensor, Tensor, Bool) -> Double
  switch kernel {
  case .polynomial(let degree):
    guard degree >= 1 else { trap("squaredMMD", "degree: must be 1 or more, not \(degree)") }
    sums = { polynomialSum($0, $1, degree: degree, skippingSelf: $2) }
  case .gaussian(let bandwidth):
    guard bandwidth > 0, bandwidth.isFinite else {
      trap("squaredMMD", "bandwidth: must be above 0 and finite, such as the median distance, not \(bandwidth)")
    }
    sums = { gaussianSum($0, $1, bandwidth: bandwidth, skippingSelf: $2) }
  }
  let (n, m) = (Double(a.shape[0]), Double(b.shape[0]))
  return sums(a, a, true) / (n * (n - 1)) + sums(b, b, true) / (m * (m - 1)) - 2 * sums(a, b, false) / (n * m)
}

/// The median distance between two different rows of `[n, d]`, a usual bandwidth of the Gaussian kernel. Of more than
/// 1,000 rows the first 1,000 are taken.
///
/// Traps when there are fewer than two rows, and on NaN or infinity.
public func medianDistance(of points: Tensor) -> Double {
  requireRows(points, "points", "medianDistance", atLeast: 2)
  let some = points.rows(0..<min(points.shape[0], 1000))
  var distances: [Float] = []
  distances.reserveCapacity(some.shape[0] * (some.shape[0] - 1) / 2)
  DistanceBlocks(from: some, to: some).forEachRow { row, squares in distances.append(contentsOf: squares[..<row]) }
  distances.sort()
  let middle = distances.count / 2
  let upper = Double(distances[middle]).squareRoot()
  return distances.count % 2 == 1 ? upper : (upper + Double(distances[middle - 1]).squareRoot()) / 2
}

/// sum over pairs of (x . y / d + 1)^degree.
private func polynomialSum(_ a: Tensor, _ b: Tensor, degree: Int, skippingSelf: Bool) -> Double {
  let (rows, columns) = (a.shape[0], b.shape[0])
  let scale = 1 / Double(a.shape[1])
  var total = 0.0
  let blockRows = max(1, min(512, (1 << 22) / columns))
  for start in stride(from: 0, to: rows, by: blockRows) {
    let products = matmul(a.rows(start..<min(start + blockRows, rows)), b, transposeB: true)
    products.withUnsafeScalars { values in
      for row in 0..<products.shape[0] {
        var sum = 0.0
        for column in 0..<columns where !skippingSelf || column != start + row {
          let base = Double(values[row * columns + column]) * scale + 1
          var power = base
          for _ in 1..<degree { power *= base }
          sum += power
        }
        total += sum
      }
    }
  }
  return total
}

/// sum over pairs of e^(-|x - y|^2 / (2 bandwidth^2)).
private func gaussianSum(_ a: Tensor, _ b: Tensor, bandwidth: Double, skippingSelf: Bool) -> Double {
  let factor = -0.5 / (bandwidth * bandwidth)
  var total = 0.0
  DistanceBlocks(from: a, to: b).forEachRow { row, squares in
    var sum = 0.0
    for column in squares.indices where !skippingSelf || column != row {
      let exponent = factor * Double(squares[column])
      // e^-746 is 0 in Double.
      if exponent > -746 { sum += exp(exponent) }
    }
    total += sum
  }
  return total
}
