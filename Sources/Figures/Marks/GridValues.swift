/// Values on a regular grid over a rectangle, row by row from the top (the highest y) down.
public struct GridValues: Equatable, Sendable {
  public var rows: Int
  public var columns: Int
  public var values: [Double]
  /// The rectangle that the grid covers, to the outer edges of its cells.
  public var xRange: ClosedRange<Double>
  public var yRange: ClosedRange<Double>

  /// Nil ranges put the centre of the cell in row r from the top and column c at x = c, y = rows - 1 - r. Traps unless
  /// there are `rows * columns` values.
  public init(
    rows: Int, columns: Int, values: [some PlotNumber], xRange: ClosedRange<Double>? = nil,
    yRange: ClosedRange<Double>? = nil
  ) {
    guard rows >= 0, columns >= 0, rows * columns == values.count else {
      trap("GridValues: \(rows) rows of \(columns) columns, but \(values.count) values")
    }
    self.rows = rows
    self.columns = columns
    self.values = values.plotValues
    self.xRange = xRange ?? -0.5...max(0.5, Double(columns) - 0.5)
    self.yRange = yRange ?? -0.5...max(0.5, Double(rows) - 0.5)
  }
}
