internal import Figures
internal import Markup

/// Draws a plot's marks in the coordinates of its area: from the upper left corner (0, 0) to (width, height).
struct MarkPainter {
  let plot: Plot
  let series: PlotSeries
  let xScale: PositionScale
  let yScale: PositionScale
  let width: Double
  let height: Double

  init(_ plot: Plot, layout: PlotLayout) {
    self.plot = plot
    series = layout.series
    xScale = layout.xScale
    yScale = layout.yScale
    width = layout.area.width
    height = layout.area.height
  }

  func paint() -> [Node] {
    // Dots of several marks or categories would hide the earlier ones; the marks are few, so their order stays.
    zip(plot.marks, series.colors).flatMap { mark, colors in paint(mark, colors: colors) }
  }

  private func paint(_ mark: Mark, colors: [Int]) -> [Node] {
    switch mark {
    case .line(let line): paint(line, color: colors[0])
    case .points(let points): paint(points, colors: colors)
    case .bars(let bars): paint(bars, color: colors[0])
    case .band(let band): paint(band, color: colors[0])
    case .histogram(let histogram): paint(histogram, color: colors[0])
    case .heatMap(let map): paint(map)
    case .rule(let rule): paint(rule)
    case .arrows(let arrows): paint(arrows, color: colors.first)
    case .contour(let contour): paint(contour)
    }
  }

  /// Nil for a missing value.
  func point(_ x: Double, _ y: Double) -> (x: Double, y: Double)? {
    guard let px = xScale.position(x), let py = yScale.position(y) else { return nil }
    return (px * width, (1 - py) * height)
  }

  /// Where zero is, or the edge nearest to it.
  var baseline: Double {
    guard let zero = yScale.position(0) else { return height }
    return (1 - max(0, min(1, zero))) * height
  }

  static func path(_ data: PathData, _ classes: String) -> [Node] {
    data.text.isEmpty ? [] : [.element("path", [("class", classes), ("d", data.text)])]
  }

  private func paint(_ rule: RuleMark) -> [Node] {
    var data = PathData()
    switch rule.direction {
    case .horizontal:
      guard yScale.contains(rule.value), let y = yScale.position(rule.value) else { return [] }
      data.move(0, (1 - y) * height)
      data.line(width, (1 - y) * height)
    case .vertical:
      guard xScale.contains(rule.value), let x = xScale.position(rule.value) else { return [] }
      data.move(x * width, 0)
      data.line(x * width, height)
    }
    return Self.path(data, "fig-rule")
  }
}
