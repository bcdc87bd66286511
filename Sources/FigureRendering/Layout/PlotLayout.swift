package import Figures

/// Where everything of a plot stands: the area of the data and all texts around it, none over another.
package struct PlotLayout {
  package struct Style: Equatable {
    var width: Double
    var isNarrow: Bool
    /// The height of the data's area; nil to follow from the width.
    var areaHeight: Double?
    /// Whether a legend is drawn here, and not by someone else, as for small multiples.
    var hasLegend = true

    package init(width: Double, isNarrow: Bool, areaHeight: Double? = nil, hasLegend: Bool = true) {
      self.width = width
      self.isNarrow = isNarrow
      self.areaHeight = areaHeight
      self.hasLegend = hasLegend
    }
  }

  struct ColorBar: Equatable {
    var box: Box
    var isVertical: Bool
    var mark: HeatMapMark
  }

  package private(set) var width: Double
  package private(set) var height = 0.0
  package private(set) var area = Box(x: 0, y: 0, width: 0, height: 0)
  package private(set) var xScale = PositionScale(low: 0, high: 1, isLogarithmic: false)
  package private(set) var yScale = PositionScale(low: 0, high: 1, isLogarithmic: false)
  package private(set) var texts: [PlacedText] = []
  private(set) var keys: [PlacedKey] = []
  /// From a line's end to its name.
  private(set) var leaders: [(from: (x: Double, y: Double), to: (x: Double, y: Double), color: Int)] = []
  private(set) var colorBars: [ColorBar] = []
  let series: PlotSeries

  private let plot: Plot
  private let style: Style
  private let extent: PlotExtent
  private var directLabels: DirectLabels?

  private static let textSize = FigureTheme.Metrics.textSize
  private static let lineHeight = FigureTheme.Metrics.lineHeight
  private static let tickGap = 7.0

  package init(_ plot: Plot, style: Style) { self.init(plot, style: style, sharing: nil) }

  init(_ plot: Plot, style: Style, sharing all: PlotSeries?) {
    self.plot = plot
    self.style = style
    width = style.width
    series = all.map { PlotSeries(plot, sharing: $0) } ?? PlotSeries(plot)
    extent = PlotExtent(plot)
    let heatMap = plot.marks.lazy.compactMap { if case .heatMap(let mark) = $0 { mark } else { nil } }.first
    let legendIsRight = style.hasLegend && !style.isNarrow && heatMap == nil && prefersColumn
    measure(legendIsRight: legendIsRight, heatMap: heatMap)
    placeVertically(legendIsRight: legendIsRight, heatMap: heatMap)
  }

  /// Many categories of points read better in a column beside the plot.
  private var prefersColumn: Bool {
    series.entries.count >= 5 && series.entries.allSatisfy { $0.key == .point }
  }

  // MARK: Across

  /// Settles the area's size and the scales, and so the margins to the left and right.
  private mutating func measure(legendIsRight: Bool, heatMap: HeatMapMark?) {
    var left = 0.0
    var right = 8.0
    if legendIsRight { right = Legend.columnWidth(of: series.entries, limit: width * 0.35) + 20 }
    if let heatMap, !style.isNarrow { right = ColorBarLayout.verticalWidth(of: heatMap) }
    // The margins depend on the labels and these on the size that the margins leave: twice around is enough, the third
    // time settles what a longer label moved.
    for _ in 0..<3 {
      settleArea(left: left, right: right)
      left = max(leftMargin, left)
      if style.hasLegend, !style.isNarrow, heatMap == nil, !legendIsRight {
        directLabels = DirectLabels(plot, series: series, x: xScale, y: yScale)
        if let labels = directLabels, labels.width <= width * 0.3, labels.heights(in: area.height) != nil {
          right = max(right, labels.width)
        } else {
          directLabels = nil
        }
      }
      if plot.xAxis.categories.isEmpty, let last = xScale.ticks.last {
        right = max(right, Self.width(last.label) / 2 - (1 - last.position) * area.width + 2)
        let first = xScale.ticks[0]
        left = max(left, Self.width(first.label) / 2 - first.position * area.width + 2)
      } else {
        let spacing = area.width / Double(max(1, plot.xAxis.categories.count))
        // A unit more: what is given to the margin is taken from the spacing.
        left = max(left, CategoryLabels.reach(plot.xAxis.categories, spacing: spacing) - spacing / 2 + 1)
      }
    }
    settleArea(left: left, right: right)
    width = min(style.width, max(area.right + right, min(style.width, 240)))
  }

  private var leftMargin: Double {
    let limit = plot.yAxis.categories.isEmpty ? .infinity : style.width * 0.35
    return min(limit, yScale.ticks.map { Self.width($0.label) }.max() ?? 0)
      + (yScale.ticks.isEmpty ? 2 : Self.tickGap + 1)
  }

  private mutating func settleArea(left: Double, right: Double) {
    let available = max(40, style.width - left - right)
    var size = (width: available, height: style.areaHeight ?? available * (style.isNarrow ? 0.72 : 0.54))
    var domains = (x: plot.xAxis, y: plot.yAxis)
    let highest = style.isNarrow ? available * 1.1 : min(available, 420)
    if let fitted = AreaFit(plot, extent: extent, available: size, highest: highest) {
      size = fitted.size
      domains.x.domain = fitted.x ?? domains.x.domain
      domains.y.domain = fitted.y ?? domains.y.domain
    }
    area = Box(x: left, y: 0, width: size.width, height: size.height)
    xScale = scale(
      domains.x, extent: extent.x, coverage: extent.xCoverage, isWhole: extent.xIsWhole, target: size.width / 85
    ) { labels, spacing in
      zip(labels, labels.dropFirst()).allSatisfy { a, b in
        (Self.width(a) + Self.width(b)) / 2 + 12 <= spacing * size.width
      }
    }
    yScale = scale(
      domains.y, extent: extent.y, coverage: extent.yCoverage, isWhole: extent.yIsWhole, target: size.height / 56
    ) { _, spacing in spacing * size.height >= Self.lineHeight + 2 }
  }

  private func scale(
    _ axis: Axis, extent: ClosedRange<Double>?, coverage: TickSearch.Coverage, isWhole: Bool, target: Double,
    fits: ([String], Double) -> Bool
  ) -> PositionScale {
    axis.categories.isEmpty
      ? PositionScale(
        axis: axis, extent: extent, coverage: coverage, isWhole: isWhole, target: max(3, target), fits: fits)
      : PositionScale(categories: axis.categories)
  }

  static func width(_ text: String) -> Double { TextMetrics.width(text, size: textSize) }

  // MARK: Down

  private mutating func placeVertically(legendIsRight: Bool, heatMap: HeatMapMark?) {
    var top = 2.0
    for line in TextMetrics.wrapped(plot.title, to: width, size: FigureTheme.Metrics.titleSize, isBold: true) {
      texts.append(PlacedText(text: line, x: 0, y: top + 14, role: .title))
      top += 19
    }
    if top > 2 { top += 3 }
    if style.hasLegend, directLabels == nil, !legendIsRight, !series.entries.isEmpty {
      let legend = Legend(rowsOf: series.entries, x: 0, y: top, width: width)
      keys += legend.keys
      texts += legend.texts
      top += legend.size.height + 4
    }
    if let heatMap, style.isNarrow {
      let bar = ColorBarLayout(horizontal: heatMap, x: 0, y: top, width: min(width, 220))
      colorBars.append(bar.bar)
      texts += bar.texts
      top += bar.height + 6
    }
    for line in TextMetrics.wrapped(Self.label(of: plot.yAxis), to: width, size: Self.textSize) {
      texts.append(PlacedText(text: line, x: 0, y: top + 12, role: .muted))
      top += Self.lineHeight
    }
    area.y = top + 8
    placeRight(legendIsRight: legendIsRight, heatMap: heatMap)
    placeYTicks()
    let bottom = placeXTicks(y: area.bottom + Self.tickGap)
    placeXLabel(y: bottom)
  }

  private mutating func placeRight(legendIsRight: Bool, heatMap: HeatMapMark?) {
    if legendIsRight {
      let legend = Legend(columnOf: series.entries, x: area.right + 20, y: area.y, width: width - area.right - 20)
      keys += legend.keys
      texts += legend.texts
      height = area.y + legend.size.height
    }
    if let heatMap, !style.isNarrow {
      let bar = ColorBarLayout(vertical: heatMap, x: area.right + 16, y: area.y, height: area.height)
      colorBars.append(bar.bar)
      texts += bar.texts
    }
    guard let labels = directLabels, let heights = labels.heights(in: area.height) else { return }
    for (label, height) in zip(labels.labels, heights) {
      let end = area.y + (1 - label.end) * area.height
      let y = area.y + height
      leaders.append(((area.right + 2, end), (area.right + DirectLabels.gap - 4, y), label.entry.color))
      texts.append(PlacedText(text: label.entry.name, x: area.right + DirectLabels.gap, y: y + 4))
    }
  }

  private mutating func placeYTicks() {
    for tick in yScale.ticks {
      let label = TextMetrics.truncated(tick.label, to: area.x - Self.tickGap, size: Self.textSize)
      let y = area.y + (1 - tick.position) * area.height + 4.3
      texts.append(PlacedText(text: label, x: area.x - Self.tickGap, y: y, anchor: .end, role: .muted))
    }
  }

  private mutating func placeXTicks(y: Double) -> Double {
    let positions = xScale.ticks.map { area.x + $0.position * area.width }
    guard plot.xAxis.categories.isEmpty else {
      let spacing = area.width / Double(max(1, positions.count))
      let room = area.x + spacing / 2
      let labels = CategoryLabels(
        plot.xAxis.categories, positions: positions, spacing: spacing, room: room, y: y)
      texts += labels.texts
      return y + labels.height
    }
    for (tick, x) in zip(xScale.ticks, positions) {
      texts.append(PlacedText(text: tick.label, x: x, y: y + Self.textSize - 1, anchor: .middle, role: .muted))
    }
    return y + (positions.isEmpty ? 0 : Self.lineHeight)
  }

  private mutating func placeXLabel(y: Double) {
    var bottom = y
    for line in TextMetrics.wrapped(Self.label(of: plot.xAxis), to: width, size: Self.textSize) {
      let wanted = area.x + area.width / 2
      let half = Self.width(line) / 2
      let x = max(half, min(width - half, wanted))
      texts.append(PlacedText(text: line, x: x, y: bottom + 14, anchor: .middle, role: .muted))
      bottom += Self.lineHeight
    }
    height = max(height, bottom + 4)
  }

  static func label(of axis: Axis) -> String {
    axis.unit.isEmpty ? axis.label : axis.label.isEmpty ? axis.unit : "\(axis.label) (\(axis.unit))"
  }
}
