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

/// A transposed 2-D convolution: the adjoint of ``conv2d(input:weight:bias:activation:stride:padding:)``, by which a
/// generator enlarges images.
///
/// - Parameters:
///   - input: `[batch, height, width, in]`.
///   - weight: `[kernel height, kernel width, out, in]`.
///   - bias: `[out]`, or none.
///   - outputPadding: how many rows and columns, below the stride, the output has beyond the smallest that the
///     convolution would map to the input's extents.
/// - Returns: a tensor of the shape ``convTransposed2dShape(input:weight:stride:padding:outputPadding:)``.
public func convTransposed2d(
  input: Tensor, weight: Tensor, bias: Tensor? = nil, stride: Int = 1, padding: Int = 0, outputPadding: Int = 0
) -> Tensor {
  let shape = convTransposed2dShape(
    input: input.shape, weight: weight.shape, stride: stride, padding: padding, outputPadding: outputPadding)
  if let bias, bias.shape != [weight.shape[2]] {
    trap("convTransposed2d", "the bias " + describe(bias.shape) + " does not fit the weight " + describe(weight.shape))
  }
  let output = conv2dInputGradient(
    upstream: input, weight: weight, inputShape: shape, stride: stride, padding: padding)
  guard let bias else { return output }
  return output + bias
}
