public import Autodiff
internal import TensorCore

/// Shifts on a line or in space: T_k(x) = x + k step, for k = 0 ..< K.
public struct Shifts: Transformations, Sendable, Hashable {
  public let count: Int
  public let step: Float

  /// Traps when there are fewer than two shifts or the step is 0 or not finite.
  public init(count: Int, step: Float) {
    guard count >= 2, step != 0, step.isFinite else {
      trap(
        "Shifts", "needs two shifts or more and a step other than 0, not " + String(count) + " and " + step.description)
    }
    self.count = count
    self.step = step
  }

  public func callAsFunction(_ x: Variable, _ k: Int) -> Variable {
    check(k, "Shifts")
    return k == 0 ? x : x + Float(k) * step
  }
}
