public import TensorCore

extension Autoencoder {
  /// What a denoising autoencoder has learned about the density of its damaged data: the score, the direction in which
  /// the density grows,
  ///
  ///     (r(x) - x) / sigma^2  =  grad log p_sigma(x)   for the best r,
  ///
  /// where r is the reconstruction and p_sigma the data's density after noise N(0, sigma^2 I), a Parzen estimate of
  /// it where the data are finitely many points (Vincent 2011, Neural Computation 23; Alain and Bengio, arXiv
  /// 1211.4246, for small sigma). It holds for a network that was trained with the squared error under
  /// ``Corruption/gaussianNoise(standardDeviation:)`` of that very sigma and is wide enough not to lose the input.
  ///
  /// - Parameters:
  ///   - points: x, `[n, width]`: damaged rows, or any places of interest near them.
  ///   - noise: sigma.
  /// - Returns: `[n, width]`.
  ///
  /// Traps when sigma is not above 0, or the points are not as wide as the network's input.
  public func score(at points: Tensor, noise: Float) -> Tensor {
    guard noise > 0, noise.isFinite else {
      trap(
        "Autoencoder.score",
        "noise: the deviation that the network was trained with must be above 0, not " + noise.description)
    }
    return (reconstruct(points) - points) / (noise * noise)
  }
}
