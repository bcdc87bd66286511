public import TensorCore

/// A way from noise to data, guided by a denoiser: ``GaussianDiffusion`` and ``FlowMatching``.
public protocol NoiseToData {
  /// How the way is walked.
  associatedtype Method: Sendable

  /// Walks from `start` to data.
  ///
  /// - Parameters:
  ///   - denoiser: trained for this process.
  ///   - start: noise, `[n, ...]`.
  ///   - random: is drawn from only by methods that add noise on the way.
  ///   - observer: is shown every stop, the start first and the samples last.
  func sample<D: Denoiser>(
    _ denoiser: D, from start: Tensor, method: Method, using random: inout RandomGenerator,
    observer: ((SamplingFrame) -> Void)?
  ) -> Tensor

  /// What is usual.
  static var usualMethod: Method { get }
}

extension NoiseToData {
  /// Draws samples.
  ///
  /// - Parameters:
  ///   - shape: of the batch, `[n, ...]`.
  public func sample(
    _ denoiser: some Denoiser, shape: [Int], method: Method = Self.usualMethod, using random: inout RandomGenerator,
    observer: ((SamplingFrame) -> Void)? = nil
  ) -> Tensor {
    let start = random.normal(shape: shape)
    return sample(denoiser, from: start, method: method, using: &random, observer: observer)
  }
}

/// A stop on the way from noise to data.
public struct SamplingFrame: Sendable {
  /// Counted from 0, the noise, to `stepCount`, the samples.
  public let index: Int
  public let stepCount: Int
  /// The time of x: 1 is noise, 0 data.
  public let time: Double
  /// The batch as it is here.
  public let x: Tensor
  /// The estimate of the data by which this stop was reached; nil at the start.
  public let x0: Tensor?
}
