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
  private var gradients: [Variable?]

  init(node: Node, upstream: Variable, isDifferentiable: Bool, gradients: consuming [Variable?]) {
    self.node = node
    self.upstream = upstream
    self.isDifferentiable = isDifferentiable
    self.gradients = gradients
  }

  /// Whether anyone wants the gradient of that operand.
  package func needs(_ index: Int) -> Bool { node.inputs[index]?.isNeeded ?? false }

  /// The value of an operand as a variable again, tracked if the gradient is to be differentiated.
  package func input(_ index: Int, _ value: Tensor) -> Variable {
    Variable(value: value, node: isDifferentiable ? node.inputs[index] : nil)
  }

  /// The value of the node's own result as a variable again.
  package func output(_ value: Tensor) -> Variable {
    Variable(value: value, node: isDifferentiable ? node : nil)
  }

  /// Adds a contribution to the gradient of an operand.
  package mutating func add(_ gradient: Variable, to index: Int) {
    guard let input = node.inputs[index], input.isNeeded else { return }
    let slot = input.slot
    guard let present = gradients[slot] else {
      gradients[slot] = gradient
      return
    }
    if isDifferentiable {
      gradients[slot] = present + gradient
    } else {
      gradients[slot] = nil
      gradients[slot] = Variable(constant: sum(consume present, gradient.value))
    }
  }

  /// The gradients gathered so far.
  consuming func finish() -> [Variable?] { gradients }
}

/// a + b, in a's memory where nobody else looks at it.
private func sum(_ a: consuming Variable, _ b: Tensor) -> Tensor {
  var total = a.value
  a = Variable(constant: b)
  total += b
  return total
}
