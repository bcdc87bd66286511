package import TensorCore

/// One step of a computation: which nodes its operands came from, and how a gradient travels back to them.
///
/// Edges point from results to operands only, and a pullback holds tensors, never nodes: neither its own, which would
/// be a cycle under reference counting, nor its operands', which would make freeing a long chain recursive.
package final class Node {
  /// Where the operands came from; nil for a constant operand. Empty for a leaf.
  private(set) var inputs: [Node?]
  /// Turns the gradient of the result into those of the operands; nil for a leaf, or once it has been used up.
  private var pullback: ((inout Pull) -> Void)?

  // Scratch for one backward pass; see `Backward`.
  var slot = -1
  var isNeeded = false

  /// A leaf.
  init() {
    inputs = []
    pullback = nil
  }

  init(inputs: [Node?], pullback: @escaping (inout Pull) -> Void) {
    self.inputs = inputs
    self.pullback = pullback
  }

  /// The pullback; `consuming` also lets go of it and of the tensors that it holds.
  func takePullback(consuming: Bool) -> ((inout Pull) -> Void)? {
    let taken = pullback
    if consuming { pullback = nil }
    return taken
  }

  deinit {
    if inputs.isEmpty { return }
    // Left to itself, freeing a chain would nest one call per link and overflow the stack on a deep graph.
    var pending = inputs
    inputs = []
    while var entry = pending.popLast() {
      if isKnownUniquelyReferenced(&entry), let node = entry, !node.inputs.isEmpty {
        pending.append(contentsOf: node.inputs)
        node.inputs = []
      }
    }
  }
}

extension Variable {
  /// Wraps an operation's value and, if any operand is tracked, records how to go back.
  ///
  /// - Parameter pullback: must capture tensors only, no variable and no node.
  @inline(__always)
  package static func recorded(
    _ value: Tensor, from inputs: Variable..., pullback: @escaping (inout Pull) -> Void
  ) -> Variable {
    recorded(value, from: inputs, pullback: pullback)
  }

  package static func recorded(
    _ value: Tensor, from inputs: [Variable], pullback: @escaping (inout Pull) -> Void
  ) -> Variable {
    var isTracked = false
    for input in inputs where input.node != nil { isTracked = true }
    guard isTracked else { return Variable(constant: value) }
    return Variable(value: value, node: Node(inputs: inputs.map(\.node), pullback: pullback))
  }
}
