/// Counts or densities over adjacent bins.
public struct HistogramMark: Equatable, Sendable {
  public var name: String
  /// Ascending, one more than `heights`.
  public var edges: [Double]
  public var heights: [Double]

  /// Bins that are already counted. Traps unless there is one edge more than heights, in ascending order.
  public init(_ name: String = "", edges: [Double], heights: [Double]) {
    requireEqualCounts(
      "HistogramMark \"\(name)\"", "edges.dropFirst()", max(0, edges.count - 1), "heights", heights.count)
    guard zip(edges, edges.dropFirst()).allSatisfy({ $0 < $1 }) else {
      trap("HistogramMark \"\(name)\": the edges are not ascending")
    }
    self.name = name
    self.edges = edges
    self.heights = heights
  }

  /// Counts `values` in bins of equal width over `range`, or over the values' own range. The last bin includes its
  /// upper edge; missing values and values outside of `range` are left out.
  ///
  /// With `density` the heights are divided by the number of values counted and by the bin's width, so that the area
  /// is 1. Traps unless `bins` is at least 1.
  public init(
    _ name: String = "", of values: [some PlotNumber], bins: Int = 40, range: ClosedRange<Double>? = nil,
    density: Bool = false
  ) {
    guard bins >= 1 else { trap("HistogramMark \"\(name)\": \(bins) bins") }
    let finite = values.plotValues.filter { abs($0) <= 1e100 }
    let domain = range ?? Self.range(of: finite)
    let width = (domain.upperBound - domain.lowerBound) / Double(bins)
    guard width > 0, width.isFinite else { trap("HistogramMark \"\(name)\": the range \(domain) has no width") }
    var counts = [Double](repeating: 0, count: bins)
    for value in finite where domain.contains(value) {
      counts[min(bins - 1, Int((value - domain.lowerBound) / width))] += 1
    }
    let total = counts.reduce(0, +)
    let unit = density && total > 0 ? 1 / (total * width) : 1
    self.name = name
    edges = (0...bins).map { $0 == bins ? domain.upperBound : domain.lowerBound + Double($0) * width }
    heights = counts.map { $0 * unit }
  }

  private static func range(of values: [Double]) -> ClosedRange<Double> {
    guard let low = values.min(), let high = values.max() else { return 0...1 }
    return low < high ? low...high : low - max(0.5, abs(low) * 1e-6)...high + max(0.5, abs(high) * 1e-6)
  }
}
