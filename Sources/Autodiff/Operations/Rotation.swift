internal import TensorCore

extension Variable {
  /// Images turned counterclockwise by quarters; see `Tensor.rotated(quarterTurns:)`. Going back, the gradient is turned
  /// the other way.
  public func rotated(quarterTurns: Int) -> Variable {
    .recorded(value.rotated(quarterTurns: quarterTurns), from: self) { pull in
      pull.add(pull.upstream.rotated(quarterTurns: -quarterTurns), to: 0)
    }
  }
}
