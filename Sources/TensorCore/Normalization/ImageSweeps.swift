/// Work in two sweeps over the pixels of each image, with something between them for which the first must be complete.
protocol ImageSweeps {
  var sets: NormalizationSets { get }

  /// What every block of the image needs.
  func prepare(_ image: Int)
  func first(_ image: Int, _ block: Int)
  /// What the second sweep needs of the first.
  func between(_ image: Int)
  func second(_ image: Int, _ block: Int)
}

extension ImageSweeps {
  /// Where there are images enough a thread sweeps one twice, while it is in its cache; otherwise blocks of pixels are
  /// shared. No sum depends on which.
  func run() {
    let (batch, blocks) = (sets.batch, sets.blocks)
    func whole(_ image: Int) {
      prepare(image)
      for block in 0..<blocks { first(image, block) }
      between(image)
      for block in 0..<blocks { second(image, block) }
    }
    if sets.shape.product < 2 * Tensor.parallelGrain {
      for image in 0..<batch { whole(image) }
    } else if batch >= 8 || blocks == 1 {
      parallelFor(batch, whole)
    } else {
      for image in 0..<batch { prepare(image) }
      parallelFor(batch * blocks) { first($0 / blocks, $0 % blocks) }
      for image in 0..<batch { between(image) }
      parallelFor(batch * blocks) { second($0 / blocks, $0 % blocks) }
    }
  }
}

/// What the loops over pixels read of each channel: vectors of ``NormalizationSets/width`` numbers, for one image.
struct ChannelFactors {
  private let base: UnsafeMutablePointer<Float>
  private let width: Int

  /// The room that the factors of an image need.
  static func scratch(_ sets: NormalizationSets) -> Int { 5 * sets.width }

  /// Those of an image, in room for all images' factors.
  init(_ memory: UnsafeMutablePointer<Float>, _ sets: NormalizationSets, _ image: Int) {
    base = memory + image * ChannelFactors.scratch(sets)
    width = sets.width
  }

  /// The mean of the channel's set.
  var mean: UnsafeMutablePointer<Float> { base }
  /// The gain divided by the deviation.
  var scale: UnsafeMutablePointer<Float> { base + width }
  var bias: UnsafeMutablePointer<Float> { base + 2 * width }
  /// Backwards: what is subtracted from every number, and by how much its distance from the mean counts.
  var slope: UnsafeMutablePointer<Float> { base + 3 * width }
  var curvature: UnsafeMutablePointer<Float> { base + 4 * width }

  /// The first three.
  func fill(
    _ sets: NormalizationSets, _ image: Int, means: UnsafePointer<Float>, inverseDeviations: UnsafePointer<Float>,
    weight: UnsafePointer<Float>, bias: UnsafePointer<Float>
  ) {
    let size = sets.channels / sets.groups
    for group in 0..<sets.groups {
      let place = image * sets.groups + group
      for channel in group * size..<(group + 1) * size {
        mean[channel] = means[place]
        scale[channel] = weight[channel] * inverseDeviations[place]
        self.bias[channel] = bias[channel]
      }
    }
  }
}
