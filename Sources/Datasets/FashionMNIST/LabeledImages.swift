public import TensorCore

/// Images with one class label each.
public struct LabeledImages: Sendable {
  /// The pixels, one image a row: `[count, height * width]`, from 0 (black) to 1 (white).
  public let images: Tensor
  /// The class of each image, counted from 0.
  public let labels: [Int]
  /// Pixels from top to bottom.
  public let height: Int
  /// Pixels from left to right.
  public let width: Int

  /// - Parameters:
  ///   - images: `[count, height * width]`.
  ///   - labels: `count` classes.
  ///
  /// Traps when the shape does not fit the labels and the size.
  public init(images: Tensor, labels: [Int], height: Int, width: Int) {
    guard images.shape == [labels.count, height * width] else {
      trap(
        "LabeledImages",
        "\(labels.count) images of \(height) x \(width) need the shape [\(labels.count), \(height * width)], "
          + "not \(images.shape)")
    }
    self.images = images
    self.labels = labels
    self.height = height
    self.width = width
  }

  /// The number of images.
  public var count: Int { labels.count }

  /// The pixels as a batch of images with one channel: `[count, height, width, 1]`.
  public var grid: Tensor { images.reshaped(to: [count, height, width, 1]) }

  /// The first images, at most `count` of them.
  public func prefix(_ count: Int) -> LabeledImages {
    select(Array(0..<min(count, labels.count)))
  }

  /// The images whose label is one of `classes`, in their present order.
  public func filter(classes: [Int]) -> LabeledImages {
    select(labels.indices.filter { classes.contains(labels[$0]) })
  }

  /// The images at the given places, in that order. Traps when a place is out of range.
  public func select(_ indices: [Int]) -> LabeledImages {
    LabeledImages(
      images: images.gatheringRows(at: indices), labels: indices.map { labels[$0] }, height: height, width: width)
  }
}
