public import TensorCore

/// The dense layers of a multilayer perceptron, `h_i = f_i(h_(i-1) W_i + b_i)`, as one operation, fused forward and
/// backward.
///
/// The numbers are those of ``linear(_:weight:bias:activation:)``, layer by layer. Where the gradient is itself to be
/// differentiated, the pullback falls back on elementary operations.
///
/// - Parameters:
///   - input: `h_0`, `[batch, in]`.
///   - weights: `W_i`, each `[in, out]`.
///   - biases: `b_i`, each `[out]`.
///   - activation: `f_i` of every layer but the last.
///   - outputActivation: `f_i` of the last layer.
///
/// Traps when the shapes do not fit.
public func perceptron(
  _ input: Variable, weights: [Variable], biases: [Variable], activation: Activation,
  outputActivation: Activation = .identity
) -> Variable {
  let network = Perceptron(
    weights: weights.map { $0.value }, biases: biases.map { $0.value }, activation: activation,
    outputActivation: outputActivation)
  let areParametersTracked = weights.contains { $0.isTracked } || biases.contains { $0.isTracked }
  guard input.isTracked || areParametersTracked else { return Variable(constant: network(input.value)) }
  let result = network.forward(input.value)
  let pullback = PerceptronPullback(network: network, input: input.value, result: result)
  return .recorded(result.output, from: [input] + weights + biases) { pullback($0) }
}

private struct PerceptronPullback {
  let network: Perceptron
  let input: Tensor
  let result: PerceptronResult

  private var count: Int { network.weights.count }
  private func weightPlace(_ layer: Int) -> Int { 1 + layer }
  private func biasPlace(_ layer: Int) -> Int { 1 + count + layer }
  private func activation(of layer: Int) -> Activation {
    layer == count - 1 ? network.outputActivation : network.activation
  }

  func callAsFunction(_ pull: Pull) {
    let needsParameters = (1..<1 + 2 * count).contains { pull.needs($0) }
    if pull.isDifferentiable { return differentiable(pull, needsParameters: needsParameters) }
    let gradients = network.backward(
      upstream: pull.upstream.value, input: input, result: result, needsInput: pull.needs(0),
      needsParameters: needsParameters)
    if let gradient = gradients.input { pull.add(Variable(constant: gradient), to: 0) }
    for (layer, gradient) in gradients.weights.enumerated() {
      pull.add(Variable(constant: gradient), to: weightPlace(layer))
    }
    for (layer, gradient) in gradients.biases.enumerated() {
      pull.add(Variable(constant: gradient), to: biasPlace(layer))
    }
  }

  /// The same in operations on variables.
  private func differentiable(_ pull: Pull, needsParameters: Bool) {
    // What lies between the layers carries no history of its own: it is computed anew, unless only its signs matter.
    let hidden = needsParameters || !hasConstantSlopes ? forward(pull) : nil
    var delta = pull.upstream
    for layer in (0..<count).reversed() {
      let activation = activation(of: layer)
      if activation != .identity {
        let saved = Variable(constant: result.outputs[layer])
        let argument = activation.derivativeNeedsInput ? hidden?[layer].sum : hidden?[layer].output
        delta = delta * activation.derivative(of: argument ?? saved)
      }
      if pull.needs(weightPlace(layer)), let below = layer == 0 ? pull.input(0, input) : hidden?[layer - 1].output {
        pull.add(matmul(below, delta, transposeA: true), to: weightPlace(layer))
      }
      if pull.needs(biasPlace(layer)) { pull.add(delta.sum(axis: 0), to: biasPlace(layer)) }
      if layer > 0 || pull.needs(0) {
        delta = matmul(delta, pull.input(weightPlace(layer), network.weights[layer]), transposeB: true)
      }
    }
    pull.add(delta, to: 0)
  }

  /// Whether each activation's derivative depends on signs alone, which the outputs tell.
  private var hasConstantSlopes: Bool {
    [network.activation, network.outputActivation].allSatisfy { activation in
      switch activation {
      case .identity, .relu: true
      case .leakyRelu: !activation.derivativeNeedsInput
      case .silu, .tanh, .sigmoid, .gelu, .softplus: false
      }
    }
  }

  /// Each layer's weighted sum and output, with their history.
  private func forward(_ pull: Pull) -> [(sum: Variable, output: Variable)] {
    var layers: [(sum: Variable, output: Variable)] = []
    var x = pull.input(0, input)
    for layer in 0..<count {
      let weight = pull.input(weightPlace(layer), network.weights[layer])
      let sum = matmul(x, weight) + pull.input(biasPlace(layer), network.biases[layer])
      x = activation(of: layer)(sum)
      layers.append((sum, x))
    }
    return layers
  }
}
