/// The output shape of a transposed convolution, `(extent - 1) stride - 2 padding + kernel + outputPadding` each way.
///
/// - Parameters:
///   - input: `[batch, height, width, in]`.
///   - weight: `[kernel height, kernel width, out, in]`: the weight of the convolution whose adjoint this is.
///
/// Traps when the shapes do not fit, or `outputPadding` is not below the stride.
public func convTransposed2dShape(
  input: [Int], weight: [Int], stride: Int = 1, padding: Int = 0, outputPadding: Int = 0
) -> [Int] {
  func texts() -> String { "the input " + describe(input) + " and the weight " + describe(weight) }
  if input.count != 4 || weight.count != 4 {
    trap(
      "convTransposed2d",
      "needs an input [batch, height, width, in] and a weight [height, width, out, in], got " + texts())
  }
  if input[3] != weight[3] { trap("convTransposed2d", "the channels differ: " + texts()) }
  if stride < 1 || padding < 0 || outputPadding < 0 || outputPadding >= stride {
    trap(
      "convTransposed2d",
      "cannot use the stride " + String(stride) + ", the padding " + String(padding) + " and the output padding "
        + String(outputPadding))
  }
  let height = (input[1] - 1) * stride - 2 * padding + weight[0] + outputPadding
  let width = (input[2] - 1) * stride - 2 * padding + weight[1] + outputPadding
  if input[1] < 1 || input[2] < 1 || weight[0] < 1 || weight[1] < 1 || height < 1 || width < 1 {
    trap("convTransposed2d", "the padding " + String(padding) + " leaves no output of " + texts())
  }
  return [input[0], height, width, weight[2]]
}

/// A transposed 2-D convolution layer, `activation(adjoint + bias)`, with the adjoint of
/// ``conv2d(input:weight:bias:activation:stride:padding:)``; by it a generator enlarges images.
///
/// - Parameters:
///   - input: `[batch, height, width, in]`.
///   - weight: `[kernel height, kernel width, out, in]`.
///   - bias: `[out]`, or none.
///   - outputPadding: how many rows and columns, below the stride, the output has beyond the smallest that the
///     convolution would map to the input's extents.
///   - keepsSlope: false where no backward pass will follow.
/// - Returns: the output, of the shape ``convTransposed2dShape(input:weight:stride:padding:outputPadding:)``, and what
///   ``convTransposed2dBackward(upstream:input:weight:result:activation:stride:padding:needsInputGradient:)`` needs.
public func convTransposed2d(
  input: Tensor, weight: Tensor, bias: Tensor? = nil, activation: Activation, stride: Int = 1, padding: Int = 0,
  outputPadding: Int = 0, keepsSlope: Bool = true
) -> ConvolutionResult {
  let shape = convTransposed2dShape(
    input: input.shape, weight: weight.shape, stride: stride, padding: padding, outputPadding: outputPadding)
  if let bias, bias.shape != [weight.shape[2]] {
    trap("convTransposed2d", "the bias " + describe(bias.shape) + " does not fit the weight " + describe(weight.shape))
  }
  let geometry = ConvolutionGeometry(
    "convTransposed2d", input: shape, weight: weight.shape, stride: stride, padding: padding)
  geometry.requireOutput(input.shape, "convTransposed2d")
  return AdjointPass(g: geometry, upstream: input, weight: weight).result(
    bias: bias, activation: activation, keepsSlope: keepsSlope)
}

/// A transposed 2-D convolution, plus a bias; see
/// ``convTransposed2d(input:weight:bias:activation:stride:padding:outputPadding:)``.
public func convTransposed2d(
  input: Tensor, weight: Tensor, bias: Tensor? = nil, stride: Int = 1, padding: Int = 0, outputPadding: Int = 0
) -> Tensor {
  convTransposed2d(
    input: input, weight: weight, bias: bias, activation: .identity, stride: stride, padding: padding,
    outputPadding: outputPadding
  ).output
}

/// The backward pass of ``convTransposed2d(input:weight:bias:activation:stride:padding:outputPadding:)``.
///
/// With `d = upstream * activation'`: `bias` gets the sums of `d` over batch and pixels, `input` the convolution of `d`
/// with the weight, and `weight` ``conv2dWeightGradient(upstream:input:kernelHeight:kernelWidth:stride:padding:)`` of the
/// input, as the upstream gradient, and `d`, as the input: the layer's adjoint is a convolution.
///
/// - Parameters:
///   - upstream: the gradient with respect to the output, of its shape.
///   - result: what `convTransposed2d` gave.
///   - needsInputGradient: false for a first layer, whose input is data.
/// - Returns: the gradients; `weight` is `[kernel height, kernel width, out, in]`.
public func convTransposed2dBackward(
  upstream: Tensor, input: Tensor, weight: Tensor, result: ConvolutionResult, activation: Activation,
  stride: Int = 1, padding: Int = 0, needsInputGradient: Bool = true
) -> ConvolutionGradients {
  upstream.requireSameShape(result.output, "convTransposed2dBackward")
  let (d, sums) = result.gradientAndChannelSums(upstream, activation)
  return ConvolutionGradients(
    input: needsInputGradient ? conv2d(input: d, weight: weight, stride: stride, padding: padding).output : nil,
    weight: conv2dWeightGradient(
      upstream: input, input: d, kernelHeight: weight.shape[0], kernelWidth: weight.shape[1], stride: stride,
      padding: padding),
    bias: sums.sum(axis: 0))
}
