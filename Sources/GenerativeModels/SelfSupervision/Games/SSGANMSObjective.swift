public import Autodiff
internal import NeuralNetworks
public import TensorCore

/// The game of SSGAN-MS (Tran et al. 2019, arXiv 1911.06997): the transformation's classifier has one more class, for
/// generated rows.
///
///     L_D = L_D(GAN) + beta E_k [-E_{p_d} log Q(k | T_k(x)) - E_{p_g} log Q(K | T_k(x))]
///     L_G = L_G(GAN) + alpha E_k E_{p_g} [-log Q(k | T_k(x)) + log Q(K | T_k(x))]
///
/// The discriminator has 1 + K + 1 logits: "real", one for each transformation, and "generated". A generator that makes
/// one row alone can still excel at the pretext task.
public struct SSGANMSObjective<T: Transformations>: AdversarialObjective {
  public let loss: AdversarialLoss
  public let transformations: T
  public let use: TransformationUse
  /// The weight of the generator's part.
  public let alpha: Float
  /// The weight of the discriminator's part.
  public let beta: Float

  /// Traps when a weight is negative.
  public init(
    _ loss: AdversarialLoss = .nonSaturating, transformations: T, use: TransformationUse = .every, alpha: Float = 0.2,
    beta: Float = 1
  ) {
    requireWeights("SSGANMSObjective", alpha, beta)
    self.loss = loss
    self.transformations = transformations
    self.use = use
    self.alpha = alpha
    self.beta = beta
  }

  public func discriminatorLoss<D: Discriminator>(
    _ discriminator: inout D, real: Tensor, fake: Variable, using random: inout RandomGenerator
  ) -> Variable {
    require(discriminator, outputs: transformations.count + 2, "SSGANMSObjective")
    let upright = Variable(constant: real)
    let transformed = transformations.applied(to: upright, use: use)
    let transformedFake = transformations.applied(to: fake, use: use)
    let logits = judge(&discriminator, [upright, fake, transformed.rows, transformedFake.rows])
    let generated = [Int](repeating: transformations.count, count: transformedFake.labels.count)
    return loss.discriminator(real: logits[0].realness, fake: logits[1].realness)
      + (crossEntropy(logits: logits[2].columns(from: 1), labels: transformed.labels)
        + crossEntropy(logits: logits[3].columns(from: 1), labels: generated)) * beta
  }

  public func generatorLoss<D: Discriminator>(
    _ discriminator: D, fake: Variable, using random: inout RandomGenerator
  ) -> Variable {
    let transformed = transformations.applied(to: fake, use: use)
    let game = loss.generator(fake: discriminator(fake).realness)
    let logits = discriminator(transformed.rows).columns(from: 1)
    let generated = [Int](repeating: transformations.count, count: transformed.labels.count)
    return game + logOdds(logits, of: generated, against: transformed.labels).mean() * alpha
  }
}

/// log Q(a_i) - log Q(b_i) for each row i of logits: the logits' difference, as the softmax's denominators cancel.
func logOdds(_ logits: Variable, of first: [Int], against second: [Int]) -> Variable {
  let classes = logits.shape[1]
  let signs = Tensor(oneHot: first, classes: classes) - Tensor(oneHot: second, classes: classes)
  return (logits * signs).sum(axis: 1)
}
