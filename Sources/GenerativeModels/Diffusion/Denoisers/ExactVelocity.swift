public import Distributions
public import TensorCore

/// The best velocity field of flow matching for a mixture: E[noise - x_0 | x_t] on the path x_t = (1 - t) x_0 + t noise.
///
/// Divided by sqrt((1 - t)^2 + t^2) the path is that of a diffusion with abar = (1 - t)^2 / ((1 - t)^2 + t^2), so the
/// mixture's closed forms answer here too.
public struct ExactVelocity: Denoiser {
  public let mixture: GaussianMixture

  public init(_ mixture: GaussianMixture) { self.mixture = mixture }

  public func predict(_ x: Tensor, time: Double) -> Tensor {
    let square = (1 - time) * (1 - time) + time * time
    let alphaBar = (1 - time) * (1 - time) / square
    let scaled = x / Float(square.squareRoot())
    return mixture.expectedNoise(scaled, alphaBar: alphaBar) - mixture.denoised(scaled, alphaBar: alphaBar)
  }
}
