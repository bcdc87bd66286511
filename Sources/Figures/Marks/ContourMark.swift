/// Curves of equal value of a function sampled at the centres of a grid's cells.
public struct ContourMark: Equatable, Sendable {
  public var name: String
  public var grid: GridValues
  public var levels: [Double]

  /// Nil levels: the multiples inside the range of the values of 1, 2 or 5 times a power of ten, five to twelve of
  /// them.
  public init(_ name: String = "", grid: GridValues, levels: [Double]? = nil) {
    let finite = grid.values.filter { abs($0) <= 1e100 }
    self.name = name
    self.grid = grid
    if let levels {
      self.levels = levels
    } else if let low = finite.min(), let high = finite.max(), low < high {
      self.levels = Self.roundLevels(low, high)
    } else {
      self.levels = []
    }
  }

  private static func roundLevels(_ low: Double, _ high: Double) -> [Double] {
    var step = 1.0
    // Powers of ten by multiplication: exact as far as levels are seen.
    while step * 10 < high - low { step *= 10 }
    while step > high - low { step /= 10 }
    guard step > 0, let factor = [0.1, 0.2, 0.5, 1].first(where: { (high - low) / (step * $0) <= 12 }) else {
      return []
    }
    step *= factor
    let first = (low / step).rounded(.up)
    let last = (high / step).rounded(.down)
    guard first <= last, abs(first) < 1e9, abs(last) < 1e9 else { return [] }
    return stride(from: first, through: last, by: 1).map { $0 * step }.filter { $0 > low && $0 < high }
  }
}
