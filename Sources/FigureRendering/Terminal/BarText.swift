internal import Figures

/// Bars as text: they lie, so that each has its name before it and its value behind it.
struct BarText {
  private let plot: Plot
  private let width: Int

  init(_ plot: Plot, width: Int) {
    self.plot = plot
    self.width = width
  }

  private struct Bar {
    var name: String
    var value: Double
    var text: String
    var color: Int
  }

  var canvas: TextCanvas {
    var canvas = TextCanvas(width: width)
    let series = PlotSeries(plot)
    if !plot.title.isEmpty {
      canvas.write(TextCanvas.truncated(plot.title, to: width), x: 0, y: 0, weight: .bold)
    }
    for label in [PlotLayout.label(of: plot.yAxis), PlotLayout.label(of: plot.xAxis)] where !label.isEmpty {
      canvas.write(TextCanvas.truncated(label, to: width), x: 0, y: canvas.height, weight: .faint)
    }
    let groups = groups(colors: series.colors)
    let bars = groups.joined()
    let present = bars.map(\.value).filter { PositionScale.isPresent($0, isLogarithmic: false) }
    let ends = (low: min(0, present.min() ?? 0), high: max(0, present.max() ?? 0))
    let names = min(width / 3, bars.map { TextCanvas.width($0.name) }.max() ?? 0)
    let values = bars.map { TextCanvas.width($0.text) }.max() ?? 0
    let room = Double(max(4, width - names - values - 3)) / max(ends.high - ends.low, 1e-300)
    let origin = names + 1 + Int((-ends.low * room).rounded())
    for (index, group) in groups.enumerated() {
      if index > 0, group.count > 1 { canvas.grow(to: canvas.height + 1) }
      for bar in group {
        let y = canvas.height
        canvas.write(TextCanvas.truncated(bar.name, to: names), x: 0, y: y)
        let end = draw(bar, length: bar.value * room, origin: origin, y: y, on: &canvas)
        canvas.write(bar.text, x: end + 1, y: y)
      }
    }
    return canvas
  }

  /// The bars of each category, one for each series.
  private func groups(colors: [[Int]]) -> [[Bar]] {
    let marks = zip(plot.marks, colors).compactMap { mark, colors -> (mark: BarMark, color: Int)? in
      if case .bars(let bars) = mark { (bars, colors[0]) } else { nil }
    }
    let count = marks.map(\.mark.values.count).max() ?? 0
    return (0..<count).map { index in
      let category = plot.xAxis.categories.indices.contains(index) ? plot.xAxis.categories[index] : "\(index)"
      return marks.filter { index < $0.mark.values.count }.map { mark, color in
        let error = mark.errors.indices.contains(index) ? " ± \(DecimalText.short(mark.errors[index]))" : ""
        return Bar(
          name: marks.count > 1 ? "\(category) \(mark.name)" : category, value: mark.values[index],
          text: DecimalText.short(mark.values[index]) + error, color: color)
      }
    }
  }

  /// Draws a bar and returns where it ends.
  private func draw(_ bar: Bar, length: Double, origin: Int, y: Int, on canvas: inout TextCanvas) -> Int {
    guard PositionScale.isPresent(bar.value, isLogarithmic: false), abs(length) <= Double(width) else { return origin }
    let parts: [Character] = ["▏", "▎", "▍", "▌", "▋", "▊", "▉"]
    let eighths = Int((abs(length) * 8).rounded())
    let color = TerminalColor.series(bar.color)
    guard length >= 0 else {
      for step in 0..<eighths / 8 { canvas.set("█", x: origin - 1 - step, y: y, foreground: color) }
      return origin
    }
    for step in 0..<eighths / 8 { canvas.set("█", x: origin + step, y: y, foreground: color) }
    let rest = eighths % 8
    if rest > 0 { canvas.set(parts[rest - 1], x: origin + eighths / 8, y: y, foreground: color) }
    return origin + eighths / 8 + (rest > 0 ? 1 : 0)
  }
}
