public import TensorCore

// The convolution, its input gradient and its weight gradient are three views of one trilinear form, the sum of
// input weight upstream over everything that meets. So each one's gradients are the two others, to any order.

/// A 2-D convolution layer, activation(input * weight + bias), fused forward and backward; see
/// `TensorCore.conv2d(input:weight:bias:activation:stride:padding:)`.
///
/// - Parameters:
///   - input: `[batch, height, width, in]`.
///   - weight: `[kernel height, kernel width, in, out]`.
///   - bias: `[out]`; or `[batch, out]`, one for each image; or none.
public func conv2d(
  _ input: Variable, weight: Variable, bias: Variable? = nil, activation: Activation = .identity, stride: Int = 1,
  padding: Int = 0
) -> Variable {
  let result = conv2d(
    input: input.value, weight: weight.value, bias: bias?.value, activation: activation, stride: stride,
    padding: padding, keepsSlope: input.isTracked || weight.isTracked || bias?.isTracked == true)
  let bias = bias ?? Variable(constant: Tensor(zeros: [weight.shape[3]]))
  return .recorded(result.output, from: input, weight, bias) {
    [x = input.value, w = weight.value, b = bias.value] pull in
    guard !pull.isDifferentiable else {
      return differentiablePull(pull, x, w, b, result.output, activation, stride, padding)
    }
    guard pull.needs(1) || pull.needs(2) else {
      // A frozen layer: only the input's gradient is wanted.
      let gradient = conv2dInputGradient(
        upstream: result.gradient(pull.upstream.value, activation), weight: w, inputShape: x.shape, stride: stride,
        padding: padding)
      return pull.add(Variable(constant: gradient), to: 0)
    }
    let gradients = conv2dBackward(
      upstream: pull.upstream.value, input: x, weight: w, result: result, activation: activation, stride: stride,
      padding: padding, hasImageBias: b.rank == 2, needsInputGradient: pull.needs(0))
    if let gradient = gradients.input { pull.add(Variable(constant: gradient), to: 0) }
    pull.add(Variable(constant: gradients.weight), to: 1)
    pull.add(Variable(constant: gradients.bias), to: 2)
  }
}

private func differentiablePull(
  _ pull: Pull, _ x: Tensor, _ w: Tensor, _ b: Tensor, _ output: Tensor, _ activation: Activation,
  _ stride: Int, _ padding: Int
) {
  let input = pull.input(0, x)
  let weight = pull.input(1, w)
  var delta = pull.upstream
  if activation != .identity {
    // The preactivation is computed anew where it is needed: it must carry its history to be differentiated.
    let argument =
      activation.derivativeNeedsInput
      ? conv2d(input, weight: weight, bias: pull.input(2, b), stride: stride, padding: padding) : pull.output(output)
    delta = delta * activation.derivative(of: argument)
  }
  if pull.needs(0) {
    pull.add(inputGradient(delta, weight, shape: x.shape, stride: stride, padding: padding), to: 0)
  }
  if pull.needs(1) { pull.add(weightGradient(input, delta, kernel: w.shape, stride: stride, padding: padding), to: 1) }
  if pull.needs(2) {
    let sums = delta.sum(axis: 1).sum(axis: 1)
    pull.add(b.rank == 2 ? sums : sums.sum(axis: 0), to: 2)
  }
}

