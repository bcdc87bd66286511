public import Autodiff
internal import TensorCore

/// One more feature for every row: how much the rows of its group differ from one another, the mean over all features
/// of sqrt(Var + 1e-8), the variance taken over the group (Karras et al. 2018, arXiv 1710.10196, section 3).
///
/// A generator that repeats itself makes this number small, and the discriminator sees it.
public struct MinibatchStandardDeviation: Sendable, Hashable {
  /// The rows of a group; nil for the whole batch.
  public let group: Int?

  /// Traps when a group has fewer than two rows.
  public init(group: Int? = nil) {
    if let group, group < 2 {
      trap("MinibatchStandardDeviation", "a group needs at least 2 rows, not " + String(group))
    }
    self.group = group
  }

  /// `[n, width]` to `[n, width + 1]`: groups are consecutive rows. Traps when the groups do not fill the batch.
  public func callAsFunction(_ x: Variable) -> Variable {
    guard x.shape.count == 2 else {
      trap("MinibatchStandardDeviation", "needs features [n, width], not " + describe(x.shape))
    }
    let (count, width) = (x.shape[0], x.shape[1])
    let size = group ?? count
    guard count > 0, count % size == 0 else {
      trap(
        "MinibatchStandardDeviation", "groups of " + String(size) + " rows do not fill a batch of " + String(count))
    }
    let groups = x.reshaped(to: [count / size, size, width])
    let centered = groups - groups.mean(axis: 1, keepingDimension: true)
    let deviation = sqrt(square(centered).mean(axis: 1) + 1e-8).mean(axis: 1, keepingDimension: true)
    let column = deviation.reshaped(to: [count / size, 1, 1]).broadcast(to: [count / size, size, 1])
    return .concatenated([x, column.reshaped(to: [count, 1])], axis: 1)
  }
}
