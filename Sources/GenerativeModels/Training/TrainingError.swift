internal import TensorCore

/// Why training had to stop.
public enum TrainingError: Error, Sendable, Equatable, CustomStringConvertible {
  /// A number is NaN or infinite: in which tensor, found at which step, counted from 0.
  case notFinite(tensor: String, step: Int)
  /// The data have no rows to learn from, or are not rows.
  case unusableData(shape: [Int])
  /// A row of the data, the first of its kind, holds NaN or infinity.
  case rowNotFinite(argument: String, row: Int)
  /// There is nothing to tell apart: all labels are the same.
  case oneClass(argument: String, label: Int, count: Int)
  /// A class below the largest label has no rows.
  case emptyClass(argument: String, label: Int)

  public var description: String {
    switch self {
    case .notFinite(let tensor, let step):
      "training stopped at step " + String(step) + ": " + tensor + " holds a number that is NaN or infinite\n"
        + "  lower the learning rate, limit the gradients, or look for such numbers in the data"
    case .unusableData(let shape):
      "cannot train on data of the shape " + describe(shape) + "\n  give at least one row: [rows, ...]"
    case .rowNotFinite(let argument, let row):
      "cannot train: row " + String(row) + " of " + argument + " holds a number that is NaN or infinite\n"
        + "  remove such rows first"
    case .oneClass(let argument, let label, let count):
      "cannot train: all " + String(count) + " of " + argument + " are of one class, " + String(label) + "\n"
        + "  give rows of at least two classes"
    case .emptyClass(let argument, let label):
      "cannot train: none of " + argument + " is of class " + String(label) + "\n"
        + "  give rows of every class, and count classes from 0 without gaps"
    }
  }
}
