internal import Figures

/// The size of a plot's area where the data ask for one: equal units on both axes, or cells that are not too flat.
struct AreaFit {
  private(set) var size: (width: Double, height: Double)
  /// The domains that make the units equal, where they do not follow from the data alone.
  private(set) var x: ClosedRange<Double>?
  private(set) var y: ClosedRange<Double>?

  /// Nil when the plot has no wish. `highest` limits the height.
  init?(_ plot: Plot, extent: PlotExtent, available: (width: Double, height: Double), highest: Double) {
    size = available
    if plot.hasEqualUnits, plot.xAxis.scale == .linear, plot.yAxis.scale == .linear,
      let x = plot.xAxis.domain ?? extent.x, let y = plot.yAxis.domain ?? extent.y
    {
      fitEqualUnits(x, y, highest: highest)
    } else if case .heatMap(let map)? = plot.marks.first, map.grid.rows > 0, map.grid.columns > 0 {
      fitCells(rows: Double(map.grid.rows), columns: Double(map.grid.columns), highest: highest)
    } else {
      return nil
    }
  }

  private mutating func fitEqualUnits(_ x: ClosedRange<Double>, _ y: ClosedRange<Double>, highest: Double) {
    let spans = (x: x.upperBound - x.lowerBound, y: y.upperBound - y.lowerBound)
    guard spans.x > 0 || spans.y > 0 else { return }
    let lowest = (width: size.width * 0.4, height: highest * 0.35)
    // The scale at which both spans fit; where that leaves a side too short, its domain is widened.
    let scale = min(
      spans.x > 0 ? size.width / spans.x : .infinity, spans.y > 0 ? highest / spans.y : .infinity)
    size = (max(lowest.width, spans.x * scale), max(lowest.height, spans.y * scale))
    self.x = Self.widened(x, to: size.width / scale)
    self.y = Self.widened(y, to: size.height / scale)
  }

  private static func widened(_ range: ClosedRange<Double>, to span: Double) -> ClosedRange<Double>? {
    let margin = (span - (range.upperBound - range.lowerBound)) / 2
    let widened = range.lowerBound - max(0, margin)...range.upperBound + max(0, margin)
    return widened.lowerBound < widened.upperBound ? widened : nil
  }

  private mutating func fitCells(rows: Double, columns: Double, highest: Double) {
    let cell = max(size.width / columns, 0.1)
    let wanted = rows <= 14 && columns <= 14 ? min(cell, 58) : cell
    size.width = wanted * columns
    size.height = max(min(wanted * rows, highest), min(24 * rows, 120))
  }
}
