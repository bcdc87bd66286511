internal import Figures

/// A plot as text: title, legend, axes with numbers, and the data between them.
struct PlotText {
  private let plot: Plot
  private let colors: TerminalColors
  private let series: PlotSeries
  private let xScale: PositionScale
  private let yScale: PositionScale
  private let gutter: Int
  private let columns: Int
  private let rows: Int
  private let width: Int
  private let hasLegend: Bool

  /// With `all`, this is one of several plots under one legend.
  init(_ plot: Plot, width: Int, colors: TerminalColors, sharing all: PlotSeries? = nil) {
    self.plot = plot
    hasLegend = all == nil
    self.colors = colors
    self.width = width
    series = all.map { PlotSeries(plot, sharing: $0) } ?? PlotSeries(plot)
    let extent = PlotExtent(plot)
    var rows = max(8, min(20, width / 4))
    if !plot.yAxis.categories.isEmpty {
      rows = max(plot.yAxis.categories.count, min(rows, 3 * plot.yAxis.categories.count))
    }
    var gutter = 6
    var scales = (x: PositionScale(categories: []), y: PositionScale(categories: []))
    var columns = 0
    // The gutter depends on the numbers beside the axis and the room on the gutter.
    for _ in 0..<2 {
      columns = max(8, width - gutter - 1)
      var axes = (x: plot.xAxis, y: plot.yAxis)
      let room = (width: Double(columns * 2), height: Double(rows * 4))
      if plot.hasEqualUnits, let fitted = AreaFit(plot, extent: extent, available: room, highest: 96) {
        columns = max(8, min(columns, Int(fitted.size.width / 2)))
        rows = max(4, min(24, Int(fitted.size.height / 4)))
        axes.x.domain = fitted.x ?? axes.x.domain
        axes.y.domain = fitted.y ?? axes.y.domain
      }
      scales.x = Self.scale(axes.x, extent.x, extent.xCoverage, target: Double(columns) / 12) { labels, spacing in
        zip(labels, labels.dropFirst()).allSatisfy { a, b in
          Double(a.count + b.count) / 2 + 2 <= spacing * Double(columns)
        }
      }
      scales.y = Self.scale(axes.y, extent.y, extent.yCoverage, target: Double(rows) / 4) { _, spacing in
        spacing * Double(rows) >= 2
      }
      gutter = min(width / 3, (scales.y.ticks.map { TextCanvas.width($0.label) }.max() ?? 0) + 1)
    }
    (xScale, yScale) = (scales.x, scales.y)
    self.gutter = gutter
    self.columns = columns
    self.rows = rows
  }

  private static func scale(
    _ axis: Axis, _ extent: ClosedRange<Double>?, _ coverage: TickSearch.Coverage, target: Double,
    fits: ([String], Double) -> Bool
  ) -> PositionScale {
    axis.categories.isEmpty
      ? PositionScale(axis: axis, extent: extent, coverage: coverage, target: max(3, target), fits: fits)
      : PositionScale(categories: axis.categories)
  }

  var canvas: TextCanvas {
    var canvas = TextCanvas(width: width)
    if !plot.title.isEmpty {
      canvas.write(TextCanvas.truncated(plot.title, to: width), x: 0, y: 0, weight: .bold)
    }
    let marks = MarkText(plot, series: series, x: xScale, y: yScale, columns: columns, rows: rows, colors: colors)
    if hasLegend { TextLegend(series.entries, letters: marks.usesLetters).draw(on: &canvas) }
    if let range = marks.valueRange {
      canvas.write(TextCanvas.truncated(range, to: width), x: 0, y: canvas.height, weight: .faint)
    }
    let label = PlotLayout.label(of: plot.yAxis)
    if !label.isEmpty { canvas.write(TextCanvas.truncated(label, to: width), x: 0, y: canvas.height, weight: .faint) }
    let top = canvas.height
    drawFrame(on: &canvas, top: top)
    marks.draw(on: &canvas, x: gutter + 1, y: top)
    return canvas
  }

  private func drawFrame(on canvas: inout TextCanvas, top: Int) {
    if !plot.yAxis.isHidden {
      for row in 0..<rows { canvas.set("│", x: gutter, y: top + row, weight: .faint) }
    }
    for tick in yScale.ticks {
      let row = top + min(rows - 1, Int((1 - tick.position) * Double(rows)))
      let label = TextCanvas.truncated(tick.label, to: gutter - 1)
      canvas.set("┤", x: gutter, y: row, weight: .faint)
      canvas.write(label, x: gutter - 1 - TextCanvas.width(label), y: row, weight: .faint)
    }
    let bottom = top + rows
    guard !plot.xAxis.isHidden else { return }
    canvas.set("└", x: gutter, y: bottom, weight: .faint)
    for column in 0..<columns { canvas.set("─", x: gutter + 1 + column, y: bottom, weight: .faint) }
    var end = -1
    for tick in xScale.ticks {
      let column = gutter + 1 + min(columns - 1, Int(tick.position * Double(columns)))
      let room = plot.xAxis.categories.isEmpty ? width : max(1, columns / max(1, xScale.ticks.count) - 1)
      let label = TextCanvas.truncated(tick.label, to: room)
      let size = TextCanvas.width(label)
      let start = max(0, min(width - size, column - size / 2))
      canvas.set("┬", x: column, y: bottom, weight: .faint)
      guard start > end else { continue }
      canvas.write(label, x: start, y: bottom + 1, weight: .faint)
      end = start + size
    }
    let label = TextCanvas.truncated(PlotLayout.label(of: plot.xAxis), to: width)
    guard !label.isEmpty else { return }
    let start = gutter + 1 + (columns - TextCanvas.width(label)) / 2
    canvas.write(label, x: max(0, min(width - TextCanvas.width(label), start)), y: canvas.height, weight: .faint)
  }
}

/// The names of the series after samples of their colours, or of the letters that stand for them.
struct TextLegend {
  private let entries: [PlotSeries.Entry]
  private let usesLetters: Bool

  init(_ entries: [PlotSeries.Entry], letters: Bool) {
    self.entries = entries
    usesLetters = letters
  }

  static func letter(_ index: Int) -> Character {
    let letters = Array("abcdefghijklmnopqrstuvwxyz")
    return letters[index % letters.count]
  }

  func draw(on canvas: inout TextCanvas) {
    var x = 0
    var y = canvas.height
    for (index, entry) in entries.enumerated() {
      let sample: String
      if usesLetters {
        sample = String(Self.letter(index))
      } else {
        switch entry.key {
        case .line: sample = "──"
        case .point: sample = "●"
        case .area: sample = "■"
        }
      }
      let name = TextCanvas.truncated(entry.name, to: canvas.width - sample.count - 1)
      let size = sample.count + 1 + TextCanvas.width(name)
      if x > 0, x + size > canvas.width {
        x = 0
        y += 1
      }
      canvas.write(sample, x: x, y: y, foreground: TerminalColor.series(entry.color))
      canvas.write(name, x: x + sample.count + 1, y: y)
      x += size + 3
    }
  }
}
