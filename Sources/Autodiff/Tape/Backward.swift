internal import TensorCore

/// One backward pass: orders the nodes between an output and the wanted leaves, and pulls the gradient back.
struct Backward {
  /// Operands before results.
  private var order: [Node] = []
  private let targets: [Node?]

  /// Sorts the graph topologically, with an explicit stack: the depth of a graph is bounded by memory alone.
  init(from output: Node, to targets: [Node?]) {
    self.targets = targets
    for target in targets { target?.isNeeded = true }
    var stack: [(node: Node, next: Int)] = [(output, 0)]
    // Marks a node as entered; its place in the order overwrites the mark.
    output.slot = Int.max
    while let top = stack.last {
      if top.next < top.node.inputs.count {
        stack[stack.count - 1].next += 1
        if let input = top.node.inputs[top.next], input.slot < 0 {
          input.slot = Int.max
          stack.append((input, 0))
        }
      } else {
        stack.removeLast()
        for case let input? in top.node.inputs where input.isNeeded { top.node.isNeeded = true }
        top.node.slot = order.count
        order.append(top.node)
      }
    }
  }

  /// Runs every needed pullback once, results before operands, and returns the targets' gradients: nil for a target
  /// that the output does not depend on.
  ///
  /// - Parameters:
  ///   - seed: the gradient of the output with respect to itself.
  ///   - isDifferentiable: whether the gradients are recorded too.
  ///   - isConsuming: whether each pullback, with the tensors it holds, is dropped after use.
  consuming func run(seed: Variable, isDifferentiable: Bool, isConsuming: Bool) -> [Variable?] {
    var gradients = [Variable?](repeating: nil, count: order.count)
    gradients[order.count - 1] = seed
    for slot in stride(from: order.count - 1, through: 0, by: -1) {
      let node = order[slot]
      guard node.isNeeded, !node.inputs.isEmpty, let upstream = gradients[slot] else { continue }
      guard let pullback = node.takePullback(consuming: isConsuming) else {
        trap("gradient", "this graph has been differentiated already, by valueAndGradient, which uses it up")
      }
      // Unless the node is itself a target its gradient is not needed any more.
      var isTarget = false
      for target in targets where target === node { isTarget = true }
      if !isTarget { gradients[slot] = nil }
      var pull = Pull(node: node, upstream: upstream, isDifferentiable: isDifferentiable, gradients: gradients)
      gradients = []
      pullback(&pull)
      gradients = pull.finish()
    }
    let found = targets.map { target -> Variable? in
      guard let target, target.slot >= 0 else { return nil }
      return gradients[target.slot]
    }
    for node in order {
      node.slot = -1
      node.isNeeded = false
    }
    for target in targets { target?.isNeeded = false }
    return found
  }
}
