public import Autodiff
public import TensorCore

/// Dropout: while training each number is set to 0 with a probability p, and the others are divided by 1 - p, so that
/// the expected value stays (Srivastava et al. 2014, JMLR 15). In evaluation it does nothing.
public struct Dropout: Sendable, Hashable {
  /// p.
  public let probability: Float

  /// Traps when the probability lies outside 0..<1.
  public init(_ probability: Float) {
    guard (0..<1).contains(probability) else {
      trap("Dropout", "the probability must lie in 0..<1, but is " + probability.description)
    }
    self.probability = probability
  }

  /// The thinned numbers, of the shape of x. Random numbers are drawn in training only.
  public func callAsFunction(_ x: Variable, phase: Phase, using random: inout RandomGenerator) -> Variable {
    guard phase == .training, probability > 0 else { return x }
    let kept = random.uniform(shape: x.shape) .>= probability
    return x * (kept / (1 - probability))
  }
}
