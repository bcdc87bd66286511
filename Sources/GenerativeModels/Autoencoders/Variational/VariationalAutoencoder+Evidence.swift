internal import Autodiff
internal import NeuralNetworks
public import TensorCore

extension VariationalAutoencoder {
  /// The bound of rows, split and for each row. Terms are summed in Double.
  ///
  /// - Parameters:
  ///   - rows: x, `[n, width]`.
  ///   - draws: how many z are drawn for each row to estimate the reconstruction.
  ///
  /// Traps when there is no row, the rows are not `width` wide or do not suit the observation model, or there are no
  /// draws.
  public func evidenceBound(of rows: Tensor, draws: Int = 1, using random: inout RandomGenerator) -> EvidenceBound {
    requireObservable(rows, "VariationalAutoencoder.evidenceBound")
    requireDraws(draws, "draws", "VariationalAutoencoder.evidenceBound")
    var (reconstructions, divergences): ([Double], [Double]) = ([], [])
    forEachBlock(of: rows) { block in
      let posterior = posterior(Variable(constant: block))
      divergences += divergenceTerms(of: posterior).map { $0.reduce(0, +) }
      var sums = [Double](repeating: 0, count: block.shape[0])
      for _ in 0..<draws {
        let noise = random.normal(shape: [block.shape[0], latentWidth])
        let found = negativeLogLikelihoods(of: block, given: posterior.sample(noise: noise))
        for row in sums.indices { sums[row] += found[row] }
      }
      reconstructions += sums.map { $0 / Double(draws) }
    }
    return EvidenceBound(dimensions: width, reconstructions: reconstructions, divergences: divergences)
  }

  /// A tighter bound, the importance-weighted one (Burda et al. 2016, arXiv 1509.00519, equation 8):
  ///
  ///     ln p(x) >= E ln 1/k sum_i p(x | z_i) p(z_i) / q(z_i | x),   z_1, ..., z_k ~ q(z | x)
  ///
  /// It grows with k, from the ELBO at k = 1 towards ln p(x), and with thousands of draws it is the usual estimate of it.
  ///
  /// - Parameters:
  ///   - rows: x, `[n, width]`.
  ///   - draws: k. Memory does not grow with it.
  /// - Returns: -ln p(x), as far as it is known, for each row in nats.
  ///
  /// Traps as ``evidenceBound(of:draws:using:)`` does.
  public func negativeLogLikelihoods(
    of rows: Tensor, draws: Int, using random: inout RandomGenerator
  ) -> [Double] {
    requireObservable(rows, "VariationalAutoencoder.negativeLogLikelihoods")
    requireDraws(draws, "draws", "VariationalAutoencoder.negativeLogLikelihoods")
    var result: [Double] = []
    forEachBlock(of: rows) { block in
      let posterior = posterior(Variable(constant: block))
      var totals = [LogSum](repeating: LogSum(), count: block.shape[0])
      for _ in 0..<draws {
        let noise = random.normal(shape: [block.shape[0], latentWidth])
        let weights = logWeights(of: block, under: posterior, noise: noise)
        for row in totals.indices { totals[row].add(weights[row]) }
      }
      for total in totals { result.append(log(Double(draws)) - total.logarithm) }
    }
    return result
  }

  /// How much of the code is in use, over rows. Traps when there is no row or the rows are not `width` wide.
  public func latentUse(of rows: Tensor) -> LatentUse {
    requireObservable(rows, "VariationalAutoencoder.latentUse")
    var costs = [Double](repeating: 0, count: latentWidth)
    forEachBlock(of: rows) { block in
      for terms in divergenceTerms(of: posterior(Variable(constant: block))) {
        for place in costs.indices { costs[place] += terms[place] }
      }
    }
    let count = Double(rows.shape[0])
    let activities = encode(rows).variance(axis: 0).scalars.map { Double($0) }
    return LatentUse(divergences: costs.map { $0 / count }, activities: activities)
  }

