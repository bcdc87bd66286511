internal import Figures

/// A heat map's colours with numbers beside them.
struct ColorBarLayout {
  private(set) var bar: PlotLayout.ColorBar
  private(set) var texts: [PlacedText] = []
  private(set) var height = 0.0

  private static let thickness = 12.0
  private static let textSize = FigureTheme.Metrics.textSize

  /// From the plot's right edge to the end of the longest number.
  static func verticalWidth(of mark: HeatMapMark) -> Double {
    let labels = scale(of: mark, target: 5) { _, spacing in spacing > 0.08 }.ticks.map(\.label)
    let widest = (labels + mark.valueLabel.split(separator: " ").map(String.init)).map(PlotLayout.width).max() ?? 0
    return 16 + thickness + 6 + widest
  }

  init(vertical mark: HeatMapMark, x: Double, y: Double, height: Double) {
    var top = y
    let room = Self.verticalWidth(of: mark) - 16
    for line in TextMetrics.wrapped(mark.valueLabel, to: room, size: Self.textSize) {
      texts.append(PlacedText(text: line, x: x, y: top + 8, role: .muted))
      top += FigureTheme.Metrics.lineHeight
    }
    if top > y { top += 2 }
    let length = max(20, y + height - top)
    bar = PlotLayout.ColorBar(
      box: Box(x: x, y: top, width: Self.thickness, height: length), isVertical: true, mark: mark)
    let scale = Self.scale(of: mark, target: length / 50) { _, spacing in spacing * length >= 18 }
    for tick in scale.ticks {
      let y = top + (1 - tick.position) * length + 4.3
      texts.append(PlacedText(text: tick.label, x: x + Self.thickness + 5, y: y, role: .muted))
    }
  }

  init(horizontal mark: HeatMapMark, x: Double, y: Double, width: Double) {
    var top = y
    for line in TextMetrics.wrapped(mark.valueLabel, to: width, size: Self.textSize) {
      texts.append(PlacedText(text: line, x: x, y: top + 12, role: .muted))
      top += FigureTheme.Metrics.lineHeight
    }
    let scale = Self.scale(of: mark, target: width / 70) { labels, spacing in
      zip(labels, labels.dropFirst()).allSatisfy { a, b in
        (PlotLayout.width(a) + PlotLayout.width(b)) / 2 + 8 <= spacing * width
      }
    }
    bar = PlotLayout.ColorBar(
      box: Box(x: x, y: top + 2, width: width, height: 10), isVertical: false, mark: mark)
    for tick in scale.ticks {
      let half = PlotLayout.width(tick.label) / 2
      let center = min(x + width - half, max(x + half, x + tick.position * width))
      texts.append(PlacedText(text: tick.label, x: center, y: top + 25, anchor: .middle, role: .muted))
    }
    height = top + 30 - y
  }

  private static func scale(
    of mark: HeatMapMark, target: Double, fits: ([String], Double) -> Bool
  ) -> PositionScale {
    PositionScale(
      axis: Axis(domain: HeatMapColors(mark).range), extent: nil, coverage: .inside, target: max(2, target),
      fits: fits)
  }
}
