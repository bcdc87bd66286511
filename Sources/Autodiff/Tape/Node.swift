package import TensorCore

/// One step of a computation: which nodes its operands came from, and how a gradient travels back to them.
///
/// Edges point from results to operands only, and a pullback holds tensors, never nodes: neither its own, which would
/// be a cycle under reference counting, nor its operands', which would make freeing a long chain recursive.
package final class Node {
  private(set) var operands: Operands
  /// Turns the gradient of the result into those of the operands; nil for a leaf, or once it has been used up.
  private var pullback: ((Pull) -> Void)?

  /// Scratch for one backward pass; see `Backward`.
  var mark = Mark()

  /// A leaf.
  init() {
    operands = Operands()
    pullback = nil
  }

  init(operands: Operands, pullback: @escaping (Pull) -> Void) {
    self.operands = operands
    self.pullback = pullback
  }

  var isLeaf: Bool { operands.count == 0 }

  /// The pullback; `consuming` also lets go of it and of the tensors that it holds.
  func takePullback(consuming: Bool) -> ((Pull) -> Void)? {
    consuming ? pullback.take() : pullback
  }

  deinit {
    if isLeaf { return }
    // Left to itself, freeing a chain would nest one call per link and overflow the stack on a deep graph.
    var orphans: [Node] = []
    operands.release(into: &orphans)
    while let node = orphans.popLast() { node.operands.release(into: &orphans) }
  }

  /// What a backward pass notes at a node, and takes away again before it ends.
  struct Mark {
    /// What has arrived so far of the gradient with respect to this node.
    var gradient: Variable?
    /// Whether the gradient is asked for: a target, or a node on the way to one.
    var isNeeded = false
    var isTarget = false
    /// Whether some operand's gradient is needed.
    var leadsOn = false
    /// Whether the sort has come by, and how many of the operands it has followed.
    var isSorted = false
    var followed = 0
  }
}

extension Variable {
  /// Wraps an operation's value and, if its operand is tracked, records how to go back.
  ///
  /// - Parameter pullback: must capture tensors only, no variable and no node.
  @inline(__always)
  package static func recorded(
    _ value: Tensor, from input: Variable, pullback: @escaping (Pull) -> Void
  ) -> Variable {
    if input.node == nil { return Variable(constant: value) }
    return Variable(value: value, node: Node(operands: Operands(input.node), pullback: pullback))
  }

  /// The same for an operation of two operands.
  @inline(__always)
  package static func recorded(
    _ value: Tensor, from a: Variable, _ b: Variable, pullback: @escaping (Pull) -> Void
  ) -> Variable {
    if a.node == nil && b.node == nil { return Variable(constant: value) }
    return Variable(value: value, node: Node(operands: Operands(a.node, b.node), pullback: pullback))
  }

  /// The same for an operation of three operands.
  @inline(__always)
  package static func recorded(
    _ value: Tensor, from a: Variable, _ b: Variable, _ c: Variable, pullback: @escaping (Pull) -> Void
  ) -> Variable {
    if a.node == nil && b.node == nil && c.node == nil { return Variable(constant: value) }
    return Variable(value: value, node: Node(operands: Operands(a.node, b.node, c.node), pullback: pullback))
  }

  /// The same for an operation of any number of operands.
  package static func recorded(
    _ value: Tensor, from inputs: [Variable], pullback: @escaping (Pull) -> Void
  ) -> Variable {
    guard inputs.contains(where: { $0.node != nil }) else { return Variable(constant: value) }
    return Variable(value: value, node: Node(operands: Operands(inputs.map { $0.node }), pullback: pullback))
  }
}
