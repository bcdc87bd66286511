public import Autodiff

/// What becomes of a loss's single terms.
public enum Reduction: Sendable, Hashable {
  /// Their mean over all terms: over batch and dimensions for element-wise losses, over the batch for cross entropy.
  case mean
  /// Their sum.
  case sum
  /// They stay as they are, in the shape of the terms.
  case none

  /// Reduces the terms of a loss.
  public func callAsFunction(_ terms: Variable) -> Variable {
    switch self {
    case .mean: terms.mean()
    case .sum: terms.sum()
    case .none: terms
    }
  }

  /// What the sum of so many terms is divided by; nil where they are not summed.
  func divisor(terms: Int) -> Float? {
    switch self {
    case .mean: Float(terms)
    case .sum: 1
    case .none: nil
    }
  }
}
