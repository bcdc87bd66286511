public import TensorCore

/// How a second view of an image is made: what must not matter to a description.
public struct Views: Sendable, Hashable {
  /// The smallest side of a crop, as a share of the image's; the crop is blown up to size again.
  public var smallestCrop: Float
  /// The farthest shift, in pixels, in both directions; what comes in from outside is 0.
  public var farthestShift: Int
  /// Whether images are mirrored, left to right, half of the time.
  public var mirrors: Bool

  /// Traps unless the crop's share lies in 0...1, above 0, and the shift is not negative.
  public init(smallestCrop: Float = 0.6, farthestShift: Int = 2, mirrors: Bool = true) {
    guard smallestCrop > 0, smallestCrop <= 1, farthestShift >= 0 else {
      trap(
        "Views",
        "smallestCrop must lie in 0...1, above 0, and farthestShift be 0 or more, but they are "
          + smallestCrop.description + " and " + String(farthestShift))
    }
    self.smallestCrop = smallestCrop
    self.farthestShift = farthestShift
    self.mirrors = mirrors
  }

  /// One view of each image, drawn afresh for each.
  ///
  /// A crop has a side uniform between `smallestCrop` and the whole, at a uniform place; each pixel of the view is read
  /// from the image by bilinear interpolation.
  ///
  /// - Parameter images: `[n, h, w, c]`, or rows `[n, h * h]` of square grey images; the view has the same shape.
  ///
  /// Traps on rows that are not square images.
  public func callAsFunction(_ images: Tensor, using random: inout RandomGenerator) -> Tensor {
    let (height, width, channels) = imageSize(of: images.shape, in: "Views")
    let count = images.shape[0]
    // Five draws an image: side, two places, and two shifts; the sixth says whether to mirror.
    let draws = random.uniform(shape: [count, 6])
    return Tensor(shape: images.shape) { result in
      images.withUnsafeScalars { pixels in
        draws.withUnsafeScalars { draws in
          for image in 0..<count {
            let window = Window(self, draws[image * 6..<image * 6 + 6], height: height, width: width)
            let start = image * height * width * channels
            for row in 0..<height {
              for column in 0..<width {
                let place = window.place(row: row, column: column)
                for channel in 0..<channels {
                  result[start + (row * width + column) * channels + channel] = bilinear(
                    pixels, start: start + channel, channels: channels, height: height, width: width, at: place)
                }
              }
            }
          }
        }
      }
    }
  }
}

/// Where in an image the pixels of one view lie.
private struct Window {
  let (top, left, scale): (Float, Float, Float)
  let isMirrored: Bool
  let width: Int

  init(_ views: Views, _ draws: Slice<UnsafeBufferPointer<Float>>, height: Int, width: Int) {
    let first = draws.startIndex
    scale = 1 - (1 - views.smallestCrop) * draws[first]
    let shifts = Float(2 * views.farthestShift + 1)
    func shift(_ draw: Float) -> Float { (draw * shifts).rounded(.down) - Float(views.farthestShift) }
    top = draws[first + 1] * (1 - scale) * Float(height - 1) + shift(draws[first + 3])
    left = draws[first + 2] * (1 - scale) * Float(width - 1) + shift(draws[first + 4])
    isMirrored = views.mirrors && draws[first + 5] < 0.5
    self.width = width
  }

  func place(row: Int, column: Int) -> (row: Float, column: Float) {
    (top + Float(row) * scale, left + Float(isMirrored ? width - 1 - column : column) * scale)
  }
}

/// The number at a place between pixels; 0 outside the image.
private func bilinear(
  _ pixels: UnsafeBufferPointer<Float>, start: Int, channels: Int, height: Int, width: Int,
  at place: (row: Float, column: Float)
) -> Float {
  let (top, left) = (place.row.rounded(.down), place.column.rounded(.down))
  let (down, right) = (place.row - top, place.column - left)
  func pixel(_ row: Int, _ column: Int) -> Float {
    guard row >= 0, row < height, column >= 0, column < width else { return 0 }
    return pixels[start + (row * width + column) * channels]
  }
  let (row, column) = (Int(top), Int(left))
  let above = pixel(row, column) * (1 - right) + pixel(row, column + 1) * right
  let below = pixel(row + 1, column) * (1 - right) + pixel(row + 1, column + 1) * right
  return above * (1 - down) + below * down
}
