public import TensorCore

/// A way to damage images at random, for a network to learn to repair.
///
/// Pixels are taken to lie in 0...1. Every corruption draws fresh randomness for every image.
public enum Corruption: Sendable, Equatable {
  /// Adds independent noise N(0, s^2) to every pixel. The result is not clipped: clipping would bias the noise, and
  /// the optimal denoiser's relation to the score holds for additive noise only (Vincent 2011).
  case gaussianNoise(standardDeviation: Float)
  /// Sets each pixel to 0 with the given probability (Vincent et al. 2008).
  case masking(probability: Float)
  /// Sets each pixel, with the given probability, to 0 or 1 with equal chance.
  case saltAndPepper(probability: Float)
  /// Sets a square of the given side, at a uniformly random place inside the image, to 0.
  case blankSquare(side: Int)

  /// A damaged copy of images.
  ///
  /// - Parameters:
  ///   - images: `[n, h * w]` or `[n, h, w, c]`. Rows are taken to be square images of one channel when
  ///     ``blankSquare(side:)`` has to know their height and width.
  ///
  /// Traps on a negative deviation, a probability outside 0...1, a square that does not fit, and rows that are not
  /// square images where that matters.
  public func callAsFunction(_ images: Tensor, using random: inout RandomGenerator) -> Tensor {
    switch self {
    case .gaussianNoise(let deviation):
      guard deviation >= 0, deviation.isFinite else {
        trap("Corruption.gaussianNoise", "the standard deviation must not be negative, but is " + deviation.description)
      }
      return images + random.normal(shape: images.shape, standardDeviation: deviation)
    case .masking(let probability):
      check(probability, "Corruption.masking")
      return replacing(images, probability, using: &random) { _ in 0 }
    case .saltAndPepper(let probability):
      check(probability, "Corruption.saltAndPepper")
      return replacing(images, probability, using: &random) { $0 < probability / 2 ? 0 : 1 }
    case .blankSquare(let side):
      return blanking(side, in: images, using: &random)
    }
  }

  private func check(_ probability: Float, _ operation: String) {
    guard (0...1).contains(probability) else {
      trap(operation, "the probability must lie in 0...1, but is " + probability.description)
    }
  }

  /// Replaces each pixel whose uniform draw lies below `probability` by what `value` makes of the draw.
  private func replacing(
    _ images: Tensor, _ probability: Float, using random: inout RandomGenerator, by value: (Float) -> Float
  ) -> Tensor {
    var result = images
    let draws = random.uniform(shape: images.shape)
    draws.withUnsafeScalars { draws in
      result.withUnsafeMutableScalars { pixels in
        for index in pixels.indices where draws[index] < probability { pixels[index] = value(draws[index]) }
      }
    }
    return result
  }

  private func blanking(_ side: Int, in images: Tensor, using random: inout RandomGenerator) -> Tensor {
    let (height, width, channels) = imageSize(of: images.shape, in: "Corruption.blankSquare")
    guard side >= 0, side <= height, side <= width else {
      trap(
        "Corruption.blankSquare",
        "a square of side " + String(side) + " does not fit into " + String(height) + " x " + String(width) + " pixels")
    }
    var result = images
    result.withUnsafeMutableScalars { pixels in
      for image in 0..<images.shape[0] {
        let top = random.integer(below: height - side + 1)
        let left = random.integer(below: width - side + 1)
        for row in top..<top + side {
          let start = ((image * height + row) * width + left) * channels
          for index in start..<start + side * channels { pixels[index] = 0 }
        }
      }
    }
    return result
  }
}
