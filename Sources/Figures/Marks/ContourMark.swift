/// Curves of equal value of a function sampled at the centres of a grid's cells.
public struct ContourMark: Equatable, Sendable {
  public var name: String
  public var grid: GridValues
  public var levels: [Double]

  /// Nil levels: eight, evenly spaced inside the range of the values.
  public init(_ name: String = "", grid: GridValues, levels: [Double]? = nil) {
    let finite = grid.values.filter { abs($0) <= 1e100 }
    self.name = name
    self.grid = grid
    if let levels {
      self.levels = levels
    } else if let low = finite.min(), let high = finite.max(), low < high {
      self.levels = (1...8).map { low + (high - low) * Double($0) / 9 }
    } else {
      self.levels = []
    }
  }
}
