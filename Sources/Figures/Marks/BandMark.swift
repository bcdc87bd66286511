/// The region between two curves, such as a mean and its spread.
public struct BandMark: Equatable, Sendable {
  public var name: String
  public var x: [Double]
  public var low: [Double]
  public var high: [Double]

  /// Traps unless `x`, `low` and `high` have one count.
  public init(_ name: String = "", x: [some PlotNumber], low: [some PlotNumber], high: [some PlotNumber]) {
    requireEqualCounts("BandMark \"\(name)\"", "x", x.count, "low", low.count)
    requireEqualCounts("BandMark \"\(name)\"", "x", x.count, "high", high.count)
    self.name = name
    self.x = x.plotValues
    self.low = low.plotValues
    self.high = high.plotValues
  }
}
