public import TensorCore

/// Something that says, of a batch with noise in it, what its diffusion's ``PredictionTarget`` was.
///
/// A trained ``DenoisingNetwork`` is one; so are the exact answer for a mixture (``ExactDenoiser``) and a network under
/// guidance (``GuidedDenoiser``). Samplers and bounds take any.
public protocol Denoiser {
  /// The prediction for a batch.
  ///
  /// - Parameters:
  ///   - x: the noisy batch, `[n, ...]`.
  ///   - time: how far all rows are on their way from the data, 0, to the noise, 1: t / T.
  /// - Returns: a batch of the shape of x; with ``ReverseVariance/learned`` the last axis is twice as long, and its
  ///   second half is what the variance follows from.
  func predict(_ x: Tensor, time: Double) -> Tensor
}
