/// What a denoising network is trained to say about x_t = sqrt(abar) x_0 + sqrt(1 - abar) epsilon.
///
/// The three are the same knowledge: given x_t each follows from each other.
public enum PredictionTarget: String, Sendable, Hashable, CaseIterable {
  /// The noise, epsilon (Ho et al. 2020, arXiv 2006.11239).
  case epsilon
  /// The data, x_0.
  case x0
  /// v = sqrt(abar) epsilon - sqrt(1 - abar) x_0, which stays of the size of x_t at both ends (Salimans and Ho 2022,
  /// arXiv 2202.00512).
  case v
}

/// The variance of a reverse step, p(x_(t-1) | x_t) = N(mu, sigma_t^2 I).
public enum ReverseVariance: String, Sendable, Hashable, CaseIterable {
  /// sigma_t^2 = beta_t, the best one for data from N(0, I).
  case fixedLarge
  /// sigma_t^2 = beta~_t, the best one for data that are a single point; at t = 1, where that is 0, beta_1.
  case fixedSmall
  /// Between the two, exp(v ln beta_t + (1 - v) ln beta~_t) for each dimension, with v = (o + 1) / 2 of the network's
  /// second half of outputs o (Improved DDPM, arXiv 2102.09672, equation 15 and its published code).
  case learned
}
