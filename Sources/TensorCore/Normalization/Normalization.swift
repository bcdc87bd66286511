/// What a normalization computed, and what its backward pass needs.
public struct NormalizationResult: Sendable {
  /// Of the input's shape.
  public var output: Tensor
  /// The mean of each set, `[batch, groups]`.
  public var mean: Tensor
  /// The variance of each set, divided by the number and not by one less, `[batch, groups]`.
  public var variance: Tensor
  /// `1 / sqrt(variance + epsilon)`, `[batch, groups]`.
  var inverseDeviation: Tensor
}

/// `f((x - m) / sqrt(v + epsilon) weight + bias)` with the mean `m` and the variance `v` of sets of numbers of `x`.
///
/// An image is read from memory once: its sums, the sums of the squared distances from each channel's mean and the result
/// are taken while it is in a core's own cache. The moments of blocks of pixels and of a set's channels are put together
/// from their means and squares (Chan, Golub and LeVeque 1983), in Double: nothing cancels, however large the mean is
/// beside the deviation.
///
/// - Parameters:
///   - input: as many numbers as `sets` describes, in any shape.
///   - weight, bias: the gain and the offset of each channel, `[channels]`.
///   - sets: which numbers share a mean.
///   - epsilon: keeps a set of equal numbers from dividing by 0.
///   - activation: `f`.
///
/// Traps when the shapes do not fit.
public func normalization(
  input: Tensor, weight: Tensor, bias: Tensor, sets: NormalizationSets, epsilon: Float,
  activation: Activation = .identity
) -> NormalizationResult {
  sets.requireParameters(input, weight, bias, "normalization")
  let result = NormalizationResult(
    output: Tensor(uninitialized: input.shape), mean: Tensor(uninitialized: [sets.batch, sets.groups]),
    variance: Tensor(uninitialized: [sets.batch, sets.groups]),
    inverseDeviation: Tensor(uninitialized: [sets.batch, sets.groups]))
  if input.count == 0 { return result }
  func run(_ kernel: some ActivationKernel) {
    if sets.areRows {
      RowNormalization(
        width: sets.channels, epsilon: epsilon, x: input.base, y: result.output.storage.base, weight: weight.base,
        bias: bias.base, means: result.mean.storage.base, variances: result.variance.storage.base,
        inverseDeviations: result.inverseDeviation.storage.base, kernel: kernel
      ).run(rows: sets.batch)
    } else {
      let moments = TensorStorage(holding: sets.batch * sets.blocks * 2 * sets.width)
      let factors = TensorStorage(holding: sets.batch * ChannelFactors.scratch(sets))
      ImageNormalization(
        sets: sets, epsilon: epsilon, x: input.base, y: result.output.storage.base, weight: weight.base,
        bias: bias.base, means: result.mean.storage.base, variances: result.variance.storage.base,
        inverseDeviations: result.inverseDeviation.storage.base, moments: moments.base, factors: factors.base,
        kernel: kernel
      ).run()
      withExtendedLifetime((moments, factors)) {}
    }
  }
  switch activation {
  case .identity: run(IdentityKernel())
  case .relu: run(ReluKernel())
  case .leakyRelu(let slope): run(LeakyReluKernel(slope: slope))
  case .silu: run(SiluKernel())
  case .tanh: run(TanhKernel())
  case .sigmoid: run(SigmoidKernel())
  case .gelu: run(GeluKernel())
  case .softplus: run(SoftplusKernel())
  }
  return withExtendedLifetime((input, weight, bias)) { result }
}

/// The forward pass over images.
private struct ImageNormalization<Kernel: ActivationKernel>: ImageSweeps {
  let sets: NormalizationSets
  let epsilon: Float
  let x: UnsafePointer<Float>
  let y: UnsafeMutablePointer<Float>
  let weight: UnsafePointer<Float>
  let bias: UnsafePointer<Float>
  let means: UnsafeMutablePointer<Float>
  let variances: UnsafeMutablePointer<Float>
  let inverseDeviations: UnsafeMutablePointer<Float>
  /// Of each block its channels' sums and squares, `[batch, blocks, 2, width]`.
  let moments: UnsafeMutablePointer<Float>
  let factors: UnsafeMutablePointer<Float>
  let kernel: Kernel

  func prepare(_ image: Int) {}

  func first(_ image: Int, _ block: Int) {
    let own = moments + (image * sets.blocks + block) * 2 * sets.width
    channelMoments(
      x + sets.start(image, block), rows: sets.pixels(ofBlock: block).count, channels: sets.channels, sums: own,
      squares: own + sets.width)
  }

  /// The means and variances from the moments of the blocks.
  func between(_ image: Int) {
    let (width, blocks, size) = (sets.width, sets.blocks, sets.channels / sets.groups)
    let moments = moments + image * blocks * 2 * width
    for group in 0..<sets.groups {
      let channels = group * size..<(group + 1) * size
      var total = 0.0
      for block in 0..<blocks {
        for channel in channels { total += Double(moments[block * 2 * width + channel]) }
      }
      let mean = total / Double(sets.count)
      var squares = 0.0
      for block in 0..<blocks {
        let pixels = Double(sets.pixels(ofBlock: block).count)
        for channel in channels {
          let place = block * 2 * width + channel
          let distance = Double(moments[place]) / pixels - mean
          squares += Double(moments[place + width]) + pixels * distance * distance
        }
      }
      let variance = Float(squares / Double(sets.count))
      let place = image * sets.groups + group
      means[place] = Float(mean)
      variances[place] = variance
      inverseDeviations[place] = 1 / (variance + epsilon).squareRoot()
    }
    ChannelFactors(factors, sets, image).fill(
      sets, image, means: means, inverseDeviations: inverseDeviations, weight: weight, bias: bias)
  }

  func second(_ image: Int, _ block: Int) {
    let start = sets.start(image, block)
    writeNormalized(
      x + start, rows: sets.pixels(ofBlock: block).count, channels: sets.channels,
      ChannelFactors(factors, sets, image), kernel, into: y + start)
  }
}
