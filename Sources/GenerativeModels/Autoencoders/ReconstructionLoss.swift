public import Autodiff
public import TensorCore

/// How far a reconstruction is from what it should be.
///
/// Which one is minimized decides what the network says when it cannot know: the squared error's optimum is the mean
/// of the possible answers, the absolute error's is their median.
public enum ReconstructionLoss: Sendable, Hashable {
  /// The mean over all numbers of |a - b|.
  case l1
  /// The mean over all numbers of (a - b)^2.
  case l2

  /// The loss of a batch of reconstructions: a single number. Traps when the shapes differ.
  public func callAsFunction(_ reconstruction: Variable, _ target: Tensor) -> Variable {
    switch self {
    case .l1: meanAbsoluteError(reconstruction, target)
    case .l2: meanSquaredError(reconstruction, target)
    }
  }
}
