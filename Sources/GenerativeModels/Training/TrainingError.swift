internal import TensorCore

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
