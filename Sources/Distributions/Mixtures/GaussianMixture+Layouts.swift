internal import TensorCore

extension GaussianMixture {
  /// Equal Gaussians evenly spaced on a circle, the first at angle 0, counter-clockwise: component k has the mean
  /// radius (cos(2 pi k / modes), sin(2 pi k / modes)).
  ///
  /// The defaults are the ring of the mode-collapse papers: 8 modes, radius 1, deviation 0.01 (VEEGAN, arXiv
  /// 1705.07761; PacGAN, arXiv 1712.04086).
  ///
  /// Traps when `modes` is below 1, or the radius or the deviation is not above 0.
  public static func ring(modes: Int = 8, radius: Double = 1, standardDeviation: Double = 0.01) -> GaussianMixture {
    if modes < 1 { trap("GaussianMixture.ring", "modes: needs at least 1, not " + String(modes)) }
    requirePositive(radius, "radius", "GaussianMixture.ring")
    requirePositive(standardDeviation, "standardDeviation", "GaussianMixture.ring")
    var centers: [Double] = []
    for mode in 0..<modes {
      let angle = 2 * Double.pi * Double(mode) / Double(modes)
      centers += [radius * cos(angle), radius * sin(angle)]
    }
    return GaussianMixture(
      centers: centers, dimension: 2, standardDeviations: Array(repeating: standardDeviation, count: modes),
      weights: nil)
  }

  /// Equal Gaussians on a square grid around the origin, row after row from the lower left.
  ///
  /// The defaults are the grid of the mode-collapse papers: {-4, -2, 0, 2, 4}^2 with deviation 0.05.
  ///
  /// - Parameters:
  ///   - side: the number of modes along each axis.
  ///   - spacing: the distance between neighbours.
  ///   - standardDeviation: of every component.
  ///
  /// Traps when `side` is below 1, or the spacing or the deviation is not above 0.
  public static func grid(side: Int = 5, spacing: Double = 2, standardDeviation: Double = 0.05) -> GaussianMixture {
    if side < 1 { trap("GaussianMixture.grid", "side: needs at least 1, not " + String(side)) }
    requirePositive(spacing, "spacing", "GaussianMixture.grid")
    requirePositive(standardDeviation, "standardDeviation", "GaussianMixture.grid")
    let middle = Double(side - 1) / 2
    var centers: [Double] = []
    for row in 0..<side {
      for column in 0..<side { centers += [(Double(column) - middle) * spacing, (Double(row) - middle) * spacing] }
    }
    return GaussianMixture(
      centers: centers, dimension: 2, standardDeviations: Array(repeating: standardDeviation, count: side * side),
      weights: nil)
  }

  /// One Gaussian N(mean, s^2 I).
  ///
  /// Traps when the mean is empty or not finite, or the deviation is not above 0.
  public static func gaussian(mean: [Double], standardDeviation: Double) -> GaussianMixture {
    GaussianMixture(centers: mean, dimension: mean.count, standardDeviations: [standardDeviation], weights: nil)
  }
}

/// Traps unless `value` is a positive finite number.
func requirePositive(_ value: Double, _ name: String, _ operation: String) {
  guard value > 0, value.isFinite else {
    trap(operation, name + ": must be above 0 and finite, not " + value.description)
  }
}
