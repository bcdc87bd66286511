public import Autodiff
internal import NeuralNetworks
public import TensorCore

/// A normal distribution for each row, with independent dimensions: N(mu, diag(sigma^2)), what the encoder of a
/// variational autoencoder says about a row's code.
public struct DiagonalGaussian {
  /// mu, `[n, k]`.
  public var mean: Variable
  /// ln sigma^2, `[n, k]`.
  public var logVariance: Variable

  /// Traps when the shapes differ.
  public init(mean: Variable, logVariance: Variable) {
    guard mean.shape == logVariance.shape else {
      trap(
        "DiagonalGaussian",
        "mean and logVariance: need one shape, not " + describe(mean.shape) + " and " + describe(logVariance.shape))
    }
    self.mean = mean
    self.logVariance = logVariance
  }

  /// A draw as a function of the parameters, mu + sigma * noise, so that gradients reach them (Kingma and Welling 2014,
  /// arXiv 1312.6114, section 2.4).
  ///
  /// - Parameter noise: standard normal numbers, `[n, k]`. Traps on another shape.
  public func sample(noise: Tensor) -> Variable {
    mean.value.requireSameShape(noise, "DiagonalGaussian.sample")
    return mean + exp(logVariance * 0.5) * noise
  }

  /// KL(N(mu, sigma^2) || N(0, 1)) = 1/2 (mu^2 + sigma^2 - 1 - ln sigma^2) of each dimension, in nats: `[n, k]`. The sum
  /// along a row is the row's divergence from N(0, I) (arXiv 1312.6114, appendix B).
  public var divergences: Variable { (square(mean) + exp(logVariance) - logVariance - 1) * 0.5 }
}
