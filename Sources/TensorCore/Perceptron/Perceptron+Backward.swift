/// The gradients of a perceptron.
public struct PerceptronGradients: Sendable {
  /// `[batch, in]`; nil when it was not asked for.
  public var input: Tensor?
  /// One for each layer, `[in, out]`; empty when they were not asked for.
  public var weights: [Tensor]
  /// One for each layer, `[out]`; empty when the weights' were not asked for.
  public var biases: [Tensor]
}

extension Perceptron {
  /// The backward pass.
  ///
  /// With `g_i` the gradient of `h_i` and `d_i = g_i f_i'`: `W_i` gets `h_(i-1)^T d_i`, `b_i` the column sums of `d_i`,
  /// and `g_(i-1) = d_i W_i^T`. A band of rows goes back through all layers at once, each product multiplied by the next
  /// layer's slope while its tile is in the nearest cache; then all parameters' gradients are one job. The numbers are
  /// those of ``linearBackward(upstream:input:weight:result:activation:needsInputGradient:)``, layer by layer.
  ///
  /// - Parameters:
  ///   - upstream: the gradient with respect to the output, `[batch, out]`.
  ///   - input: what ``forward(_:)`` was given.
  ///   - result: what it gave.
  ///   - needsInput: whether the gradient with respect to the input is wanted.
  ///   - needsParameters: whether those with respect to the weights and biases are.
  public func backward(
    upstream: Tensor, input: Tensor, result: PerceptronResult, needsInput: Bool = true, needsParameters: Bool = true
  ) -> PerceptronGradients {
    upstream.requireSameShape(result.output, "Perceptron.backward")
    let rows = input.shape[0]
    if !isSmall || rows == 0 || hasEmptyLayer {
      return backwardByLayers(
        upstream: upstream, input: input, result: result, needsInput: needsInput, needsParameters: needsParameters)
    }
    let pass = PerceptronBackward(self, upstream: upstream, input: input, result: result, needsInput: needsInput)
    pass.propagate()
    var gradients = PerceptronGradients(input: pass.inputGradient, weights: [], biases: [])
    if needsParameters { (gradients.weights, gradients.biases) = pass.parameterGradients() }
    return gradients
  }

  private func backwardByLayers(
    upstream: Tensor, input: Tensor, result: PerceptronResult, needsInput: Bool, needsParameters: Bool
  ) -> PerceptronGradients {
    var gradients = PerceptronGradients(input: nil, weights: [], biases: [])
    var upstream = upstream
    for index in (0..<count).reversed() {
      let layer = LinearResult(output: result.outputs[index], slope: result.slopes[index])
      let isWanted = index > 0 || needsInput
      if needsParameters {
        let found = linearBackward(
          upstream: upstream, input: index == 0 ? input : result.outputs[index - 1], weight: weights[index],
          result: layer, activation: activation(of: index), needsInputGradient: isWanted)
        gradients.weights.append(found.weight)
        gradients.biases.append(found.bias)
        if let next = found.input { upstream = next }
      } else if isWanted {
        upstream = linearInputGradient(
          upstream: upstream, weight: weights[index], result: layer, activation: activation(of: index))
      }
    }
    if needsInput { gradients.input = upstream }
    gradients.weights.reverse()
    gradients.biases.reverse()
    return gradients
  }
}
