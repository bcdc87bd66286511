public import Autodiff
internal import TensorCore

/// What the two players of a generative adversarial network minimize, as functions of the discriminator's logits: l(x)
/// of real rows, l(G(z)) of generated ones. D = sigmoid(l) is the probability of being real where there is one.
///
/// ```swift
/// let loss = AdversarialLoss.nonSaturating
/// let (dLoss, dGradients) = valueAndGradient(at: discriminator) { D in
///   loss.discriminator(real: D(x), fake: D(generator(z)))
/// }
/// ```
public enum AdversarialLoss: Sendable, Hashable, CaseIterable {
  /// The minimax game (Goodfellow et al. 2014, arXiv 1406.2661, equation 1): the discriminator minimizes
  /// -E log D(x) - E log(1 - D(G(z))), the generator E log(1 - D(G(z))), whose slope vanishes where D is sure.
  case saturating
  /// The same discriminator; the generator minimizes -E log D(G(z)) (same paper, section 3).
  case nonSaturating
  /// 1/2 E (l(x) - 1)^2 + 1/2 E l(G(z))^2, and for the generator 1/2 E (l(G(z)) - 1)^2 (Mao et al. 2017, arXiv
  /// 1611.04076, equation 9).
  case leastSquares
  /// E max(0, 1 - l(x)) + E max(0, 1 + l(G(z))), and for the generator -E l(G(z)) (Lim and Ye 2017, arXiv 1705.02894).
  case hinge
  /// E l(G(z)) - E l(x), and for the generator -E l(G(z)) (Arjovsky et al. 2017, arXiv 1701.07875). It is a distance
  /// only where l is held to a Lipschitz bound, by ``GradientPenalty/wasserstein(weight:)`` or by spectral
  /// normalization.
  case wasserstein

  /// The discriminator's loss: a single number.
  ///
  /// - Parameters:
  ///   - real: l(x), any shape with at least one number.
  ///   - fake: l(G(z)), of any such shape.
  public func discriminator(real: Variable, fake: Variable) -> Variable {
    switch self {
    // -log sigmoid(l) = softplus(-l), and -log(1 - sigmoid(l)) = softplus(l), which do not overflow.
    case .saturating, .nonSaturating: softplus(-real).mean() + softplus(fake).mean()
    case .leastSquares: (square(real - 1).mean() + square(fake).mean()) * 0.5
    case .hinge: relu(1 - real).mean() + relu(1 + fake).mean()
    case .wasserstein: fake.mean() - real.mean()
    }
  }

  /// The generator's loss: a single number.
  public func generator(fake: Variable) -> Variable {
    switch self {
    case .saturating: -softplus(fake).mean()
    case .nonSaturating: softplus(-fake).mean()
    case .leastSquares: square(fake - 1).mean() * 0.5
    case .hinge, .wasserstein: -fake.mean()
    }
  }

  /// The name in words: "non-saturating".
  public var name: String {
    switch self {
    case .saturating: "saturating"
    case .nonSaturating: "non-saturating"
    case .leastSquares: "least squares"
    case .hinge: "hinge"
    case .wasserstein: "Wasserstein"
    }
  }
}
