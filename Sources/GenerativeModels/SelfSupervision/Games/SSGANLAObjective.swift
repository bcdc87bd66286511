public import Autodiff
internal import NeuralNetworks
public import TensorCore

/// The game of SSGAN-LA (Hou et al. 2021, arXiv 2106.08601): one classifier of 2 K classes says at once which
/// transformation a row has been through and whether it is real.
///
///     L_D = E_k [-E_{p_d} log D(k, real | T_k(x)) - E_{p_g} log D(k, generated | T_k(x))]
///     L_G = E_k E_{p_g} [-log D(k, real | T_k(x)) + log D(k, generated | T_k(x))]
///
/// The best classifier is proportional to the transformed densities, so that the generator minimizes the mean over k of
/// KL(p_g^{T_k} || p_d^{T_k}), whose optimum is p_g = p_d. The discriminator has 2 K logits: k real for k = 0 ..< K,
/// then k generated.
public struct SSGANLAObjective<T: Transformations>: AdversarialObjective {
  public let transformations: T
  public let use: TransformationUse

  public init(transformations: T, use: TransformationUse = .every) {
    self.transformations = transformations
    self.use = use
  }

  public func discriminatorLoss<D: Discriminator>(
    _ discriminator: inout D, real: Tensor, fake: Variable, using random: inout RandomGenerator
  ) -> Variable {
    require(discriminator, outputs: 2 * transformations.count, "SSGANLAObjective")
    let transformed = transformations.applied(to: Variable(constant: real), use: use)
    let transformedFake = transformations.applied(to: fake, use: use)
    let logits = judge(&discriminator, [transformed.rows, transformedFake.rows])
    return crossEntropy(logits: logits[0], labels: transformed.labels)
      + crossEntropy(logits: logits[1], labels: generated(transformedFake.labels))
  }

  public func generatorLoss<D: Discriminator>(
    _ discriminator: D, fake: Variable, using random: inout RandomGenerator
  ) -> Variable {
    let transformed = transformations.applied(to: fake, use: use)
    return logOdds(discriminator(transformed.rows), of: generated(transformed.labels), against: transformed.labels)
      .mean()
  }

  private func generated(_ labels: [Int]) -> [Int] { labels.map { $0 + transformations.count } }
}
