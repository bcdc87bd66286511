import Datasets
import TensorCore

/// Fashion-MNIST, read when it is first asked for and then kept.
enum Clothes {
  static func load() throws -> FashionMNIST { try loaded.get() }

  /// Images at random, `[count, 28, 28, 1]`, pixels from -1 to 1.
  static func draw(_ count: Int, from images: LabeledImages, using random: inout RandomGenerator) -> Tensor {
    images.images(at: random.integers(below: images.count, count: count)).reshaped(to: [count, 28, 28, 1]) * 2 - 1
  }

  private static let loaded = Result { try FashionMNIST.load() }
}
