internal import Figures
internal import Markup

/// Small multiples as SVG: panels of one size over shared axes, one legend for all.
struct MultiplesDrawing {
  private let multiples: SmallMultiples
  private let id: String
  private let plots: [Plot]
  private let series: PlotSeries
  private let widths: (wide: Double, narrow: Double)

  private static let gap = 18.0

  init(_ multiples: SmallMultiples, id: String, width: Double, narrowWidth: Double) {
    self.multiples = multiples
    self.id = id
    widths = (width, narrowWidth)
    series = PlotSeries(Plot(marks: multiples.plots.flatMap(\.marks)))
    let shared = SharedDomains(multiples.plots, x: multiples.sharesX, y: multiples.sharesY)
    plots = multiples.plots.map(shared.applied)
  }

  func drawing(_ form: Drawing.Form) -> Drawing {
    let wide = panels(width: widths.wide, isNarrow: false)
    guard form == .narrow else {
      let drawings = wide.panels.enumerated().map { Drawing($1, data: $1.data(id: "\(id)-p\($0)-data")) }
      return assembled(drawings, columns: wide.columns, columnWidth: wide.columnWidth, width: widths.wide)
    }
    let narrow = panels(width: widths.narrow, isNarrow: true)
    let drawings = zip(narrow.panels, wide.panels).enumerated().map { index, pair in
      Drawing(pair.0, data: pair.0.borrowed(from: pair.1, id: "\(id)-p\(index)-data"))
    }
    return assembled(drawings, columns: narrow.columns, columnWidth: narrow.columnWidth, width: widths.narrow)
  }

  private struct Panels {
    var panels: [PlotDrawing]
    var columns: Int
    var columnWidth: Double
  }

  private func panels(width: Double, isNarrow: Bool) -> Panels {
    // A panel below 130 units has no room for its numbers.
    let most = max(1, Int((width + Self.gap) / (130 + Self.gap)))
    let columns = max(1, min(multiples.columns, most, max(1, plots.count)))
    let columnWidth = (width - Double(columns - 1) * Self.gap) / Double(columns)
    let style = PlotLayout.Style(
      width: columnWidth, isNarrow: true, areaHeight: min(220, max(90, columnWidth * 0.62)), hasLegend: false)
    let drawings = plots.enumerated().map { index, plot in
      PlotDrawing(plot, style: style, id: "\(id)-\(isNarrow ? "n-" : "")p\(index)", sharing: series)
    }
    return Panels(panels: drawings, columns: columns, columnWidth: columnWidth)
  }

  private func assembled(_ drawings: [Drawing], columns: Int, columnWidth: Double, width: Double) -> Drawing {
    let title = Drawing.title(multiples.title, width: width)
    let legend = Legend(rowsOf: series.entries, x: 0, y: title.height, width: width)
    let top = title.height + (legend.keys.isEmpty ? 0 : legend.size.height + 8)
    var grid = Drawing.grid(drawings, columns: columns, columnWidth: columnWidth, gap: Self.gap, y: top)
    grid.nodes = title.nodes + legend.keys.flatMap(LegendKey.nodes) + SVGText.nodes(legend.texts) + grid.nodes
    grid.width = max(grid.width, legend.size.width.rounded(.up))
    return grid
  }
}
