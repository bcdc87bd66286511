internal import Figures

/// Plots as rows of text in long form. Columns that no mark needs are left out.
struct PlotListing {
  private enum Column: Int, CaseIterable { case panel, series, x, y, low, high, end, dx, dy, value }

  private let plots: [Plot]
  private let panels: [String]?

  init(_ plots: [Plot], panels: [String]?) {
    self.plots = plots
    self.panels = panels
  }

  var rows: [[String]] {
    let records = plots.enumerated().flatMap { index, plot in
      plot.marks.flatMap { mark in
        Self.records(of: mark, in: plot).map { record in
          var record = record
          if let panels { record[.panel] = panels[index] }
          return record
        }
      }
    }
    let used = Column.allCases.filter { column in records.contains { !($0[column] ?? "").isEmpty } }
    guard !used.isEmpty else { return [[header(.x), header(.y)]] }
    return [used.map(header)] + records.map { record in used.map { record[$0] ?? "" } }
  }

  private func header(_ column: Column) -> String {
    let axes = (plots.first?.xAxis ?? "", plots.first?.yAxis ?? "")
    switch column {
    case .x where !axes.0.label.isEmpty: return PlotLayout.label(of: axes.0)
    case .y where !axes.1.label.isEmpty: return PlotLayout.label(of: axes.1)
    default: return "\(column)"
    }
  }

  private typealias Record = [Column: String]

  private static func records(of mark: Mark, in plot: Plot) -> [Record] {
    func text(_ value: Double) -> String { CSVRenderer.number(value) }
    switch mark {
    case .line(let line):
      return zip(line.x, line.y).map { [.series: line.name, .x: text($0), .y: text($1)] }
    case .points(let points):
      return points.x.indices.map { index in
        let name = points.categories.isEmpty ? points.name : points.categoryNames[points.categories[index]]
        return [.series: name, .x: text(points.x[index]), .y: text(points.y[index])]
      }
    case .bars(let bars):
      return bars.values.indices.map { index in
        let names = plot.xAxis.categories
        let hasError = bars.errors.indices.contains(index)
        return [
          .series: bars.name, .x: names.indices.contains(index) ? names[index] : "\(index)",
          .y: text(bars.values[index]), .low: hasError ? text(bars.values[index] - bars.errors[index]) : "",
          .high: hasError ? text(bars.values[index] + bars.errors[index]) : "",
        ]
      }
    case .band(let band):
      return band.x.indices.map {
        [.series: band.name, .x: text(band.x[$0]), .low: text(band.low[$0]), .high: text(band.high[$0])]
      }
    case .histogram(let histogram):
      return histogram.heights.indices.map {
        [
          .series: histogram.name, .x: text(histogram.edges[$0]), .end: text(histogram.edges[$0 + 1]),
          .y: text(histogram.heights[$0]),
        ]
      }
    case .heatMap(let map): return records(of: map.grid, in: plot)
    case .contour(let contour): return records(of: contour.grid, in: plot)
    case .rule(let rule):
      return [[.series: rule.name, rule.direction == .vertical ? .x : .y: text(rule.value)]]
    case .arrows(let arrows):
      return arrows.x.indices.map {
        [
          .series: arrows.name, .x: text(arrows.x[$0]), .y: text(arrows.y[$0]), .dx: text(arrows.dx[$0]),
          .dy: text(arrows.dy[$0]),
        ]
      }
    }
  }

  /// A row for each cell, by its centre.
  private static func records(of grid: GridValues, in plot: Plot) -> [Record] {
    let step = (
      x: (grid.xRange.upperBound - grid.xRange.lowerBound) / Double(max(1, grid.columns)),
      y: (grid.yRange.upperBound - grid.yRange.lowerBound) / Double(max(1, grid.rows))
    )
    func name(_ names: [String], _ position: Double) -> String {
      guard position >= 0, position < 1e6, names.indices.contains(Int(position.rounded())) else {
        return CSVRenderer.number(position)
      }
      return names[Int(position.rounded())]
    }
    return grid.values.indices.map { index in
      let x = grid.xRange.lowerBound + (Double(index % grid.columns) + 0.5) * step.x
      let y = grid.yRange.upperBound - (Double(index / grid.columns) + 0.5) * step.y
      return [
        .x: plot.xAxis.categories.isEmpty ? CSVRenderer.number(x) : name(plot.xAxis.categories, x),
        .y: plot.yAxis.categories.isEmpty ? CSVRenderer.number(y) : name(plot.yAxis.categories, y),
        .value: CSVRenderer.number(grid.values[index]),
      ]
    }
  }
}
