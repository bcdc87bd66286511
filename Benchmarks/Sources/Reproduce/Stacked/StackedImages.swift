import Datasets
import GenerativeModels
import Metrics
import TensorCore

/// Stacked Fashion-MNIST: three grey images at random in the planes of a colour image, which makes a thousand modes of ten
/// classes (Metz et al. 2017, arXiv 1611.02163, with digits), and how samples are held against them: the classes of the
/// three planes, named by a classifier of grey images, are the mode.
enum StackedImages {
  static let sampleCount = 26_000

  /// Stacks of training images, `[count, 28, 28, 3]`, pixels from -1 to 1.
  static func draw(_ count: Int, from images: LabeledImages, using random: inout RandomGenerator) -> Tensor {
    images.stacked(count, using: &random).grid * 2 - 1
  }

  /// The columns' values for a model that makes so many images at a time.
  static func measure(_ sample: (Int) -> Tensor) throws -> [String: Double] {
    let classifier = try PlaneClassifier.shared.get()
    var modes: [Int] = []
    while modes.count < sampleCount {
      let images = sample(min(1_000, sampleCount - modes.count))
      let planes = (0..<3).map { classifier.classes(of: LabeledImages.plane($0, of: images)) }
      modes += planes[0].indices.map { 100 * planes[0][$0] + 10 * planes[1][$0] + planes[2][$0] }
    }
    let coverage = ModeCoverage(labels: modes, modes: 1_000)
    var values = ["modes": Double(coverage.modes), "accuracy": classifier.accuracy]
    values["kl"] = coverage.reverseKL(over: .all)
    return values
  }
}
