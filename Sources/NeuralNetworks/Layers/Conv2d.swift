public import Autodiff
public import TensorCore

/// A convolution of images with a learned kernel: y = f(x * W + b), where
/// `(x * W)[n, i, j, o] = sum over (u, v, c) of x[n, stride i + u - padding, stride j + v - padding, c] W[u, v, c, o]`
/// and x is 0 outside the image. (Strictly a correlation: as everywhere in the field, the kernel is not turned.)
///
/// Images are `[batch, height, width, channels]`. The weight is stored as `[kernel height, kernel width, in, out]`;
/// PyTorch has `[out, in, kernel height, kernel width]`.
public struct Conv2d: Module {
  /// W, `[kernel height, kernel width, in, out]`.
  public var weight: Variable
  /// b, `[out]`, or none.
  public var bias: Variable?
  /// How many pixels lie between neighbouring places of the kernel, in both directions.
  public let stride: Int
  /// How many zeros surround the image on each side.
  public let padding: Int

  /// A layer with random weights. As in PyTorch, the bias is uniform in -1/sqrt(fan) ... 1/sqrt(fan) with
  /// fan = in kernelSize^2 where the initializer is ``Initializer/standard``; otherwise it starts at 0.
  ///
  /// - Parameters:
  ///   - kernelSize: the kernel's height and width. With stride 1, an odd size and a padding of half of it (rounded
  ///     down) the image keeps its extents.
  ///   - bias: whether an offset is learned. A layer before a normalization needs none.
  ///
  /// Traps when the channels, the size or the stride are not positive or the padding is negative.
  public init(
    inputChannels: Int, outputChannels: Int, kernelSize: Int, stride: Int = 1, padding: Int = 0, bias: Bool = true,
    initializer: Initializer = .standard, using random: inout RandomGenerator
  ) {
    requireExtents("Conv2d", inputChannels, outputChannels, kernelSize)
    let area = kernelSize * kernelSize
    let (fanIn, fanOut) = (inputChannels * area, outputChannels * area)
    let weight = initializer(
      shape: [kernelSize, kernelSize, inputChannels, outputChannels], fanIn: fanIn, fanOut: fanOut, using: &random)
    let offset = bias ? initializer.bias(outputChannels, fanIn: fanIn, fanOut: fanOut, using: &random) : nil
    self.init(weight: weight, bias: offset, stride: stride, padding: padding)
  }

  /// A layer with given weights. Traps when the shapes do not fit each other, the stride is not positive or the padding
  /// is negative.
  public init(weight: Tensor, bias: Tensor?, stride: Int = 1, padding: Int = 0) {
    guard weight.rank == 4, bias == nil || bias?.shape == [weight.shape[3]] else {
      trap(
        "Conv2d",
        "needs a weight [kernel height, kernel width, in, out] and a bias [out] or none, not " + describe(weight.shape)
          + " and " + describe(bias?.shape ?? []))
    }
    guard stride > 0, padding >= 0 else {
      trap("Conv2d", "cannot use the stride " + String(stride) + " and the padding " + String(padding))
    }
    self.weight = Variable(constant: weight)
    self.bias = bias.map { Variable(constant: $0) }
    self.stride = stride
    self.padding = padding
  }

  public mutating func visitParameters(_ visitor: inout some ParameterVisitor) {
    visitor.visit("weight", &weight)
    visitor.visit("bias", &bias)
  }

  /// f(x * W + b + s): `[batch, height, width, in]` to `[batch, height', width', out]` with
  /// height' = (height + 2 padding - kernel height) / stride + 1, rounded down. The activation is fused into the
  /// convolution.
  ///
  /// - Parameter shift: s, one vector for each image, `[batch, out]`, which all of its pixels are moved by; or none. It is
  ///   added to the bias first. Traps, as conv2d, when its shape differs.
  public func callAsFunction(
    _ x: Variable, activation: Activation = .identity, shift: Variable? = nil
  ) -> Variable {
    guard let shift else {
      return conv2d(x, weight: weight, bias: bias, activation: activation, stride: stride, padding: padding)
    }
    guard let batch = x.shape.first, shift.shape == [batch, weight.shape[3]] else {
      trap(
        "Conv2d",
        "the shift " + describe(shift.shape) + " is not one vector of " + describe(weight.shape) + " for each image of "
          + describe(x.shape))
    }
    return conv2d(
      x, weight: weight, bias: bias.map { shift + $0 } ?? shift, activation: activation, stride: stride,
      padding: padding)
  }

  /// The same for a batch of data.
  public func callAsFunction(_ x: Tensor, activation: Activation = .identity) -> Variable {
    callAsFunction(Variable(constant: x), activation: activation)
  }
}

/// What both convolution layers ask of their extents.
func requireExtents(_ layer: String, _ inputChannels: Int, _ outputChannels: Int, _ kernelSize: Int) {
  guard inputChannels > 0, outputChannels > 0, kernelSize > 0 else {
    trap(
      layer,
      "the channels and the kernel's size must be positive, not " + String(inputChannels) + ", "
        + String(outputChannels) + " and " + String(kernelSize))
  }
}
