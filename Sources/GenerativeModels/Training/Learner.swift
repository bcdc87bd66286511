public import TensorCore

/// A model in training: its networks, their optimizers, and what one step does with a batch.
///
/// A ``Trainer`` drives any learner, whatever the number of networks behind it.
public protocol Learner {
  /// Learns from one batch.
  ///
  /// - Parameters:
  ///   - batch: rows of the training data.
  ///   - random: for whatever the step draws: noise, time steps, corruption.
  /// - Throws: a ``TrainingError`` when a number stops being finite.
  mutating func learn(from batch: Tensor, using random: inout RandomGenerator) throws(TrainingError) -> StepReport
}

/// What one step has to say.
public struct StepReport: Sendable, Equatable {
  /// The loss on the step's batch, before the step.
  public var loss: Float
  /// The length of all gradients as one vector before any clipping, where the step has computed it.
  public var gradientNorm: Float?

  public init(loss: Float, gradientNorm: Float? = nil) {
    self.loss = loss
    self.gradientNorm = gradientNorm
  }
}

/// Why training had to stop.
public enum TrainingError: Error, Sendable, Equatable, CustomStringConvertible {
  /// A number is NaN or infinite: in which tensor, found at which step, counted from 0.
  case notFinite(tensor: String, step: Int)
  /// The data have no rows to learn from, or are not rows.
  case unusableData(shape: [Int])

  public var description: String {
    switch self {
    case .notFinite(let tensor, let step):
      "training stopped at step " + String(step) + ": " + tensor + " holds a number that is NaN or infinite\n"
        + "  lower the learning rate, limit the gradients, or look for such numbers in the data"
    case .unusableData(let shape):
      "cannot train on data of the shape " + describe(shape) + "\n  give at least one row: [rows, ...]"
    }
  }
}
