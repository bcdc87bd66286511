/// The gradients of a dense layer.
public struct LinearGradients: Sendable {
  /// `[batch, in]`; nil when it was not asked for.
  public var input: Tensor?
  /// `[in, out]`.
  public var weight: Tensor
  /// `[out]`.
  public var bias: Tensor
}

/// The backward pass of ``linear(input:weight:bias:activation:)``.
///
/// With `d = upstream * activation'`: `weight` gets `input^T d`, `bias` the column sums of `d`, `input` gets
/// `d weight^T`. One pass over the upstream gradient makes `d` and the bias's gradient.
///
/// - Parameters:
///   - upstream: the gradient with respect to the output, `[batch, out]`.
///   - result: what `linear` gave.
///   - needsInputGradient: false for a first layer, whose input is data.
public func linearBackward(
  upstream: Tensor, input: Tensor, weight: Tensor, result: LinearResult, activation: Activation,
  needsInputGradient: Bool = true
) -> LinearGradients {
  upstream.requireSameShape(result.output, "linearBackward")
  let (d, bias) = result.gradientAndColumnSums(upstream, activation)
  return LinearGradients(
    input: needsInputGradient ? matmul(d, weight, transposeB: true) : nil,
    weight: matmul(input, d, transposeA: true), bias: bias)
}

/// The gradient of ``linear(input:weight:bias:activation:)`` with respect to its input alone: of a layer whose
/// parameters are not trained.
public func linearInputGradient(
  upstream: Tensor, weight: Tensor, result: LinearResult, activation: Activation
) -> Tensor {
  upstream.requireSameShape(result.output, "linearInputGradient")
  let d =
    if let slope = result.slope { upstream * slope } else {
      activation.gradient(upstream: upstream, input: result.output, output: result.output)
    }
  return matmul(d, weight, transposeB: true)
}

extension LinearResult {
  /// `upstream * activation'` and its sums over the rows, in one pass.
  fileprivate func gradientAndColumnSums(
    _ upstream: Tensor, _ activation: Activation
  ) -> (gradient: Tensor, sums: Tensor) {
    let (gradient, sums) = activation.gradientAndSums(
      upstream: upstream, output: output, slope: slope, outer: 1, extent: upstream.shape[0],
      inner: upstream.shape[1])
    return (gradient, sums.reshaped(to: [upstream.shape[1]]))
  }
}
