public import TensorCore

/// How the weights of a layer are drawn before training. Fans are the numbers of a unit's inputs and outputs.
public enum Initializer: Sendable, Hashable {
  /// Uniform in -1/sqrt(fanIn) ... 1/sqrt(fanIn): what PyTorch's `Linear` and `Conv2d` do.
  case standard
  /// Uniform with the variance 2 / (fanIn + fanOut), for tanh and sigmoid (Glorot and Bengio 2010).
  case xavierUniform
  /// Normal with the variance 2 / (fanIn + fanOut).
  case xavierNormal
  /// Uniform with the variance 2 / fanIn, for rectifiers (He et al., arXiv 1502.01852).
  case kaimingUniform
  /// Normal with the variance 2 / fanIn.
  case kaimingNormal
  /// Normal with the given standard deviation, as the early GANs are initialized.
  case normal(standardDeviation: Float)
  /// All 0.
  case zeros

  /// Draws a tensor.
  public func callAsFunction(
    shape: [Int], fanIn: Int, fanOut: Int, using random: inout RandomGenerator
  ) -> Tensor {
    guard fanIn > 0, fanOut > 0 else {
      trap("Initializer", "fans must be positive, not " + String(fanIn) + " and " + String(fanOut))
    }
    let (own, both) = (1 / Double(fanIn), 1 / Double(fanIn + fanOut))
    switch self {
    case .standard: return uniform(bound: own.squareRoot(), shape, &random)
    case .xavierUniform: return uniform(bound: (6 * both).squareRoot(), shape, &random)
    case .xavierNormal: return random.normal(shape: shape, standardDeviation: Float((2 * both).squareRoot()))
    case .kaimingUniform: return uniform(bound: (6 * own).squareRoot(), shape, &random)
    case .kaimingNormal: return random.normal(shape: shape, standardDeviation: Float((2 * own).squareRoot()))
    case .normal(let deviation): return random.normal(shape: shape, standardDeviation: deviation)
    case .zeros: return Tensor(zeros: shape)
    }
  }

  /// Draws a layer's offsets: like its weights for ``standard``, as PyTorch does, else 0.
  func bias(_ count: Int, fanIn: Int, fanOut: Int, using random: inout RandomGenerator) -> Tensor {
    self == .standard
      ? self(shape: [count], fanIn: fanIn, fanOut: fanOut, using: &random) : Tensor(zeros: [count])
  }

  private func uniform(bound: Double, _ shape: [Int], _ random: inout RandomGenerator) -> Tensor {
    random.uniform(shape: shape, in: Float(-bound)..<Float(bound))
  }
}
