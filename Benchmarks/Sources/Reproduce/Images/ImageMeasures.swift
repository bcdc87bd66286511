import Datasets
import GenerativeModels
import Metrics
import TensorCore

/// How images are held against test images: in the features of a classifier that was trained here.
enum ImageMeasures {
  static let sampleCount = 5_000
  static let settings = "5000 samples against 5000 test images; " + PlaneClassifier.settings

  /// The columns' values for a model that makes so many images at a time, `[count, 28, 28, 1]`, -1...1.
  ///
  /// - Parameter sheet: where the first of them are shown; nil for nowhere.
  static func values(sheet: ImageSheet? = nil, _ sample: (Int) -> Tensor) throws -> [String: Double] {
    let classifier = try PlaneClassifier.shared.get()
    let test = try Clothes.load().test.images.rows(0..<sampleCount) * 2 - 1
    var features: [Tensor] = []
    for part in 0..<sampleCount / 500 {
      let images = sample(500)
      if part == 0 { try sheet?.write(images) }
      features.append(classifier.features(of: images))
    }
    let drawn = Tensor.concatenated(features, axis: 0)
    let real = classifier.features(of: test)
    let near = NeighborhoodMeasures(of: drawn, against: real, neighbors: 5)
    let sure = classifier.sureClasses(features: drawn)
    return [
      "frechet": frechetDistance(drawn, real), "precision": near.precision, "recall": near.recall,
      "density": near.density, "coverage": near.coverage, "sure": Double(sure.count) / Double(sampleCount),
      "kinds": Double((0..<10).filter { kind in sure.filter { $0 == kind }.count >= sampleCount / 200 }.count),
      "accuracy": classifier.accuracy,
    ]
  }
}
