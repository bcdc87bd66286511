internal import TensorCore

/// One backward pass: orders the nodes between an output and the wanted variables, and pulls the gradient back.
///
/// What it needs to know of a node it notes at the node itself (``Node/Mark``), which costs no look-up.
struct Backward {
  private let output: Node
  private let targets: [Variable]
  /// Operands before results; leaves are left out, since nothing is pulled back through them.
  private var order: [Node] = []

  /// Sorts the graph topologically, with an explicit stack: the depth of a graph is bounded by memory alone.
  init(from output: Node, to targets: [Variable]) {
    self.output = output
    self.targets = targets
    for target in targets {
      target.node?.mark.isTarget = true
      target.node?.mark.isNeeded = true
    }
    if output.isLeaf { return }
    output.mark.isSorted = true
    var stack = [output]
    while let node = stack.last {
      let place = node.mark.followed
      if place < node.operands.count {
        node.mark.followed = place + 1
        guard let operand = node.operands[place], !operand.isLeaf, !operand.mark.isSorted else { continue }
        operand.mark.isSorted = true
        stack.append(operand)
      } else {
        stack.removeLast()
        for place in 0..<node.operands.count where node.operands[place]?.mark.isNeeded == true {
          node.mark.leadsOn = true
          node.mark.isNeeded = true
        }
        order.append(node)
      }
    }
  }

  /// Runs every needed pullback once, results before operands, and returns the targets' gradients.
  ///
  /// - Parameters:
  ///   - seed: the gradient of the output with respect to itself.
  ///   - isDifferentiable: whether the gradients are recorded too.
  ///   - isConsuming: whether each pullback, with the tensors it holds, is dropped after use.
  consuming func run(seed: Variable, isDifferentiable: Bool, isConsuming: Bool) -> [Variable] {
    output.mark.gradient = seed
    for node in order.reversed() where node.mark.leadsOn {
      // Unless the node is itself a target its gradient is not needed any more.
      guard let upstream = node.mark.isTarget ? node.mark.gradient : node.mark.gradient.take() else { continue }
      guard let pullback = node.takePullback(consuming: isConsuming) else {
        trap("gradient", "this graph has been differentiated already, by valueAndGradient, which uses it up")
      }
      pullback(Pull(node: node, upstream: upstream, isDifferentiable: isDifferentiable))
    }
    let found = targets.map { $0.node?.mark.gradient ?? zeroGradient(of: $0) }
    output.mark = Node.Mark()
    for node in order { node.mark = Node.Mark() }
    for target in targets { target.node?.mark = Node.Mark() }
    return found
  }
}
