import Distributions
import Metrics
import TensorCore

/// The two mixtures of the mode-collapse papers, and how samples are held against them (VEEGAN, arXiv 1705.07761;
/// PacGAN, arXiv 1712.04086).
struct PointSet: Sendable {
  let name: String
  let mixture: GaussianMixture
  /// The standard deviation of the whole mixture along each axis: models learn points divided by it.
  let scale: Float
  let published: [PublishedRow]

  static let ring = PointSet("ring", .ring(), published: Published.ring)
  static let grid = PointSet("grid", .grid(), published: Published.grid)
  static let all = [ring, grid]

  private init(_ name: String, _ mixture: GaussianMixture, published: [PublishedRow]) {
    self.name = name
    self.mixture = mixture
    // Both are centred, so that the mean square is the variance.
    let square = Double(mixture.means.squared().mean().item)
    let within = mixture.standardDeviations[0] * mixture.standardDeviations[0]
    scale = Float((square + within).squareRoot())
    self.published = published
  }

  /// 100,000 points to learn from, of variance 1 along each axis.
  func trainingPoints(using random: inout RandomGenerator) -> Tensor {
    mixture.sample(100_000, using: &random).points / scale
  }

  static let columns = [
    Column(title: "modes", key: "modes", decimals: 1),
    Column(title: "high quality, %", key: "highQuality", decimals: 1, scale: 100),
    Column(title: "reverse KL, high quality", key: "klHighQuality", decimals: 4),
    Column(title: "reverse KL, all", key: "klAll", decimals: 4),
  ]

  /// The number of samples that a model is judged by.
  static let sampleCount = 2_500

  /// The columns' values for samples of a model.
  func measure(_ samples: Tensor) -> [String: Double] {
    let coverage = ModeCoverage(of: samples * scale, in: mixture)
    var values = ["modes": Double(coverage.modes), "highQuality": coverage.highQualityShare]
    values["klHighQuality"] = coverage.reverseKL(over: .highQuality)
    values["klAll"] = coverage.reverseKL(over: .all)
    return values
  }
}
