public import TensorCore

extension GaussianMixture {
  /// The mixture after noise: the density of x_t = sqrt(abar) x_0 + sqrt(1 - abar) eps, eps ~ N(0, I), which is a
  /// mixture again, with means sqrt(abar) mu_k and variances abar s_k^2 + 1 - abar (Ho et al. 2020, arXiv 2006.11239,
  /// equation 4, applied to each component).
  ///
  /// - Parameter alphaBar: abar in 0...1, the share of the signal's variance that is left: 1 leaves the mixture as
  ///   it is, 0 makes every component N(0, I).
  ///
  /// Traps when `alphaBar` lies outside 0...1.
  public func diffused(alphaBar: Double) -> GaussianMixture {
    checkAlphaBar(alphaBar, "GaussianMixture.diffused")
    let signal = alphaBar.squareRoot()
    return GaussianMixture(
      centers: centers.map { signal * $0 }, dimension: dimension,
      standardDeviations: standardDeviations.map { (alphaBar * $0 * $0 + (1 - alphaBar)).squareRoot() },
      weights: weights)
  }

  /// The best denoiser: E[x_0 | x_t] for data of this mixture, `[n, d]` to `[n, d]`.
  ///
  /// With V_k = abar s_k^2 + 1 - abar and the noised mixture's responsibilities r_k,
  /// E[x_0 | x_t] = sum_k r_k (mu_k + sqrt(abar) s_k^2 / V_k (x_t - sqrt(abar) mu_k)), which equals
  /// (x_t + (1 - abar) score) / sqrt(abar) (Tweedie's formula) and does not divide by sqrt(abar).
  ///
  /// - Parameters:
  ///   - points: x_t, `[n, d]`.
  ///   - alphaBar: abar in 0...1.
  ///
  /// Traps when `alphaBar` lies outside 0...1, or the points are not d wide or not finite.
  public func denoised(_ points: Tensor, alphaBar: Double) -> Tensor {
    checkAlphaBar(alphaBar, "GaussianMixture.denoised")
    check(points, "GaussianMixture.denoised")
    let noised = diffused(alphaBar: alphaBar)
    let signal = alphaBar.squareRoot()
    let gains = (0..<componentCount).map { k in
      let variance = noised.standardDeviations[k] * noised.standardDeviations[k]
      return signal * standardDeviations[k] * standardDeviations[k] / variance
    }
    return Tensor(shape: points.shape) { target in
      noised.forEachPoint(points) { row, joint in
        for axis in 0..<dimension {
          var sum = 0.0
          for k in 0..<componentCount where joint.terms[k] > 0 {
            let place = k * dimension + axis
            let residual = Double(joint.point[axis]) - noised.centers[place]
            sum += joint.terms[k] * (centers[place] + gains[k] * residual)
          }
          target[row * dimension + axis] = Float(sum / joint.total)
        }
      }
    }
  }

  /// The noise that the best denoiser predicts: E[eps | x_t] = -sqrt(1 - abar) grad log p_t(x_t), with the score of
  /// the noised mixture; `[n, d]` to `[n, d]`.
  ///
  /// Traps when `alphaBar` lies outside 0...1, or the points are not d wide or not finite.
  public func expectedNoise(_ points: Tensor, alphaBar: Double) -> Tensor {
    checkAlphaBar(alphaBar, "GaussianMixture.expectedNoise")
    return diffused(alphaBar: alphaBar).score(points) * Float(-(1 - alphaBar).squareRoot())
  }

  private func checkAlphaBar(_ alphaBar: Double, _ operation: String) {
    guard alphaBar >= 0, alphaBar <= 1 else {
      trap(operation, "alphaBar: must lie in 0...1, not " + alphaBar.description)
    }
  }
}
