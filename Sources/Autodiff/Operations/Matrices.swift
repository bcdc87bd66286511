public import TensorCore

/// The matrix product a b, either factor transposed on the way: `[m, k] [k, n]` to `[m, n]`.
///
/// With y = a b and the upstream gradient g: a gets g b^T, b gets a^T g, and correspondingly with transposes.
public func matmul(_ a: Variable, _ b: Variable, transposeA: Bool = false, transposeB: Bool = false) -> Variable {
  .recorded(matmul(a.value, b.value, transposeA: transposeA, transposeB: transposeB), from: a, b) {
    [aValue = a.value, bValue = b.value] pull in
    let upstream = pull.upstream
    if pull.needs(0) {
      let b = pull.input(1, bValue)
      pull.add(
        transposeA
          ? matmul(b, upstream, transposeA: transposeB, transposeB: true)
          : matmul(upstream, b, transposeB: !transposeB), to: 0)
    }
    if pull.needs(1) {
      let a = pull.input(0, aValue)
      pull.add(
        transposeB
          ? matmul(upstream, a, transposeA: true, transposeB: transposeA)
          : matmul(a, upstream, transposeA: !transposeA), to: 1)
    }
  }
}

/// A dense layer, activation(input weight + bias), fused forward and backward.
///
/// The activation is applied while each tile of the product is in registers; going back, its derivative, the bias's
/// gradient and the two products take one pass each. Where the gradient is itself to be differentiated, the pullback
/// falls back on elementary operations.
///
/// - Parameters:
///   - input: `[batch, in]`.
///   - weight: `[in, out]`.
///   - bias: `[out]`.
public func linear(
  _ input: Variable, weight: Variable, bias: Variable, activation: Activation = .identity
) -> Variable {
  let result = linear(
    input: input.value, weight: weight.value, bias: bias.value, activation: activation,
    keepsSlope: input.isTracked || weight.isTracked || bias.isTracked)
  return .recorded(result.output, from: input, weight, bias) {
    [x = input.value, w = weight.value, b = bias.value] pull in
    guard !pull.isDifferentiable else {
      return differentiablePull(pull, x, w, b, result.output, activation)
    }
    guard pull.needs(1) || pull.needs(2) else {
      // A frozen layer: only the input's gradient is wanted.
      let gradient = linearInputGradient(
        upstream: pull.upstream.value, weight: w, result: result, activation: activation)
      return pull.add(Variable(constant: gradient), to: 0)
    }
    let gradients = linearBackward(
      upstream: pull.upstream.value, input: x, weight: w, result: result, activation: activation,
      needsInputGradient: pull.needs(0))
    if let gradient = gradients.input { pull.add(Variable(constant: gradient), to: 0) }
    pull.add(Variable(constant: gradients.weight), to: 1)
    pull.add(Variable(constant: gradients.bias), to: 2)
  }
}

private func differentiablePull(
  _ pull: Pull, _ x: Tensor, _ w: Tensor, _ b: Tensor, _ output: Tensor, _ activation: Activation
) {
  let input = pull.input(0, x)
  let weight = pull.input(1, w)
  var delta = pull.upstream
  switch activation {
  case .identity: break
  default:
    // The preactivation is computed anew where it is needed: it must carry its history to be differentiated.
    let argument =
      activation.derivativeNeedsInput ? matmul(input, weight) + pull.input(2, b) : pull.output(output)
    delta = delta * activation.derivative(of: argument)
  }
  if pull.needs(0) { pull.add(matmul(delta, weight, transposeB: true), to: 0) }
  if pull.needs(1) { pull.add(matmul(input, delta, transposeA: true), to: 1) }
  if pull.needs(2) { pull.add(delta.sum(axis: 0), to: 2) }
}
