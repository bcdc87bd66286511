internal import Figures

/// Names at the right ends of lines, instead of a legend.
struct DirectLabels: Equatable {
  struct Label: Equatable {
    var entry: PlotSeries.Entry
    /// Where the line ends, from 0 at the plot's bottom to 1 at its top.
    var end: Double
  }

  private(set) var labels: [Label] = []

  /// How far a name may be moved from its line's end to keep clear of others.
  private static let longestShift = 22.0
  static let gap = 16.0

  /// Nil unless all named series are lines that end, in sight, at the plot's right edge.
  init?(_ plot: Plot, series: PlotSeries, x xScale: PositionScale, y yScale: PositionScale) {
    guard (1...7).contains(series.entries.count) else { return nil }
    for entry in series.entries {
      guard case .line = entry.key, let end = Self.end(of: entry.name, in: plot, x: xScale, y: yScale) else {
        return nil
      }
      labels.append(Label(entry: entry, end: end))
    }
  }

  private static func end(of name: String, in plot: Plot, x: PositionScale, y: PositionScale) -> Double? {
    for case .line(let line) in plot.marks where line.name == name {
      let present = zip(line.x, line.y).compactMap { px, py -> (x: Double, y: Double)? in
        guard let px = x.position(px), let py = y.position(py) else { return nil }
        return (px, py)
      }
      guard let last = present.max(by: { $0.x < $1.x }), last.x > 0.97, (0...1).contains(last.y) else { return nil }
      return last.y
    }
    return nil
  }

  var width: Double {
    let names = labels.map { TextMetrics.width($0.entry.name, size: FigureTheme.Metrics.textSize) }
    return Self.gap + (names.max() ?? 0)
  }

  /// The heights of the names in an area `height` high, measured from its top; nil when some would have to move too
  /// far from its line.
  func heights(in height: Double) -> [Double]? {
    let spacing = FigureTheme.Metrics.lineHeight - 1
    let order = labels.indices.sorted { labels[$0].end > labels[$1].end }
    let wanted = order.map { (1 - labels[$0].end) * height }
    // Push down what is too close, then push up again from the bottom: the least total movement is not needed here.
    var placed = wanted
    for index in placed.indices.dropFirst() { placed[index] = max(placed[index], placed[index - 1] + spacing) }
    // Centre each run of touching labels on where they want to be.
    var start = 0
    while start < placed.count {
      var end = start
      while end + 1 < placed.count, placed[end + 1] - placed[end] <= spacing + 1e-9 { end += 1 }
      let shift = (start...end).map { placed[$0] - wanted[$0] }.reduce(0, +) / Double(end - start + 1)
      let room = start == 0 ? -Double.infinity : placed[start - 1] + spacing
      let moved = max(placed[start] - shift, room)
      for index in start...end { placed[index] = moved + Double(index - start) * spacing }
      start = end + 1
    }
    guard zip(placed, wanted).allSatisfy({ abs($0 - $1) <= Self.longestShift }) else { return nil }
    guard let first = placed.first, let last = placed.last, first >= -6, last <= height + 6 else { return nil }
    var heights = [Double](repeating: 0, count: labels.count)
    for (index, position) in zip(order, placed) { heights[index] = position }
    return heights
  }
}
