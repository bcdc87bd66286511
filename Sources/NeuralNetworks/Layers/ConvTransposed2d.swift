public import Autodiff
public import TensorCore

/// A transposed convolution, by which generators and decoders enlarge images: the adjoint of ``Conv2d`` in its input,
/// plus an offset, and then an activation. Every input pixel adds a copy of the kernel, scaled, to the output, `stride`
/// pixels apart.
///
/// Images are `[batch, height, width, channels]`. The weight is stored as `[kernel height, kernel width, out, in]`, that
/// of the convolution whose adjoint this is; PyTorch has `[in, out, kernel height, kernel width]`.
public struct ConvTransposed2d: Module {
  /// W, `[kernel height, kernel width, out, in]`.
  public var weight: Variable
  /// b, `[out]`, or none.
  public var bias: Variable?
  /// How many pixels of the output lie between the copies of the kernel.
  public let stride: Int
  /// How many pixels are cut off the output on each side.
  public let padding: Int
  /// How many rows below and columns to the right are kept although no copy needs them: with a stride of 2 the extents
  /// 2n and 2n - 1 both shrink to n, and this chooses which of them comes back.
  public let outputPadding: Int

  /// A layer with random weights. With ``Initializer/standard`` weight and bias are uniform in -1/sqrt(fan) ...
  /// 1/sqrt(fan), otherwise the bias starts at 0. As in PyTorch, fan = out kernelSize^2 here: the fans are those of
  /// the convolution whose adjoint this is, exchanged.
  ///
  /// - Parameters:
  ///   - kernelSize: the kernel's height and width. A multiple of the stride makes every output pixel see as many
  ///     copies, which avoids the checkerboard (Odena, Dumoulin and Olah 2016, distill.pub/2016/deconv-checkerboard).
  ///   - bias: whether an offset is learned. A layer before a normalization needs none.
  ///
  /// Traps when the channels, the size or the stride are not positive, the padding is negative or the output padding
  /// does not lie in 0..<stride.
  public init(
    inputChannels: Int, outputChannels: Int, kernelSize: Int, stride: Int = 1, padding: Int = 0,
    outputPadding: Int = 0, bias: Bool = true, initializer: Initializer = .standard,
    using random: inout RandomGenerator
  ) {
    requireExtents("ConvTransposed2d", inputChannels, outputChannels, kernelSize)
    let area = kernelSize * kernelSize
    let (fanIn, fanOut) = (outputChannels * area, inputChannels * area)
    let weight = initializer(
      shape: [kernelSize, kernelSize, outputChannels, inputChannels], fanIn: fanIn, fanOut: fanOut, using: &random)
    let offset = bias ? initializer.bias(outputChannels, fanIn: fanIn, fanOut: fanOut, using: &random) : nil
    self.init(weight: weight, bias: offset, stride: stride, padding: padding, outputPadding: outputPadding)
  }

  /// A layer with given weights. Traps when the shapes do not fit each other or a number is out of range, as above.
  public init(weight: Tensor, bias: Tensor?, stride: Int = 1, padding: Int = 0, outputPadding: Int = 0) {
    guard weight.rank == 4, bias == nil || bias?.shape == [weight.shape[2]] else {
      trap(
        "ConvTransposed2d",
        "needs a weight [kernel height, kernel width, out, in] and a bias [out] or none, not " + describe(weight.shape)
          + " and " + describe(bias?.shape ?? []))
    }
    guard stride > 0, padding >= 0, (0..<stride).contains(outputPadding) else {
      trap(
        "ConvTransposed2d",
        "cannot use the stride " + String(stride) + ", the padding " + String(padding) + " and the output padding "
          + String(outputPadding))
    }
    self.weight = Variable(constant: weight)
    self.bias = bias.map { Variable(constant: $0) }
    self.stride = stride
    self.padding = padding
    self.outputPadding = outputPadding
  }

  public mutating func visitParameters(_ visitor: inout some ParameterVisitor) {
    visitor.visit("weight", &weight)
    visitor.visit("bias", &bias)
  }

  /// The enlarged images: `[batch, height, width, in]` to `[batch, height', width', out]` with
  /// height' = (height - 1) stride - 2 padding + kernel height + outputPadding.
  public func callAsFunction(_ x: Variable, activation: Activation = .identity) -> Variable {
    convTransposed2d(
      x, weight: weight, bias: bias, activation: activation, stride: stride, padding: padding,
      outputPadding: outputPadding)
  }

  /// The same for a batch of data.
  public func callAsFunction(_ x: Tensor, activation: Activation = .identity) -> Variable {
    callAsFunction(Variable(constant: x), activation: activation)
  }
}