  /// -ln p(x | z) of each row.
  private func negativeLogLikelihoods(of rows: Tensor, given codes: Variable) -> [Double] {
    let output = decoder(codes)
    if case .bernoulli = observation {
      let terms = binaryCrossEntropy(logits: output, targets: rows, reduction: .none).value
      return rowSums(terms) { Double($0) }
    }
    let scale = exp(-logVariance) / 2
    let constant = Double(width) / 2 * (logVariance + log(2 * Double.pi))
    return rowSums(output.value - rows) { Double($0) * Double($0) }.map { $0 * scale + constant }
  }

  /// ln p(x | z) + ln p(z) - ln q(z | x) of each row, for z = mu + sigma noise; the last two together are the sum of
  /// (noise^2 - z^2 + ln sigma^2)/2.
  package func logWeights(of rows: Tensor, under posterior: DiagonalGaussian, noise: Tensor) -> [Double] {
    let codes = posterior.sample(noise: noise)
    let squares = rowSums(noise) { Double($0) * Double($0) }
    let others = rowSums(codes.value) { Double($0) * Double($0) }
    let logs = rowSums(posterior.logVariance.value) { Double($0) }
    let misses = negativeLogLikelihoods(of: rows, given: codes)
    return misses.indices.map { (squares[$0] - others[$0] + logs[$0]) / 2 - misses[$0] }
  }

  /// KL(q || N(0, 1)) of each row and dimension.
  private func divergenceTerms(of posterior: DiagonalGaussian) -> [[Double]] {
    posterior.mean.value.withUnsafeScalars { means in
      posterior.logVariance.value.withUnsafeScalars { logs in
        (0..<means.count / latentWidth).map { row in
          (row * latentWidth..<(row + 1) * latentWidth).map { index in
            let (mean, log) = (Double(means[index]), Double(logs[index]))
            // e^l - 1 - l loses nothing to cancellation this way, where l is near 0.
            return (mean * mean + (expm1(log) - log)) / 2
          }
        }
      }
    }
  }

  private func forEachBlock(of rows: Tensor, _ body: (Tensor) -> Void) {
    let size = 512
    for start in stride(from: 0, to: rows.shape[0], by: size) {
      body(rows.rows(start..<min(start + size, rows.shape[0])))
    }
  }

  /// Traps unless there are rows of the right width that p(x | z) is defined for.
  func requireObservable(_ rows: Tensor, _ operation: String) {
    requireRows(rows.shape, "rows", width: width, operation)
    guard rows.shape[0] > 0 else { trap(operation, "rows: needs at least one row, not " + describe(rows.shape)) }
    guard case .bernoulli = observation else { return }
    rows.withUnsafeScalars { scalars in
      for scalar in scalars where scalar < 0 || scalar > 1 {
        trap(
          operation,
          "rows: a Bernoulli decoder takes numbers in 0...1, but they hold " + scalar.description
            + "; scale them, or use a Gaussian one")
      }
    }
  }

  private func requireDraws(_ draws: Int, _ name: String, _ operation: String) {
    guard draws >= 1 else { trap(operation, name + ": needs at least 1, not " + String(draws)) }
  }
}

/// The sums of a function along the rows of a matrix, in Double.
@inline(__always)
private func rowSums(_ matrix: Tensor, _ term: (Float) -> Double) -> [Double] {
  let width = matrix.shape[1]
  return matrix.withUnsafeScalars { scalars in
    (0..<matrix.shape[0]).map { row in
      var sum = 0.0
      for index in row * width..<(row + 1) * width { sum += term(scalars[index]) }
      return sum
    }
  }
}

/// ln sum e^w of numbers that come one by one, without overflow.
private struct LogSum {
  private var largest = -Double.infinity
  private var sum = 0.0

  mutating func add(_ weight: Double) {
    if weight > largest {
      sum = sum * exp(largest - weight) + 1
      largest = weight
    } else {
      sum += exp(weight - largest)
    }
  }

  var logarithm: Double { largest + log(sum) }
}
