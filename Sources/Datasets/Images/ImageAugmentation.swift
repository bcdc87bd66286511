public import TensorCore

/// Random changes that leave what is in an image the same, for contrastive learning: of every image one crop, one shift
/// and perhaps one mirroring.
///
/// A crop takes a square of a random share of the image's area at a random place and stretches it to the whole by
/// bilinear interpolation, as SimCLR does (Chen et al. 2020, arXiv 2002.05709); a shift moves the image by whole pixels
/// and fills with black.
///
/// ```swift
/// let views = ImageAugmentation(cropArea: 0.5...1, shift: 2, flips: true).views(of: batch, using: &random)
/// ```
public struct ImageAugmentation: Sendable, Equatable {
  /// The range of the crop's share of the area, within 0...1; 1...1 crops nothing.
  public let cropArea: ClosedRange<Double>
  /// The most pixels by which an image moves along each axis.
  public let shift: Int
  /// Whether every second image, on average, is mirrored left to right.
  public let flips: Bool

  /// Traps when the range of areas does not lie within 0...1, starts at 0, or `shift` is negative.
  public init(cropArea: ClosedRange<Double> = 0.4...1, shift: Int = 0, flips: Bool = false) {
    guard cropArea.lowerBound > 0, cropArea.upperBound <= 1 else {
      trap("ImageAugmentation", "cropArea: must lie above 0 and up to 1, such as 0.4...1, not \(cropArea)")
    }
    guard shift >= 0 else { trap("ImageAugmentation", "shift: must be 0 or more pixels, not \(shift)") }
    self.cropArea = cropArea
    self.shift = shift
    self.flips = flips
  }

  /// Two views of every image, changed independently.
  public struct Views: Sendable {
    public var first: Tensor
    public var second: Tensor
  }

  /// Two views of every image: what contrastive learning pulls together. See ``callAsFunction(_:using:)``.
  public func views(of images: Tensor, using random: inout RandomGenerator) -> Views {
    let first = self(images, using: &random)
    return Views(first: first, second: self(images, using: &random))
  }

  /// One view of every image: `[n, height, width, channels]` to the same shape.
  ///
  /// Traps unless the images have four axes.
  public func callAsFunction(_ images: Tensor, using random: inout RandomGenerator) -> Tensor {
    guard images.rank == 4, images.shape[1] > 0, images.shape[2] > 0 else {
      trap("ImageAugmentation", "images: needs [count, height, width, channels], not \(images.shape)")
    }
    let (height, width, channels) = (images.shape[1], images.shape[2], images.shape[3])
    let windows = (0..<images.shape[0]).map { _ in window(height, width, &random) }
    return images.withUnsafeScalars { source in
      Tensor(shape: images.shape) { target in
        let size = height * width * channels
        for (image, window) in windows.enumerated() {
          let pixels = UnsafeBufferPointer(rebasing: source[image * size..<(image + 1) * size])
          for row in 0..<height {
            let y = window.top + (Double(row) + 0.5) * window.rowStep - 0.5
            for column in 0..<width {
              let x = window.left + (Double(column) + 0.5) * window.columnStep - 0.5
              let place = image * size + (row * width + column) * channels
              sample(pixels, y, x, height, width, channels) { channel, value in target[place + channel] = value }
            }
          }
        }
      }
    }
  }

  /// The part of the image that is stretched to the whole, in pixels. A negative step mirrors.
  private struct Window {
    var top: Double
    var left: Double
    var rowStep: Double
    var columnStep: Double
  }

  private func window(_ height: Int, _ width: Int, _ random: inout RandomGenerator) -> Window {
    let area = cropArea.lowerBound + random.uniformDouble() * (cropArea.upperBound - cropArea.lowerBound)
    let scale = area.squareRoot()
    var top = random.uniformDouble() * (1 - scale) * Double(height)
    var left = random.uniformDouble() * (1 - scale) * Double(width)
    if shift > 0 {
      top += Double(random.integer(below: 2 * shift + 1) - shift)
      left += Double(random.integer(below: 2 * shift + 1) - shift)
    }
    if flips && random.uniform() < 0.5 {
      return Window(top: top, left: left + scale * Double(width), rowStep: scale, columnStep: -scale)
    }
    return Window(top: top, left: left, rowStep: scale, columnStep: scale)
  }

  /// The value at (y, x) by bilinear interpolation. Within half a pixel of the border the border is repeated, so that a
  /// crop of the whole is the image itself; beyond, all is 0.
  @inline(__always)
  private func sample(
    _ pixels: UnsafeBufferPointer<Float>, _ y: Double, _ x: Double, _ height: Int, _ width: Int, _ channels: Int,
    _ body: (Int, Float) -> Void
  ) {
    guard y >= -0.5, x >= -0.5, y <= Double(height) - 0.5, x <= Double(width) - 0.5 else {
      for channel in 0..<channels { body(channel, 0) }
      return
    }
    let (cy, cx) = (min(max(y, 0), Double(height - 1)), min(max(x, 0), Double(width - 1)))
    let (top, left) = (Int(cy), Int(cx))
    let (bottom, right) = (min(top + 1, height - 1), min(left + 1, width - 1))
    let (v, u) = (Float(cy - Double(top)), Float(cx - Double(left)))
    for channel in 0..<channels {
      let upper =
        pixels[(top * width + left) * channels + channel] * (1 - u)
        + pixels[(top * width + right) * channels + channel] * u
      let lower =
        pixels[(bottom * width + left) * channels + channel] * (1 - u)
        + pixels[(bottom * width + right) * channels + channel] * u
      body(channel, upper * (1 - v) + lower * v)
    }
  }
}
