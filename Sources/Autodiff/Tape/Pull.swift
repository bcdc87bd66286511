package import TensorCore

/// What a pullback works with: the gradient that arrives, its operands, and where its results go.
///
/// A pullback is written once, in operations on variables. In an ordinary backward pass those variables are constants
/// and nothing is recorded; when the gradient itself has to be differentiated they are tracked, and the very same
/// pullback leaves a graph behind.
package struct Pull {
  /// The gradient of the final scalar with respect to this node's result.
  package let upstream: Variable
  /// Whether the gradient will itself be differentiated. A pullback with a fused shortcut may take it when false.
  package let isDifferentiable: Bool
  private let node: Node

  init(node: Node, upstream: Variable, isDifferentiable: Bool) {
    self.node = node
    self.upstream = upstream
    self.isDifferentiable = isDifferentiable
  }

  /// Whether anyone wants the gradient of that operand.
  package func needs(_ index: Int) -> Bool { node.operands[index]?.mark.isNeeded ?? false }

  /// The value of an operand as a variable again, tracked if the gradient is to be differentiated.
  package func input(_ index: Int, _ value: Tensor) -> Variable {
    Variable(value: value, node: isDifferentiable ? node.operands[index] : nil)
  }

  /// The value of the node's own result as a variable again.
  package func output(_ value: Tensor) -> Variable {
    Variable(value: value, node: isDifferentiable ? node : nil)
  }

  /// Adds a contribution to the gradient of an operand.
  package func add(_ gradient: Variable, to index: Int) {
    guard let operand = node.operands[index], operand.mark.isNeeded else { return }
    guard let present = operand.mark.gradient.take() else {
      operand.mark.gradient = gradient
      return
    }
    operand.mark.gradient =
      isDifferentiable ? present + gradient : Variable(constant: sum(consume present, gradient.value))
  }
}

/// a + b, in a's memory where nobody else looks at it.
private func sum(_ a: consuming Variable, _ b: Tensor) -> Tensor {
  var total = a.value
  a = Variable(constant: b)
  total += b
  return total
}
