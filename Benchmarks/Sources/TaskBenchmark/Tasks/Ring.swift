import NeuralNetworks
import TensorCore

/// Eight narrow Gaussians on a circle of radius 2, the data of the two-dimensional tasks.
struct Ring {
  static let modes = 8
  static let standardDeviation: Float = 0.02
  let centres: Tensor

  init() {
    var scalars: [Float] = []
    for mode in 0..<Ring.modes {
      let angle = 2 * Double.pi * Double(mode) / Double(Ring.modes)
      scalars += [Float(2 * cos(angle)), Float(2 * sin(angle))]
    }
    centres = Tensor(scalars, shape: [Ring.modes, 2])
  }

  func sample(_ count: Int, using random: inout RandomGenerator) -> Tensor {
    let modes = random.integers(below: Ring.modes, count: count)
    return centres.gatheringRows(at: modes)
      + random.normal(shape: [count, 2], standardDeviation: Ring.standardDeviation)
  }

  /// The modes that get at least one sample within three standard deviations, and the share of such samples.
  func quality(of points: Tensor) -> [String: Double] {
    var hits = [Int](repeating: 0, count: Ring.modes)
    let (points, centres) = (points.scalars, centres.scalars)
    for row in 0..<points.count / 2 {
      for mode in 0..<Ring.modes {
        let (x, y) = (points[2 * row] - centres[2 * mode], points[2 * row + 1] - centres[2 * mode + 1])
        if (x * x + y * y).squareRoot() <= 3 * Ring.standardDeviation { hits[mode] += 1 }
      }
    }
    return [
      "modes": Double(hits.count { $0 > 0 }),
      "high quality %": 100 * Double(hits.reduce(0, +)) / Double(points.count / 2),
    ]
  }
}