/// A transposed 2-D convolution layer, activation(adjoint + bias) with the adjoint of a convolution, fused forward and
/// backward; see `TensorCore.convTransposed2d(input:weight:bias:activation:stride:padding:outputPadding:keepsSlope:)`.
///
/// - Parameters:
///   - input: `[batch, height, width, in]`.
///   - weight: `[kernel height, kernel width, out, in]`.
///   - bias: `[out]`, or none.
public func convTransposed2d(
  _ input: Variable, weight: Variable, bias: Variable? = nil, activation: Activation = .identity, stride: Int = 1,
  padding: Int = 0, outputPadding: Int = 0
) -> Variable {
  let result = convTransposed2d(
    input: input.value, weight: weight.value, bias: bias?.value, activation: activation, stride: stride,
    padding: padding, outputPadding: outputPadding,
    keepsSlope: input.isTracked || weight.isTracked || bias?.isTracked == true)
  let bias = bias ?? Variable(constant: Tensor(zeros: [weight.shape[2]]))
  return .recorded(result.output, from: input, weight, bias) {
    [x = input.value, w = weight.value, b = bias.value] pull in
    guard !pull.isDifferentiable else {
      return differentiableTransposedPull(pull, x, w, b, result.output, activation, stride, padding)
    }
    guard pull.needs(1) || pull.needs(2) else {
      // A frozen layer: only the input's gradient is wanted.
      let delta = result.gradient(pull.upstream.value, activation)
      let gradient = conv2d(input: delta, weight: w, stride: stride, padding: padding, keepsSlope: false).output
      return pull.add(Variable(constant: gradient), to: 0)
    }
    let gradients = convTransposed2dBackward(
      upstream: pull.upstream.value, input: x, weight: w, result: result, activation: activation, stride: stride,
      padding: padding, needsInputGradient: pull.needs(0))
    if let gradient = gradients.input { pull.add(Variable(constant: gradient), to: 0) }
    pull.add(Variable(constant: gradients.weight), to: 1)
    pull.add(Variable(constant: gradients.bias), to: 2)
  }
}

private func differentiableTransposedPull(
  _ pull: Pull, _ x: Tensor, _ w: Tensor, _ b: Tensor, _ output: Tensor, _ activation: Activation,
  _ stride: Int, _ padding: Int
) {
  let input = pull.input(0, x)
  let weight = pull.input(1, w)
  var delta = pull.upstream
  if activation != .identity {
    // The preactivation is computed anew where it is needed: it must carry its history to be differentiated.
    let argument =
      activation.derivativeNeedsInput
      ? inputGradient(input, weight, shape: output.shape, stride: stride, padding: padding) + pull.input(2, b)
      : pull.output(output)
    delta = delta * activation.derivative(of: argument)
  }
  if pull.needs(0) { pull.add(conv2d(delta, weight: weight, stride: stride, padding: padding), to: 0) }
  if pull.needs(1) { pull.add(weightGradient(delta, input, kernel: w.shape, stride: stride, padding: padding), to: 1) }
  if pull.needs(2) { pull.add(delta.sum(axis: 0).sum(axis: 0).sum(axis: 0), to: 2) }
}

/// The convolution's adjoint in its input.
private func inputGradient(
  _ upstream: Variable, _ weight: Variable, shape: [Int], stride: Int, padding: Int
) -> Variable {
  let value = conv2dInputGradient(
    upstream: upstream.value, weight: weight.value, inputShape: shape, stride: stride, padding: padding)
  return .recorded(value, from: upstream, weight) { [u = upstream.value, w = weight.value] pull in
    if pull.needs(0) {
      pull.add(conv2d(pull.upstream, weight: pull.input(1, w), stride: stride, padding: padding), to: 0)
    }
    if pull.needs(1) {
      pull.add(
        weightGradient(pull.upstream, pull.input(0, u), kernel: w.shape, stride: stride, padding: padding), to: 1)
    }
  }
}

/// The convolution's adjoint in its weight.
private func weightGradient(
  _ input: Variable, _ upstream: Variable, kernel: [Int], stride: Int, padding: Int
) -> Variable {
  let value = conv2dWeightGradient(
    upstream: upstream.value, input: input.value, kernelHeight: kernel[0], kernelWidth: kernel[1], stride: stride,
    padding: padding)
  return .recorded(value, from: input, upstream) { [x = input.value, u = upstream.value] pull in
    if pull.needs(0) {
      pull.add(
        inputGradient(pull.input(1, u), pull.upstream, shape: x.shape, stride: stride, padding: padding), to: 0)
    }
    if pull.needs(1) {
      pull.add(conv2d(pull.input(0, x), weight: pull.upstream, stride: stride, padding: padding), to: 1)
    }
  }
}
