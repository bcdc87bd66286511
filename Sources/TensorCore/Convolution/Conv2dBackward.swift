/// The gradients of a convolution layer.
public struct ConvolutionGradients: Sendable {
  /// `[batch, height, width, in]`; nil when it was not asked for.
  public var input: Tensor?
  /// `[kernel height, kernel width, in, out]`.
  public var weight: Tensor
  /// `[out]`, or `[batch, out]` where each image has a bias of its own.
  public var bias: Tensor
}

/// The backward pass of ``conv2d(input:weight:bias:activation:stride:padding:)``.
///
/// With `d = upstream * activation'`: `bias` gets the sums of `d` over batch and pixels, `weight` gets
/// ``conv2dWeightGradient(upstream:input:kernelHeight:kernelWidth:stride:padding:)`` of `d`, and `input`
/// ``conv2dInputGradient(upstream:weight:inputShape:stride:padding:)``. One pass makes `d` and the bias's gradient.
///
/// - Parameters:
///   - upstream: the gradient with respect to the output, of its shape.
///   - result: what `conv2d` gave.
///   - hasImageBias: whether the bias was `[batch, out]`.
///   - needsInputGradient: false for a first layer, whose input is data.
public func conv2dBackward(
  upstream: Tensor, input: Tensor, weight: Tensor, result: ConvolutionResult, activation: Activation,
  stride: Int = 1, padding: Int = 0, hasImageBias: Bool = false, needsInputGradient: Bool = true
) -> ConvolutionGradients {
  upstream.requireSameShape(result.output, "conv2dBackward")
  let (d, sums) = result.gradientAndChannelSums(upstream, activation)
  return ConvolutionGradients(
    input: needsInputGradient
      ? conv2dInputGradient(upstream: d, weight: weight, inputShape: input.shape, stride: stride, padding: padding)
      : nil,
    weight: conv2dWeightGradient(
      upstream: d, input: input, kernelHeight: weight.shape[0], kernelWidth: weight.shape[1], stride: stride,
      padding: padding),
    bias: hasImageBias ? sums : sums.sum(axis: 0))
}

extension ConvolutionResult {
  /// `upstream * activation'`, where only that is wanted: of a layer whose parameters are not trained.
  package func gradient(_ upstream: Tensor, _ activation: Activation) -> Tensor {
    if let slope { return upstream * slope }
    return activation.gradient(upstream: upstream, input: output, output: output)
  }

  /// `upstream * activation'` and its sums over each image's pixels, `[batch, channels]`, in one pass. An image is a task,
  /// whoever does it.
  func gradientAndChannelSums(
    _ upstream: Tensor, _ activation: Activation
  ) -> (gradient: Tensor, sums: Tensor) {
    let shape = upstream.shape
    return activation.gradientAndSums(
      upstream: upstream, output: output, slope: slope, outer: shape[0], extent: shape[1] * shape[2],
      inner: shape[3])
  }
}
