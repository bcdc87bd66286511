public import TensorCore

/// The gradients of a scalar with respect to variables that it was computed from.
///
/// - Parameters:
///   - output: a variable of one element.
///   - inputs: leaves (``Variable/init(_:)``) or intermediate results. One that `output` does not depend on has the
///     gradient zero.
///   - isDifferentiable: whether the gradients are recorded as a computation of their own, so that a function of them
///     (a gradient penalty, a Hessian-vector product) can be differentiated in turn.
/// - Returns: one gradient for each input, of the input's shape, in order.
///
/// Traps when `output` has more than one element.
public func gradient(
  of output: Variable, withRespectTo inputs: [Variable], isDifferentiable: Bool = false
) -> [Variable] {
  gradients(of: output, withRespectTo: inputs, isDifferentiable: isDifferentiable, isConsuming: false)
}

/// The gradient of a scalar with respect to one variable; see ``gradient(of:withRespectTo:isDifferentiable:)``.
public func gradient(
  of output: Variable, withRespectTo input: Variable, isDifferentiable: Bool = false
) -> Variable {
  gradients(of: output, withRespectTo: [input], isDifferentiable: isDifferentiable, isConsuming: false)[0]
}

/// A function's value at a point and its gradient there: f(x) and df/dx.
///
/// - Parameters:
///   - point: x.
///   - function: f, from x to a variable of one element.
/// - Returns: the value, and the gradient in the shape of x.
public func valueAndGradient(
  at point: Tensor, _ function: (Variable) -> Variable
) -> (value: Float, gradient: Tensor) {
  let input = Variable(point)
  let output = function(input)
  let found = gradients(of: output, withRespectTo: [input], isDifferentiable: false, isConsuming: true)
  return (output.value.item, found[0].value)
}

/// A function's value at several points together and its gradients there.
///
/// - Returns: the value, and one gradient for each point, in order.
public func valueAndGradient(
  at points: [Tensor], _ function: ([Variable]) -> Variable
) -> (value: Float, gradients: [Tensor]) {
  let inputs = points.map { Variable($0) }
  let output = function(inputs)
  let found = gradients(of: output, withRespectTo: inputs, isDifferentiable: false, isConsuming: true)
  return (output.value.item, found.map { $0.value })
}

/// The gradients; `isConsuming` frees the graph's tensors on the way, so that their memory serves the rest of the pass.
package func gradients(
  of output: Variable, withRespectTo inputs: [Variable], isDifferentiable: Bool, isConsuming: Bool
) -> [Variable] {
  guard output.value.count == 1 else {
    trap("gradient", "the output must be a single number, but has the shape " + describe(output.shape))
  }
  guard let node = output.node else { return inputs.map { zeroGradient(of: $0) } }
  let backward = Backward(from: node, to: inputs)
  let seed = Variable(constant: Tensor(ones: output.shape))
  return backward.run(seed: seed, isDifferentiable: isDifferentiable, isConsuming: isConsuming)
}

/// The gradient of what an output does not depend on.
func zeroGradient(of input: Variable) -> Variable { Variable(constant: Tensor(zeros: input.shape)) }
