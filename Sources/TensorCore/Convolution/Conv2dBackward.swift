/// The gradients of a convolution layer.
public struct ConvolutionGradients: Sendable {
  /// `[batch, height, width, in]`; nil when it was not asked for.
  public var input: Tensor?
  /// `[kernel height, kernel width, in, out]`.
  public var weight: Tensor
  /// `[out]`.
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
///   - needsInputGradient: false for a first layer, whose input is data.
public func conv2dBackward(
  upstream: Tensor, input: Tensor, weight: Tensor, result: ConvolutionResult, activation: Activation,
  stride: Int = 1, padding: Int = 0, needsInputGradient: Bool = true
) -> ConvolutionGradients {
  upstream.requireSameShape(result.output, "conv2dBackward")
  let (d, bias) = result.gradientAndChannelSums(upstream, activation)
  return ConvolutionGradients(
    input: needsInputGradient
      ? conv2dInputGradient(upstream: d, weight: weight, inputShape: input.shape, stride: stride, padding: padding)
      : nil,
    weight: conv2dWeightGradient(
      upstream: d, input: input, kernelHeight: weight.shape[0], kernelWidth: weight.shape[1], stride: stride,
      padding: padding),
    bias: bias)
}

extension ConvolutionResult {
  /// `upstream * activation'`, where only that is wanted: of a layer whose parameters are not trained.
  package func gradient(_ upstream: Tensor, _ activation: Activation) -> Tensor {
    if let slope { return upstream * slope }
    return activation.gradient(upstream: upstream, input: output, output: output)
  }

  /// `upstream * activation'` and its sums over all pixels, in one pass.
  func gradientAndChannelSums(
    _ upstream: Tensor, _ activation: Activation
  ) -> (gradient: Tensor, sums: Tensor) {
    if let slope {
      let slopes = slope.base
      return fused(upstream) { Vector(at: slopes + $0) }
    }
    let values = output.base
    @inline(__always)
    func withKernel(_ kernel: some ActivationKernel) -> (gradient: Tensor, sums: Tensor) {
      fused(upstream) {
        let y = Vector(at: values + $0)
        return kernel.derivative(input: y, value: y)
      }
    }
    switch activation {
    case .relu: return withKernel(ReluKernel())
    case .leakyRelu(let slope): return withKernel(LeakyReluKernel(slope: slope))
    case .tanh: return withKernel(TanhKernel())
    case .sigmoid: return withKernel(SigmoidKernel())
    case .identity, .silu, .gelu, .softplus:
      let values = upstream.base
      let sums = channelSums(upstream) { offset, _ in Vector(at: values + offset) }
      return withExtendedLifetime(upstream) { (upstream, sums) }
    }
  }

  @inline(__always)
  private func fused(_ upstream: Tensor, slope: (Int) -> Vector) -> (gradient: Tensor, sums: Tensor) {
    let gradient = Tensor(uninitialized: upstream.shape)
    let (u, d) = (upstream.base, gradient.storage.base)
    let sums = channelSums(upstream) { offset, lanes in
      let product = Vector(at: u + offset) * slope(offset)
      product.store(first: lanes, at: d + offset)
      return product
    }
    return withExtendedLifetime((self, upstream)) { (gradient, sums) }
  }

  /// The sums over each image's pixels, and then over the images: an image is a task, whoever does it.
  @inline(__always)
  private func channelSums(_ values: Tensor, element: (_ offset: Int, _ lanes: Int) -> Vector) -> Tensor {
    let (batch, channels) = (values.shape[0], values.shape[3])
    let images = Tensor(uninitialized: [batch, channels])
    reduceMiddle(
      outer: batch, extent: values.shape[1] * values.shape[2], inner: channels, into: images.storage.base,
      element: element)
    return images.sum(axis: 0)
  }
}
