public import Autodiff
internal import NeuralNetworks
public import TensorCore

extension UNet {
  /// `[batch, height, width, channels]` to the same shape, or to twice the channels where the variance is learned.
  ///
  /// Traps when the height or the width is not a multiple of ``UNetConfiguration/stride``, and on labels that the network
  /// was not made for.
  public func callAsFunction(_ x: Variable, times: [Double], labels: [Int?]) -> Variable {
    let context = context(times, labels)
    let (bottom, skips) = descend(x, context)
    var h = bottom
    for level in configuration.widths.indices.reversed() {
      for block in 0..<configuration.blocks {
        let place = (configuration.widths.count - 1 - level) * configuration.blocks + block
        let skip = skips[level * configuration.blocks + configuration.blocks - 1 - block]
        h = up[place](.concatenated([h, skip], axis: 3), context: context)
      }
      if level > 0 { h = h.upsampledNearest(factor: 2) }
    }
    return output(outputNorm(h, activation: .silu)).unfoldingPatches(configuration.patch)
  }

  /// What the network has found out about images at its lowest resolution, averaged over pixels: `[n, last width]`. As
  /// features of unlabelled images they can be probed.
  public func bottleneckFeatures(_ images: Tensor, time: Double) -> Tensor {
    images.mapRowBlocks(of: 128) { block in
      let count = block.shape[0]
      let context = context([Double](repeating: time, count: count), [Int?](repeating: nil, count: count))
      let h = descend(Variable(constant: block), context).bottom.value
      return h.reshaped(to: [count, h.shape[1] * h.shape[2], h.shape[3]]).mean(axis: 1)
    }
  }

  /// The way down and through the middle.
  func descend(_ x: Variable, _ context: Variable) -> (bottom: Variable, skips: [Variable]) {
    let stride = configuration.stride
    guard x.shape.count == 4, x.shape[3] == configuration.imageChannels, x.shape[1] % stride == 0,
      x.shape[2] % stride == 0
    else {
      trap(
        "UNet",
        "the input " + describe(x.shape) + " is not [batch, height, width, " + String(configuration.imageChannels)
          + "] with a height and width that are multiples of " + String(stride)
          + "; pad the images, or give fewer widths")
    }
    var h = input(x.foldingPatches(configuration.patch))
    var skips: [Variable] = []
    for level in configuration.widths.indices {
      for block in 0..<configuration.blocks {
        h = down[level * configuration.blocks + block](h, context: context)
        skips.append(h)
      }
      if level < halve.count { h = halve[level](h) }
    }
    h = middle[0](h, context: context)
    if let attention = attention.first { h = attention(h) }
    return (middle[1](h, context: context), skips)
  }

  /// silu of the embeddings of time and label, for all blocks.
  func context(_ times: [Double], _ labels: [Int?]) -> Variable {
    let time = time(embedding(times.map { 1000 * $0 }))
    guard let table = self.labels.first else {
      requireNoLabels(labels, "UNet")
      return silu(time)
    }
    return silu(time + table(labels.map { $0 ?? configuration.classes }))
  }
}
