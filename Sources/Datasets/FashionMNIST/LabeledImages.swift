public import TensorCore

/// Images with one class label each.
///
/// Pixels that came as bytes stay bytes, a quarter of the memory; they become numbers when they are asked for. In
/// training ask for a batch at a time: ``images(at:)``.
public struct LabeledImages: Sendable {
  private let pixels: Pixels
  /// The class of each image, counted from 0.
  public let labels: [Int]
  /// Pixels from top to bottom.
  public let height: Int
  /// Pixels from left to right.
  public let width: Int
  /// 1 for grey, 3 for colour.
  public let channels: Int

  /// - Parameters:
  ///   - images: `[count, height * width * channels]`.
  ///   - labels: `count` classes.
  ///
  /// Traps when the shape does not fit the labels and the size.
  public init(images: Tensor, labels: [Int], height: Int, width: Int, channels: Int = 1) {
    guard images.shape == [labels.count, height * width * channels] else {
      trap(
        "LabeledImages",
        "images: \(labels.count) images of \(height) x \(width) pixels and \(channels) channels need the shape "
          + "[\(labels.count), \(height * width * channels)], not \(images.shape)")
    }
    self.init(pixels: .numbers(images), labels: labels, height: height, width: width, channels: channels)
  }

  init(pixels: Pixels, labels: [Int], height: Int, width: Int, channels: Int) {
    self.pixels = pixels
    self.labels = labels
    self.height = height
    self.width = width
    self.channels = channels
  }

  /// The pixels, one image a row: `[count, height * width * channels]`, from 0 (black) to 1 (white), channels last.
  ///
  /// They are made from bytes at each use: keep them in a constant.
  public var images: Tensor { pixels.rows(count: count) }

  /// The pixels of the images at the given places, in that order, one image a row. Traps when a place is out of range.
  public func images(at indices: [Int]) -> Tensor { pixels.rows(at: indices, of: count) }

  /// The number of images.
  public var count: Int { labels.count }

  /// The pixels as a batch of images: `[count, height, width, channels]`.
  public var grid: Tensor { images.reshaped(to: [count, height, width, channels]) }

  /// The first images, at most `count` of them. Traps when `count` is negative.
  public func prefix(_ count: Int) -> LabeledImages {
    guard count >= 0 else { trap("LabeledImages.prefix", "count: must be 0 or more, not \(count)") }
    return select(Array(0..<min(count, labels.count)))
  }

  /// The images whose label is one of `classes`, in their present order.
  public func filter(classes: [Int]) -> LabeledImages {
    select(labels.indices.filter { classes.contains(labels[$0]) })
  }

  /// The images at the given places, in that order. Traps when a place is out of range.
  public func select(_ indices: [Int]) -> LabeledImages {
    LabeledImages(
      pixels: pixels.selecting(indices, of: count), labels: indices.map { labels[$0] }, height: height, width: width,
      channels: channels)
  }

  /// Images drawn at random, each equally likely every time. Traps when there is none, or `count` is negative.
  public func sample(_ count: Int, using random: inout RandomGenerator) -> LabeledImages {
    guard labels.count > 0, count >= 0 else {
      trap("LabeledImages.sample", "count: cannot draw \(count) images from \(labels.count)")
    }
    return select(random.integers(below: labels.count, count: count))
  }
}
