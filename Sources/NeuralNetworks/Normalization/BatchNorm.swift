public import Autodiff
public import TensorCore

/// Batch normalization: y = (x - m) / sqrt(v + epsilon) * weight + bias for each channel, the last axis (Ioffe and
/// Szegedy 2015, arXiv 1502.03167).
///
/// While training, m and v are the mean and the variance of the channel over the batch and all pixels, and a running
/// average of both is kept; in evaluation they are those averages, so that a row's result does not depend on the rest
/// of its batch. As in PyTorch the batch is normalized by the variance divided by the number n, while the running
/// variance takes in the one divided by n - 1.
///
/// The averages are buffers of a value: train with `valueAndGradient(updatingBuffersOf:_:)`, which keeps them. With
/// `valueAndGradient(at:_:)` they change in a copy that is thrown away.
public struct BatchNorm: Module {
  /// The gain, `[channels]`, from 1.
  public var weight: Variable
  /// The offset, `[channels]`, from 0.
  public var bias: Variable
  /// The average of the batches' means, `[channels]`, from 0.
  public var runningMean: Tensor
  /// The average of the batches' variances, `[channels]`, from 1.
  public var runningVariance: Tensor
  public let epsilon: Float
  /// How much of each batch goes into the averages: r <- r + momentum (batch - r).
  public let momentum: Float

  /// Traps when there is no channel or the momentum lies outside 0...1.
  public init(_ channels: Int, epsilon: Float = 1e-5, momentum: Float = 0.1) {
    guard channels > 0, (0...1).contains(momentum) else {
      trap(
        "BatchNorm",
        "needs a channel and a momentum in 0...1, not " + String(channels) + " and " + momentum.description)
    }
    weight = Variable(constant: Tensor(ones: [channels]))
    bias = Variable(constant: Tensor(zeros: [channels]))
    runningMean = Tensor(zeros: [channels])
    runningVariance = Tensor(ones: [channels])
    self.epsilon = epsilon
    self.momentum = momentum
  }

  public mutating func visitParameters(_ visitor: inout some ParameterVisitor) {
    visitor.visit("weight", &weight)
    visitor.visit("bias", &bias)
    visitor.visit(buffer: "running_mean", &runningMean)
    visitor.visit(buffer: "running_var", &runningVariance)
  }

  /// The normalized batch, `[..., channels]` to the same shape, and an activation of it, which is fused into the
  /// normalization; in training the running averages move.
  ///
  /// Traps when the last extent is not the number of channels, or on training with a single number for each channel,
  /// whose variance is not defined.
  public mutating func forward(_ x: Variable, phase: Phase, activation: Activation = .identity) -> Variable {
    guard phase == .training else { return callAsFunction(x, activation: activation) }
    let rows = rows(of: x)
    guard rows > 1 else {
      trap("BatchNorm", "training needs more than one number for each channel, not the input " + describe(x.shape))
    }
    let channels = weight.shape[0]
    let found = normalized(
      x, weight: weight, bias: bias,
      sets: NormalizationSets(batch: 1, pixels: rows, channels: channels, groups: channels), epsilon: epsilon,
      activation: activation)
    runningMean.interpolate(toward: found.mean.reshaped(to: [channels]), by: momentum)
    let unbiased = found.variance.reshaped(to: [channels]) * (Float(rows) / Float(rows - 1))
    runningVariance.interpolate(toward: unbiased, by: momentum)
    return found.result
  }

  /// The batch in evaluation: normalized by the running averages.
  public func callAsFunction(_ x: Variable, activation: Activation = .identity) -> Variable {
    _ = rows(of: x)
    let scale = weight / (runningVariance + epsilon).squareRoot()
    return activation((x - runningMean) * scale + bias)
  }

  /// The same for a batch of data.
  public func callAsFunction(_ x: Tensor, activation: Activation = .identity) -> Variable {
    callAsFunction(Variable(constant: x), activation: activation)
  }
  /// The same for a batch of data.
  public mutating func forward(_ x: Tensor, phase: Phase, activation: Activation = .identity) -> Variable {
    forward(Variable(constant: x), phase: phase, activation: activation)
  }

  private func rows(of x: Variable) -> Int {
    guard let channels = x.shape.last, [channels] == weight.shape else {
      trap(
        "BatchNorm", "the input " + describe(x.shape) + " does not end with the channels of " + describe(weight.shape))
    }
    return x.value.count / channels
  }
}
