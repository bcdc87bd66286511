internal import TensorCore

extension PrincipalComponents {
  /// sigma^2 of probabilistic principal component analysis: the mean of the discarded eigenvalues; 0 when all are kept.
  public var residualVariance: Double {
    let discarded = eigenvalues.count - count
    return discarded == 0 ? 0 : discardedVariance / Double(discarded)
  }

  /// The largest mean log-likelihood of the data under probabilistic principal component analysis with k latent
  /// dimensions, x = W z + m + sigma eps with z and eps standard normal (Tipping and Bishop 1999, equations 4, 7 and 8):
  ///
  ///     -1/2 (d ln 2 pi + sum_{j <= k} ln w_j + (d - k) ln sigma^2 + d)
  ///
  /// in nats for one row, with w the eigenvalues of the covariance. A linear variational autoencoder with one learned
  /// variance can reach this number and no more (Lucas et al. 2019, arXiv 1911.02469).
  ///
  /// Traps when no variance is left to discard: the density is infinite then.
  public var maximumLogLikelihood: Double {
    guard count < eigenvalues.count, residualVariance > 0, eigenvalues[count - 1] > 0 else {
      trap(
        "PrincipalComponents.maximumLogLikelihood",
        "count: needs some variance beyond the \(count) directions kept; keep fewer")
    }
    var sum = Double(eigenvalues.count) * (log(2 * Double.pi) + 1)
    for value in eigenvalues.prefix(count) { sum += log(value) }
    sum += Double(eigenvalues.count - count) * log(residualVariance)
    return -sum / 2
  }
}
