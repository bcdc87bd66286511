/// The gradients of a normalization.
public struct NormalizationGradients: Sendable {
  /// Of the input's shape.
  public var input: Tensor
  /// `[channels]`.
  public var weight: Tensor
  /// `[channels]`.
  public var bias: Tensor
}

/// The backward pass of ``normalization(input:weight:bias:sets:epsilon:activation:)``.
///
/// With `d = upstream f'`, `s = 1 / sqrt(v + epsilon)` and `<.>` the mean over a set: `bias` gets the sums of `d`, `weight`
/// those of `d (x - m) s`, and `x` gets `s (g - <g> - (x - m) s <g (x - m) s>)` with `g = d weight`. The first sweep over an
/// image makes `d` and the two sums of each channel, the second the gradient. What `f'` is taken of is computed anew:
/// that is cheaper than to read it from memory.
///
/// - Parameters:
///   - upstream: the gradient with respect to the output, of its shape.
///   - result: what `normalization` gave.
public func normalizationBackward(
  upstream: Tensor, input: Tensor, weight: Tensor, bias: Tensor, sets: NormalizationSets,
  result: NormalizationResult, activation: Activation = .identity
) -> NormalizationGradients {
  sets.requireParameters(input, weight, bias, "normalizationBackward")
  upstream.requireSameShape(input, "normalizationBackward")
  let gradient = Tensor(uninitialized: input.shape)
  let parts = sets.areRows ? RowPullback<IdentityKernel>.blocks(sets.batch) : sets.batch
  let gains = Tensor(uninitialized: [parts, sets.channels])
  let offsets = Tensor(uninitialized: [parts, sets.channels])
  func run(_ kernel: some ActivationKernel) {
    if sets.areRows {
      RowPullback(
        width: sets.channels, upstream: upstream.base, x: input.base, d: gradient.storage.base, weight: weight.base,
        bias: bias.base, means: result.mean.base, inverseDeviations: result.inverseDeviation.base,
        gains: gains.storage.base, offsets: offsets.storage.base, kernel: kernel
      ).run(rows: sets.batch)
    } else {
      let sums = TensorStorage(holding: sets.batch * sets.blocks * 2 * sets.width)
      let factors = TensorStorage(holding: sets.batch * ChannelFactors.scratch(sets))
      ImagePullback(
        sets: sets, upstream: upstream.base, x: input.base, d: gradient.storage.base, weight: weight.base,
        bias: bias.base, means: result.mean.base, inverseDeviations: result.inverseDeviation.base,
        sums: sums.base, factors: factors.base, gains: gains.storage.base, offsets: offsets.storage.base, kernel: kernel
      ).run()
      withExtendedLifetime((sums, factors)) {}
    }
  }
  if input.count > 0 {
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
  }
  return withExtendedLifetime((upstream, input, weight, bias, result)) {
    NormalizationGradients(input: gradient, weight: gains.sum(axis: 0), bias: offsets.sum(axis: 0))
  }
}

/// The backward pass over images.
private struct ImagePullback<Kernel: ActivationKernel>: ImageSweeps {
  let sets: NormalizationSets
  let upstream: UnsafePointer<Float>
  let x: UnsafePointer<Float>
  let d: UnsafeMutablePointer<Float>
  let weight: UnsafePointer<Float>
  let bias: UnsafePointer<Float>
  let means: UnsafePointer<Float>
  let inverseDeviations: UnsafePointer<Float>
  /// Of each block its channels' sums of `d` and of `d (x - m)`, `[batch, blocks, 2, width]`.
  let sums: UnsafeMutablePointer<Float>
  let factors: UnsafeMutablePointer<Float>
  /// The image's parts of the gradients of the gain and the offset, `[batch, channels]`.
  let gains: UnsafeMutablePointer<Float>
  let offsets: UnsafeMutablePointer<Float>
  let kernel: Kernel

  func prepare(_ image: Int) {
    ChannelFactors(factors, sets, image).fill(
      sets, image, means: means, inverseDeviations: inverseDeviations, weight: weight, bias: bias)
  }

  func first(_ image: Int, _ block: Int) {
    let start = sets.start(image, block)
    let own = sums + (image * sets.blocks + block) * 2 * sets.width
    pullThroughActivation(
      upstream + start, x + start, rows: sets.pixels(ofBlock: block).count, channels: sets.channels,
      ChannelFactors(factors, sets, image), kernel, into: d + start, sums: own, products: own + sets.width)
  }

  /// The image's sums, and what the gradients of a set's numbers have in common.
  func between(_ image: Int) {
    let (width, blocks, size) = (sets.width, sets.blocks, sets.channels / sets.groups)
    let sums = sums + image * blocks * 2 * width
    let own = ChannelFactors(factors, sets, image)
    let (gains, offsets) = (gains + image * sets.channels, offsets + image * sets.channels)
    for group in 0..<sets.groups {
      let channels = group * size..<(group + 1) * size
      let inverse = inverseDeviations[image * sets.groups + group]
      var (total, product) = (0.0, 0.0)
      for channel in channels {
        var (sum, projection) = (0.0, 0.0)
        for block in 0..<blocks {
          sum += Double(sums[block * 2 * width + channel])
          projection += Double(sums[block * 2 * width + width + channel])
        }
        offsets[channel] = Float(sum)
        gains[channel] = Float(projection * Double(inverse))
        total += Double(weight[channel]) * sum
        product += Double(weight[channel]) * projection
      }
      let share = Double(inverse) / Double(sets.count)
      let slope = Float(total * share)
      let curvature = Float(product * share * Double(inverse) * Double(inverse))
      for channel in channels {
        own.slope[channel] = slope
        own.curvature[channel] = curvature
      }
    }
  }

  func second(_ image: Int, _ block: Int) {
    let start = sets.start(image, block)
    writeInputGradient(
      x + start, rows: sets.pixels(ofBlock: block).count, channels: sets.channels,
      ChannelFactors(factors, sets, image), into: d + start)
  }
}
