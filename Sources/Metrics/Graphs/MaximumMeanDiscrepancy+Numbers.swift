internal import TensorCore

/// The unbiased estimate of the squared maximum mean discrepancy of two sets of things, each described by some numbers
/// whose order does not matter: graphs by the degrees of their vertices, by clustering coefficients, or by the
/// eigenvalues of the Laplacian (``laplacianSpectrum(of:)``).
///
/// The kernel is k(p, q) = e^(-W(p, q)^2 / (2 bandwidth^2)), with W the 2-Wasserstein distance of the numbers of the one
/// and of the other, so that things of different size compare and numbers that are near each other count as alike. On a
/// line W is the distance of the quantile functions in L2, and so the kernel is positive definite. That is not so with
/// the 1-Wasserstein distance, which is common since GraphRNN (You et al. 2018, arXiv 1802.08773; O'Bray et al. 2022,
/// arXiv 2106.01098, section 4.1); a value compares only with others of the same kernel and bandwidth.
///
/// Its mean is 0 when both sets come from one distribution, so it may be negative.
///
/// - Parameters:
///   - a: the numbers of each thing of the one set; at least two things of at least one number.
///   - b: those of the other set.
///   - bandwidth: a distance W at which two things count as rather different.
///
/// Traps when an argument is not as stated, and on NaN or infinity.
public func squaredMMD(_ a: [[Double]], _ b: [[Double]], bandwidth: Double) -> Double {
  guard bandwidth > 0, bandwidth.isFinite else {
    trap("squaredMMD", "bandwidth: must be above 0 and finite, such as 0.3 for spectra, not \(bandwidth)")
  }
  let (x, y) = (sortedNumbers(a, "a"), sortedNumbers(b, "b"))
  let (n, m) = (Double(x.count), Double(y.count))
  func kernel(_ p: [Double], _ q: [Double]) -> Double {
    exp(-0.5 * squaredWasserstein(sorted: p, q) / (bandwidth * bandwidth))
  }
  /// Over pairs of different things of one set, each once.
  func within(_ set: [[Double]]) -> Double {
    var sum = 0.0
    for i in set.indices { for j in 0..<i { sum += kernel(set[i], set[j]) } }
    return sum
  }
  var between = 0.0
  for p in x { for q in y { between += kernel(p, q) } }
  return 2 * within(x) / (n * (n - 1)) + 2 * within(y) / (m * (m - 1)) - 2 * between / (n * m)
}

private func sortedNumbers(_ things: [[Double]], _ name: String) -> [[Double]] {
  guard things.count >= 2 else {
    trap("squaredMMD", "\(name): needs at least 2 things to compare, not \(things.count)")
  }
  for (place, numbers) in things.enumerated() {
    guard !numbers.isEmpty, numbers.allSatisfy(\.isFinite) else {
      trap("squaredMMD", "\(name): thing \(place) needs at least one number, and all must be finite")
    }
  }
  return things.map { $0.sorted() }
}
