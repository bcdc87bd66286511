public import TensorCore

/// A tensor that remembers how it was computed, so that gradients can be taken through it.
///
/// Operations on variables compute their value at once and, when an operand is tracked, leave a ``Node`` behind that
/// knows how to pull a gradient back from the result to the operands. A variable without a node is a constant:
/// operations on constants record nothing.
public struct Variable {
  /// The value itself.
  public private(set) var value: Tensor
  package let node: Node?

  /// A leaf: a point at which gradients can be taken.
  public init(_ value: Tensor) {
    self.value = value
    node = Node()
  }

  /// A value through which no gradient flows: data, targets, noise.
  public init(constant value: Tensor) {
    self.value = value
    node = nil
  }

  package init(value: Tensor, node: Node?) {
    self.value = value
    self.node = node
  }

  /// Whether gradients flow through this variable.
  public var isTracked: Bool { node != nil }

  public var shape: [Int] { value.shape }

  /// Changes a constant's value in place, where nobody else holds it: the way in for optimizers. Traps on a tracked
  /// variable, whose graph would no longer agree with its value.
  package mutating func update(_ body: (inout Tensor) -> Void) {
    guard node == nil else { trap("Variable.update", "a tracked variable of shape " + describe(shape) + " is fixed") }
    body(&value)
  }

  /// The same value as a constant: no gradient flows back through it (PyTorch's `detach`).
  public var stopGradient: Variable { Variable(constant: value) }
}

/// The same value as a constant: no gradient flows back through the result.
public func stopGradient(_ variable: Variable) -> Variable { variable.stopGradient }
