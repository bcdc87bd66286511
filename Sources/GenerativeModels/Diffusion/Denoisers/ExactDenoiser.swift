public import Distributions
public import TensorCore

/// The best answer there is, for data whose distribution is known: the expectation of the target given x_t.
///
/// For a mixture of Gaussians it has a closed form: E[x_0 | x_t] by Tweedie's formula and E[epsilon | x_t] =
/// -sqrt(1 - abar_t) times the score of the noised mixture. No network can have a smaller expected error.
public struct ExactDenoiser: Denoiser {
  public let mixture: GaussianMixture
  public let diffusion: GaussianDiffusion

  /// Traps where the variance is learned: the expectation says nothing about it.
  public init(_ mixture: GaussianMixture, _ diffusion: GaussianDiffusion) {
    guard diffusion.variance != .learned else {
      trap("ExactDenoiser", "gives no variance; use a diffusion with .fixedSmall or .fixedLarge")
    }
    self.mixture = mixture
    self.diffusion = diffusion
  }

  public func predict(_ x: Tensor, time: Double) -> Tensor {
    let t = diffusion.schedule.step(at: time)
    let alphaBar = diffusion.schedule.alphaBar(t)
    switch diffusion.target {
    case .epsilon: return mixture.expectedNoise(x, alphaBar: alphaBar)
    case .x0: return mixture.denoised(x, alphaBar: alphaBar)
    case .v:
      let (a, s) = diffusion.amplitudes(t)
      return mixture.expectedNoise(x, alphaBar: alphaBar) * Float(a)
        - mixture.denoised(x, alphaBar: alphaBar) * Float(s)
    }
  }
}
