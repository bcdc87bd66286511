/// Bars from zero, at the positions 0, 1, 2, … of an x axis with categories. Several bar marks stand side by side.
public struct BarMark: Equatable, Sendable {
  public var name: String
  public var values: [Double]
  /// The half-length of an error bar on each bar; empty for none.
  public var errors: [Double]

  /// Traps unless `errors` is empty or has the count of `values`.
  public init(_ name: String = "", values: [some PlotNumber], errors: [Double] = []) {
    if !errors.isEmpty {
      requireEqualCounts("BarMark \"\(name)\"", "values", values.count, "errors", errors.count)
    }
    self.name = name
    self.values = values.plotValues
    self.errors = errors
  }
}
