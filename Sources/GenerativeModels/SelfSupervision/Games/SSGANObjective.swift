public import Autodiff
internal import NeuralNetworks
public import TensorCore

/// The game of SSGAN (Chen et al. 2019, arXiv 1811.11212): the discriminator also has to say which transformation a row
/// has been through.
///
///     L_D = L_D(GAN) - beta E_{x ~ p_d, k} log Q(k | T_k(x))
///     L_G = L_G(GAN) - alpha E_{x ~ p_g, k} log Q(k | T_k(x))
///
/// Real or generated is judged on rows as they are, and the transformation is learned on real rows only; the generator
/// helps by making rows whose transformation shows. The discriminator has 1 + K logits: the first for "real", then one
/// for each transformation, which together make Q by softmax.
public struct SSGANObjective<T: Transformations>: AdversarialObjective {
  public let loss: AdversarialLoss
  public let penalty: GradientPenalty?
  public let transformations: T
  public let use: TransformationUse
  /// The weight of the generator's part; 0.2 in the paper.
  public let alpha: Float
  /// The weight of the discriminator's part; 1 in the paper.
  public let beta: Float

  /// Traps when a weight is negative.
  public init(
    _ loss: AdversarialLoss = .nonSaturating, penalty: GradientPenalty? = nil, transformations: T,
    use: TransformationUse = .every, alpha: Float = 0.2, beta: Float = 1
  ) {
    requireWeights("SSGANObjective", alpha, beta)
    self.loss = loss
    self.penalty = penalty
    self.transformations = transformations
    self.use = use
    self.alpha = alpha
    self.beta = beta
  }

  public func discriminatorLoss<D: Discriminator>(
    _ discriminator: inout D, real: Tensor, fake: Variable, using random: inout RandomGenerator
  ) -> Variable {
    require(discriminator, outputs: 1 + transformations.count, "SSGANObjective")
    let count = real.shape[0]
    let transformed = transformations.applied(to: Variable(constant: real), use: use)
    // The untransformed rows are among the transformed ones where every row meets every transformation.
    let upright = use == .every ? [] : [Variable(constant: real)]
    let logits = judge(&discriminator, [transformed.rows, fake] + upright)
    let realLogits = use == .every ? logits[0].rows(0..<count) : logits[2]
    let game = loss.discriminator(real: realLogits.realness, fake: logits[1].realness)
    let pretext = crossEntropy(logits: logits[0].columns(from: 1), labels: transformed.labels)
    let total = game + pretext * beta
    guard let penalty else { return total }
    let judge = discriminator
    return total + penalty(real: real, fake: fake.value, using: &random) { judge($0).realness }
  }

  public func generatorLoss<D: Discriminator>(
    _ discriminator: D, fake: Variable, using random: inout RandomGenerator
  ) -> Variable {
    let transformed = transformations.applied(to: fake, use: use)
    let count = fake.shape[0]
    let all = use == .every ? transformed.rows : .concatenated([fake, transformed.rows], axis: 0)
    let logits = discriminator(all)
    let start = use == .every ? 0 : count
    let pretext = crossEntropy(
      logits: logits.rows(start..<logits.shape[0]).columns(from: 1), labels: transformed.labels)
    return loss.generator(fake: logits.rows(0..<count).realness) + pretext * alpha
  }
}

extension Variable {
  /// The first logit of every row, whether it is real: `[n, 1]`.
  var realness: Variable { slice(axis: 1, 0..<1) }

  /// The logits from a column on.
  func columns(from start: Int) -> Variable { slice(axis: 1, start..<shape[1]) }
}

func requireWeights(_ operation: String, _ alpha: Float, _ beta: Float) {
  guard alpha >= 0, beta >= 0, alpha.isFinite, beta.isFinite else {
    trap(operation, "alpha and beta must be 0 or more, but are " + alpha.description + " and " + beta.description)
  }
}

func require(_ discriminator: some Discriminator, outputs: Int, _ operation: String) {
  guard discriminator.outputWidth == outputs else {
    trap(
      operation,
      "needs a discriminator of " + String(outputs) + " logits, but this one has " + String(discriminator.outputWidth))
  }
}
