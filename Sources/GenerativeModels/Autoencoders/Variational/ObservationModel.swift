internal import TensorCore

/// p(x | z): how a row scatters around what the decoder says.
public enum ObservationModel: Sendable, Hashable {
  /// Numbers in 0...1, each the probability of a 1: -ln p = -(x ln m + (1 - x) ln(1 - m)), from logits. For numbers
  /// that are not 0 or 1 it is a loss rather than a probability: its integral over 0...1 is not 1 (Loaiza-Ganem and
  /// Cunningham 2019, arXiv 1907.06845), so compare such bounds among themselves only.
  case bernoulli
  /// N(m, s^2 I) with s as given: the squared error divided by 2 s^2, and a constant. A large s makes the divergence
  /// weigh more, just as a beta of s^2 does.
  case gaussian(standardDeviation: Float)
  /// N(m, s^2 I) with one s for all numbers that is learned along (Rybkin et al. 2021, arXiv 2006.13202). It starts at 1.
  case learnedGaussian

  func validate() {
    guard case .gaussian(let deviation) = self else { return }
    guard deviation > 0, deviation.isFinite else {
      trap(
        "ObservationModel.gaussian", "standardDeviation: must be above 0 and finite, not " + deviation.description)
    }
  }
}
