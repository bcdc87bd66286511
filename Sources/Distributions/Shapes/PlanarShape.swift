public import TensorCore

/// The shapes in the plane that generative models are commonly tried on, with the noise N(0, noise^2 I) around each.
///
/// ```swift
/// let moons = PlanarShape.twoMoons(noise: 0.05).sample(1_000, using: &random)
/// ```
public enum PlanarShape: Sendable, Equatable {
  /// Two interleaved half circles of radius 1, around (0, 0) above and (1, 0.5) below; labels 0 and 1.
  case twoMoons(noise: Double = 0.05)
  /// Arms that wind outward from the origin to radius 1, evenly along an arm up to a constant near the origin; the
  /// label is the arm.
  case spirals(arms: Int = 2, turns: Double = 1.5, noise: Double = 0.02)
  /// The dark squares of a checkerboard of `cells` x `cells` squares on [-1, 1]^2, uniformly; the label counts the
  /// dark squares, row after row from the lower left, which is dark.
  case checkerboard(cells: Int = 4, noise: Double = 0)
  /// Circles around the origin with radii 1, 1 - 1/count, ..., 1/count; the label counts from the outermost. All
  /// circles are drawn equally often.
  case circles(count: Int = 2, noise: Double = 0.03)
  /// Blades around the origin: Gaussians at distance 1, long along the radius (deviation 0.3) and narrow across it
  /// (`noise`), turned by 0.25 e^radius radians; the label is the blade (Johnson et al. 2016, arXiv 1603.06277).
  case pinwheel(blades: Int = 5, noise: Double = 0.05)

  /// How many labels there are.
  public var labelCount: Int {
    switch self {
    case .twoMoons: 2
    case .spirals(let arms, _, _): arms
    case .checkerboard(let cells, _): (cells * cells + 1) / 2
    case .circles(let count, _): count
    case .pinwheel(let blades, _): blades
    }
  }

  /// Draws points: `[count, 2]`, each label equally likely.
  ///
  /// Traps when `count` is negative, the noise is negative or not finite, or the number of arms, cells, circles or
  /// blades is below 1.
  public func sample(_ count: Int, using random: inout RandomGenerator) -> LabeledPoints {
    validate(count)
    let labels = random.integers(below: labelCount, count: count)
    let places = random.uniform(shape: [count, 2])
    let noise = random.normal(shape: [count, 2])
    let points = Tensor(shape: [count, 2]) { target in
      places.withUnsafeScalars { places in
        noise.withUnsafeScalars { noise in
          for (row, label) in labels.enumerated() {
            let point = place(
              label, SIMD2(Double(places[2 * row]), Double(places[2 * row + 1])),
              SIMD2(Double(noise[2 * row]), Double(noise[2 * row + 1])))
            target[2 * row] = Float(point.x)
            target[2 * row + 1] = Float(point.y)
          }
        }
      }
    }
    return LabeledPoints(points: points, labels: labels)
  }

  /// One point from two uniform numbers and two normal ones.
  private func place(_ label: Int, _ uniform: SIMD2<Double>, _ normal: SIMD2<Double>) -> SIMD2<Double> {
    switch self {
    case .twoMoons(let noise):
      let angle = Double.pi * uniform.x
      let point = label == 0 ? SIMD2(cos(angle), sin(angle)) : SIMD2(1 - cos(angle), 0.5 - sin(angle))
      return point + noise * normal
    case .spirals(let arms, let turns, let noise):
      // The length of an arm grows with the square of the radius, hence the root.
      let radius = uniform.x.squareRoot()
      let angle = 2 * Double.pi * (turns * radius + Double(label) / Double(arms))
      return radius * SIMD2(cos(angle), sin(angle)) + noise * normal
    case .checkerboard(let cells, let noise):
      // Dark squares are those whose row and column have an even sum: every second one in reading order, where rows
      // of even length need the column to step back in odd rows.
      let square = cells % 2 == 1 ? 2 * label : 2 * label + (2 * label / cells) % 2
      let corner = SIMD2(Double(square % cells), Double(square / cells))
      return (corner + uniform) * (2 / Double(cells)) - 1 + noise * normal
    case .circles(let count, let noise):
      let radius = Double(count - label) / Double(count)
      let angle = 2 * Double.pi * uniform.x
      return radius * SIMD2(cos(angle), sin(angle)) + noise * normal
    case .pinwheel(let blades, let noise):
      let point = SIMD2(1 + 0.3 * normal.x, noise * normal.y)
      let angle = 2 * Double.pi * Double(label) / Double(blades) + 0.25 * exp(point.x)
      let (c, s) = (cos(angle), sin(angle))
      return SIMD2(c * point.x - s * point.y, s * point.x + c * point.y)
    }
  }

  private func validate(_ count: Int) {
    if count < 0 { trap("PlanarShape.sample", "count: must be 0 or more, not " + String(count)) }
    switch self {
    case .twoMoons(let noise):
      require("twoMoons", parts: 2, "", noise: noise)
    case .spirals(let arms, let turns, let noise):
      require("spirals", parts: arms, "arms", noise: noise)
      requirePositive(turns, "turns", "PlanarShape.spirals")
    case .checkerboard(let cells, let noise):
      require("checkerboard", parts: cells, "cells", noise: noise)
    case .circles(let count, let noise):
      require("circles", parts: count, "count", noise: noise)
    case .pinwheel(let blades, let noise):
      require("pinwheel", parts: blades, "blades", noise: noise)
    }
  }

  private func require(_ shape: String, parts: Int, _ name: String, noise: Double) {
    if parts < 1 { trap("PlanarShape." + shape, name + ": needs at least 1, not " + String(parts)) }
    guard noise >= 0, noise.isFinite else {
      trap("PlanarShape." + shape, "noise: must be 0 or more and finite, not " + noise.description)
    }
  }
}
