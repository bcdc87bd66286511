/// What a dense layer computed, and what its backward pass needs.
public struct LinearResult: Sendable {
  /// `activation(input weight + bias)`, `[batch, out]`.
  public var output: Tensor
  /// The activation's input, kept only where its derivative needs it (see ``Activation/derivativeNeedsInput``).
  public var preactivation: Tensor?
}

/// A dense layer: `activation(input weight + bias)`.
///
/// The bias and the activation are applied to each tile of the product while it is still in registers. The chain of
/// each element starts from 0; the bias is added last.
///
/// - Parameters:
///   - input: `[batch, in]`.
///   - weight: `[in, out]`.
///   - bias: `[out]`, or none.
public func linear(input: Tensor, weight: Tensor, bias: Tensor? = nil, activation: Activation = .identity)
  -> LinearResult
{
  if input.rank != 2 || weight.rank != 2 || input.shape[1] != weight.shape[0] {
    trap("linear", "the input " + describe(input.shape) + " does not fit the weight " + describe(weight.shape))
  }
  if let bias, bias.shape != [weight.shape[1]] {
    trap("linear", "the bias " + describe(bias.shape) + " does not fit the weight " + describe(weight.shape))
  }
  var product = matmul(input, weight)
  if let bias { product += bias }
  let output = activation(product)
  return LinearResult(output: output, preactivation: activation.derivativeNeedsInput ? product : nil)
}

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
  let d = activation.gradient(
    upstream: upstream, input: result.preactivation ?? result.output, output: result.output)
  return LinearGradients(
    input: needsInputGradient ? matmul(d, weight, transposeB: true) : nil,
    weight: matmul(input, d, transposeA: true), bias: d.sum(axis: 0))
}
