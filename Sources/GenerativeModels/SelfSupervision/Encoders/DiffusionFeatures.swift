public import TensorCore

/// A denoising network as an encoder: what it finds in images that were noised to some steps (Baranchuk et al. 2022, arXiv
/// 2112.03126). It was never asked to describe an image, but it cannot take the noise away without knowing what is under
/// it.
///
/// ```swift
/// let features = DiffusionFeatures(learner.averaged, diffusion, steps: [20, 60], grid: 2)
/// let described = features(images)   // [n, d]
/// ```
///
/// All images get the same noise, drawn from a seed, so that a description depends on its image alone.
public struct DiffusionFeatures {
  public let network: UNet
  public let diffusion: GaussianDiffusion
  /// The steps t, 0 for no noise; the features at several stand side by side.
  public let steps: [Int]
  public let places: [UNetPlace]
  /// The cells along each side of an image, over which each channel is averaged.
  public let grid: Int
  public let seed: UInt64

  /// Traps when there are no steps, or one lies outside 0...T.
  public init(
    _ network: UNet, _ diffusion: GaussianDiffusion, steps: [Int], places: [UNetPlace] = [.bottleneck], grid: Int = 1,
    seed: UInt64 = 0
  ) {
    guard !steps.isEmpty, steps.allSatisfy({ (0...diffusion.stepCount).contains($0) }) else {
      trap(
        "DiffusionFeatures",
        "steps: needs at least one, each in 0..." + String(diffusion.stepCount) + ", not " + describe(steps))
    }
    self.network = network
    self.diffusion = diffusion
    self.steps = steps
    self.places = places
    self.grid = grid
    self.seed = seed
  }

  /// The descriptions of images, `[n, height, width, channels]` with pixels as the network has learned them: `[n, d]`.
  /// Works in blocks, so that n may be large.
  ///
  /// Traps when the images, the places or the grid do not fit the network.
  public func callAsFunction(_ images: Tensor) -> Tensor {
    guard images.rank == 4 else {
      trap("DiffusionFeatures", "images: need the shape [n, height, width, channels], not " + describe(images.shape))
    }
    var random = RandomGenerator(seed: seed)
    let noise = random.normal(shape: [1] + images.shape.dropFirst())
    return images.mapRowBlocks(of: 512) { block in
      let parts = steps.map { t in
        let noised = t == 0 ? block : diffusion.qSample(block, t: t, noise: noise.broadcast(to: block.shape))
        return network.features(noised, time: diffusion.schedule.time(t), at: places, grid: grid)
      }
      return parts.count == 1 ? parts[0] : .concatenated(parts, axis: 1)
    }
  }
}
