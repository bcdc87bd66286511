package import Figures

/// Figures as text: curves and dots in Braille characters, pictures in half blocks or, without colour, in dithered
/// Braille.
package enum TerminalRenderer {
  /// Lines of at most `columns` cells (at least 24), each ended by a line feed.
  package static func render(_ figure: Figure, columns: Int, color: TerminalColors) -> String {
    canvas(figure, width: max(24, columns), colors: color).text(colors: color)
  }

  static func canvas(_ figure: Figure, width: Int, colors: TerminalColors) -> TextCanvas {
    switch figure {
    case .plot(let plot): canvas(plot, width: width, colors: colors)
    case .images(let grid): ImageText(grid, width: width, colors: colors).canvas
    case .table(let table): TableText(table, width: width).canvas
    case .smallMultiples(let multiples): canvas(multiples, width: width, colors: colors)
    case .frames(let frames): canvas(frames, width: width, colors: colors)
    }
  }

  private static func canvas(
    _ plot: Plot, width: Int, colors: TerminalColors, sharing series: PlotSeries? = nil
  ) -> TextCanvas {
    let isBarChart = !plot.marks.isEmpty && plot.marks.allSatisfy { if case .bars = $0 { true } else { false } }
    return isBarChart
      ? BarText(plot, width: width).canvas
      : PlotText(plot, width: min(width, 120), colors: colors, sharing: series).canvas
  }

  private static func canvas(_ multiples: SmallMultiples, width: Int, colors: TerminalColors) -> TextCanvas {
    let shared = SharedDomains(multiples.plots, x: multiples.sharesX, y: multiples.sharesY)
    let series = PlotSeries(Plot(marks: multiples.plots.flatMap(\.marks)))
    let columns = max(1, min(multiples.columns, multiples.plots.count, (width + 2) / 40))
    let panel = (width - 2 * (columns - 1)) / columns
    let panels = multiples.plots.map {
      canvas(shared.applied(to: $0), width: panel, colors: colors, sharing: series)
    }
    return side(panels, columns: columns, step: panel + 2, title: multiples.title, width: width)
  }

  /// Some frames, evenly chosen, the first and the last among them; a terminal keeps what was written.
  private static func canvas(_ frames: Frames, width: Int, colors: TerminalColors) -> TextCanvas {
    let shared = SharedDomains(frames.pictures.compactMap { if case .plot(let plot) = $0 { plot } else { nil } })
    let columns = max(1, min(frames.pictures.count, (width + 2) / 40))
    let panel = (width - 2 * (columns - 1)) / columns
    let most = min(frames.pictures.count, columns * 2)
    let chosen = (0..<most).map { most < 2 ? 0 : $0 * (frames.pictures.count - 1) / (most - 1) }
    let panels = chosen.map { index -> TextCanvas in
      switch frames.pictures[index] {
      case .plot(var plot):
        if plot.title.isEmpty { plot.title = frames.labels[index] }
        return canvas(shared.applied(to: plot), width: panel, colors: colors)
      case .images(var grid):
        if grid.title.isEmpty { grid.title = frames.labels[index] }
        return ImageText(grid, width: panel, colors: colors).canvas
      }
    }
    var result = side(panels, columns: columns, step: panel + 2, title: frames.title, width: width)
    if most < frames.pictures.count {
      result.write("\(most) of \(frames.pictures.count) frames", x: 0, y: result.height, weight: .faint)
    }
    return result
  }

  private static func side(
    _ panels: [TextCanvas], columns: Int, step: Int, title: String, width: Int
  ) -> TextCanvas {
    var result = TextCanvas(width: width)
    if !title.isEmpty { result.write(TextCanvas.truncated(title, to: width), x: 0, y: 0, weight: .bold) }
    for start in stride(from: 0, to: panels.count, by: columns) {
      let y = result.height
      for (index, panel) in panels[start..<min(start + columns, panels.count)].enumerated() {
        result.draw(panel, x: index * step, y: y)
      }
    }
    return result
  }
}
