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
  let (d, bias) = activation.gradientAndColumnSums(
    upstream: upstream, input: result.preactivation ?? result.output, output: result.output)
  return LinearGradients(
    input: needsInputGradient ? matmul(d, weight, transposeB: true) : nil,
    weight: matmul(input, d, transposeA: true), bias: bias)
}

extension Activation {
  /// ``gradient(upstream:input:output:)`` of a matrix and its sums over the rows, in one pass.
  fileprivate func gradientAndColumnSums(
    upstream: Tensor, input: Tensor, output: Tensor
  ) -> (gradient: Tensor, sums: Tensor) {
    switch self {
    case .identity: (upstream, upstream.sum(axis: 0))
    case .relu: fused(ReluKernel(), upstream, input, output)
    case .leakyRelu(let slope): fused(LeakyReluKernel(slope: slope), upstream, input, output)
    case .silu: fused(SiluKernel(), upstream, input, output)
    case .tanh: fused(TanhKernel(), upstream, input, output)
    case .sigmoid: fused(SigmoidKernel(), upstream, input, output)
    case .gelu: fused(GeluKernel(), upstream, input, output)
    case .softplus: fused(SoftplusKernel(), upstream, input, output)
    }
  }

  @inline(__always)
  private func fused(
    _ kernel: some ActivationKernel, _ upstream: Tensor, _ input: Tensor, _ output: Tensor
  ) -> (gradient: Tensor, sums: Tensor) {
    let gradient = Tensor(uninitialized: upstream.shape)
    let sums = Tensor(uninitialized: [upstream.shape[1]])
    let (u, x, y, d) = (upstream.base, input.base, output.base, gradient.storage.base)
    reduceMiddle(
      outer: 1, extent: upstream.shape[0], inner: upstream.shape[1], into: sums.storage.base
    ) { offset, lanes in
      let slope = kernel.derivative(input: Vector(at: x + offset), value: Vector(at: y + offset))
      let product = Vector(at: u + offset) * slope
      if lanes == 16 { product.store(at: d + offset) } else { product.store(first: lanes, at: d + offset) }
      return product
    }
    return (gradient, sums)
  }
}
