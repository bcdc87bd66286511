public import TensorCore

/// A normalization, activation((x - m) / sqrt(v + epsilon) weight + bias) with the mean m and the variance v of sets of
/// numbers of x, fused forward and backward; see
/// `TensorCore.normalization(input:weight:bias:sets:epsilon:activation:)`.
///
/// - Parameters:
///   - x: as many numbers as `sets` describes, in any shape.
///   - weight, bias: `[channels]`.
///   - sets: which numbers share a mean.
/// - Returns: the result, of the shape of x; m and v, `[batch, groups]`.
public func normalized(
  _ x: Variable, weight: Variable, bias: Variable, sets: NormalizationSets, epsilon: Float,
  activation: Activation = .identity
) -> (result: Variable, mean: Tensor, variance: Tensor) {
  let found = normalization(
    input: x.value, weight: weight.value, bias: bias.value, sets: sets, epsilon: epsilon, activation: activation)
  let result = Variable.recorded(found.output, from: x, weight, bias) {
    [x = x.value, w = weight.value, b = bias.value] pull in
    guard !pull.isDifferentiable else {
      return differentiablePull(pull, x, w, b, found.output, sets, epsilon, activation)
    }
    let gradients = normalizationBackward(
      upstream: pull.upstream.value, input: x, weight: w, bias: b, sets: sets, result: found, activation: activation)
    pull.add(Variable(constant: gradients.input), to: 0)
    pull.add(Variable(constant: gradients.weight), to: 1)
    pull.add(Variable(constant: gradients.bias), to: 2)
  }
  return (result, found.mean, found.variance)
}

/// The same gradients in elementary operations, mean and deviation with their history.
private func differentiablePull(
  _ pull: Pull, _ x: Tensor, _ w: Tensor, _ b: Tensor, _ output: Tensor, _ sets: NormalizationSets, _ epsilon: Float,
  _ activation: Activation
) {
  let input = pull.input(0, x).reshaped(to: sets.shape)
  let weight = pull.input(1, w)
  let centred = input - average(input, sets)
  let deviation = sqrt(average(square(centred), sets) + epsilon)
  let y = centred / deviation
  var delta = pull.upstream.reshaped(to: sets.shape)
  if activation != .identity {
    let argument =
      activation.derivativeNeedsInput
      ? y * weight + pull.input(2, b) : pull.output(output).reshaped(to: sets.shape)
    delta = delta * activation.derivative(of: argument)
  }
  if pull.needs(0) {
    let g = delta * weight
    let gradient = (g - average(g, sets) - y * average(g * y, sets)) / deviation
    pull.add(gradient.reshaped(to: x.shape), to: 0)
  }
  if pull.needs(1) { pull.add((delta * y).sum(to: w.shape), to: 1) }
  if pull.needs(2) { pull.add(delta.sum(to: b.shape), to: 2) }
}

/// The mean of each number's set, `[batch, 1, channels]`.
private func average(_ x: Variable, _ sets: NormalizationSets) -> Variable {
  let grouped = [sets.batch, sets.groups, sets.channels / sets.groups]
  // Channels first, each over its pixels, and then the few channels of a group: the long sums run along memory.
  let sums = x.sum(axis: 1).reshaped(to: grouped).sum(axis: 2, keepingDimension: true)
  return (sums / Float(sets.count)).broadcast(to: grouped).reshaped(to: [sets.batch, 1, sets.channels])
}
