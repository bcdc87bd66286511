internal import TensorCore

extension NoiseSchedule {
  /// Betas on a straight line from `first` to `last`, as in DDPM (Ho et al. 2020, section 4: 1e-4 to 0.02 in 1000 steps).
  ///
  /// The end points are meant for 1000 steps: with fewer the chain ends before the data have become noise; see
  /// ``scaledLinear(steps:from:to:)`` and ``audit(meanSquare:)``.
  public static func linear(steps: Int, from first: Double = 1e-4, to last: Double = 0.02) -> NoiseSchedule {
    NoiseSchedule(spaced(first, last, steps, "NoiseSchedule.linear"), "NoiseSchedule.linear")
  }

  /// Linear betas for any number of steps: those of a thousand steps times 1000 / T, at most 0.999, so that about the
  /// same noise is reached (the published code of Improved DDPM, arXiv 2102.09672).
  public static func scaledLinear(steps: Int, from first: Double = 1e-4, to last: Double = 0.02) -> NoiseSchedule {
    let betas = spaced(first, last, steps, "NoiseSchedule.scaledLinear")
    return NoiseSchedule(
      betas.map { min(0.999, $0 * 1000 / Double(steps)) }, "NoiseSchedule.scaledLinear")
  }

  /// Betas whose square roots lie on a straight line: linspace(sqrt(first), sqrt(last), T)^2.
  public static func quadratic(steps: Int, from first: Double = 1e-4, to last: Double = 0.02) -> NoiseSchedule {
    guard first > 0, last > 0 else {
      trap(
        "NoiseSchedule.quadratic",
        "from and to must be positive, but are " + first.description + " and " + last.description)
    }
    let roots = spaced(first.squareRoot(), last.squareRoot(), steps, "NoiseSchedule.quadratic")
    return NoiseSchedule(roots.map { $0 * $0 }, "NoiseSchedule.quadratic")
  }

  /// The cosine schedule of Improved DDPM (arXiv 2102.09672, equation 17): abar_t = f(t) / f(0) with
  /// f(t) = cos^2((t / T + s) / (1 + s) pi / 2), and no beta above `maximumBeta`.
  ///
  /// - Parameter offset: s, which keeps the first betas from being too small.
  public static func cosine(steps: Int, offset: Double = 0.008, maximumBeta: Double = 0.999) -> NoiseSchedule {
    guard steps >= 1 else { refuse(steps, "NoiseSchedule.cosine") }
    guard offset >= 0, offset.isFinite else {
      trap("NoiseSchedule.cosine", "offset must not be negative, but is " + offset.description + "; try 0.008")
    }
    guard maximumBeta > 0, maximumBeta < 1 else {
      trap(
        "NoiseSchedule.cosine",
        "maximumBeta must lie strictly between 0 and 1, but is " + maximumBeta.description + "; try 0.999")
    }
    func f(_ t: Int) -> Double {
      let c = cos((Double(t) / Double(steps) + offset) / (1 + offset) * Double.pi / 2)
      return c * c
    }
    return NoiseSchedule((1...steps).map { min(maximumBeta, 1 - f($0) / f($0 - 1)) }, "NoiseSchedule.cosine")
  }

  private init(_ betas: [Double], _ name: String) {
    self.init(betas: betas, times: betas.indices.map { Double($0 + 1) / Double(betas.count) }, name: name)
  }

  /// `count` numbers, evenly spaced, both ends included; a single one is the first.
  private static func spaced(_ first: Double, _ last: Double, _ count: Int, _ name: String) -> [Double] {
    guard count >= 1 else { refuse(count, name) }
    if count == 1 { return [first] }
    let step = (last - first) / Double(count - 1)
    return (0..<count).map { $0 == count - 1 ? last : first + Double($0) * step }
  }

  private static func refuse(_ steps: Int, _ name: String) -> Never {
    trap(name, "steps must be at least 1, but is " + String(steps) + "; 1000 is DDPM's choice")
  }
}
