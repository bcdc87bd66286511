public import TensorCore

extension LabeledImages {
  /// Colour images, each of three grey ones drawn at random and laid into its red, green and blue planes, with the
  /// label `classes^2 red + classes green + blue`: from ten classes come a thousand modes, as in the stacked-MNIST test
  /// of mode collapse (Metz et al. 2016, arXiv 1611.02163).
  ///
  /// - Parameters:
  ///   - count: how many images to make. 128,000 of 28 x 28 pixels are 1.2 GB; draw them batch by batch in training.
  ///   - classes: the number of classes that the labels count.
  ///
  /// Traps when the images are not grey, there is none, a label is not below `classes`, or `count` is negative.
  public func stacked(_ count: Int, classes: Int = 10, using random: inout RandomGenerator) -> LabeledImages {
    guard channels == 1, labels.count > 0, count >= 0 else {
      trap(
        "LabeledImages.stacked",
        "needs grey images to stack and a count of 0 or more, not \(labels.count) images of \(channels) channels and "
          + "the count \(count)")
    }
    if let place = labels.firstIndex(where: { $0 < 0 || $0 >= classes }) {
      trap("LabeledImages.stacked", "classes: label \(place) is \(labels[place]), so \(classes) are not enough")
    }
    let sources = random.integers(below: labels.count, count: 3 * count)
    let pixels = height * width
    let planes = images(at: sources).withUnsafeScalars { source in
      Tensor(shape: [count, pixels * 3]) { target in
        for image in 0..<count {
          for plane in 0..<3 {
            let start = (3 * image + plane) * pixels
            for pixel in 0..<pixels { target[(image * pixels + pixel) * 3 + plane] = source[start + pixel] }
          }
        }
      }
    }
    let combined = (0..<count).map { image in
      (0..<3).reduce(0) { $0 * classes + labels[sources[3 * image + $1]] }
    }
    return LabeledImages(images: planes, labels: combined, height: height, width: width, channels: 3)
  }

  /// One plane of colour images as grey ones: 0 red, 1 green, 2 blue. A classifier of the grey images recognizes the
  /// mode of a stacked one plane by plane.
  ///
  /// Traps when there is no such plane in `images`, `[count, height, width, channels]`.
  public static func plane(_ plane: Int, of images: Tensor) -> Tensor {
    guard images.rank == 4, (0..<images.shape[3]).contains(plane) else {
      trap(
        "LabeledImages.plane",
        "plane: there is no plane \(plane) in images of the shape \(images.shape); needs [count, height, width, channels]"
      )
    }
    return images.slice(axis: 3, plane..<plane + 1)
  }
}
