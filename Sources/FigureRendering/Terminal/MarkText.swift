internal import Figures

/// The data of a plot as characters. Without colour, several series are told apart by letters: points are letters, and
/// a line has its letter at intervals.
struct MarkText {
  let plot: Plot
  let series: PlotSeries
  let xScale: PositionScale
  let yScale: PositionScale
  let columns: Int
  let rows: Int
  let colors: TerminalColors

  init(
    _ plot: Plot, series: PlotSeries, x: PositionScale, y: PositionScale, columns: Int, rows: Int,
    colors: TerminalColors
  ) {
    self.plot = plot
    self.series = series
    xScale = x
    yScale = y
    self.columns = columns
    self.rows = rows
    self.colors = colors
  }

  var usesLetters: Bool { colors == .none && series.entries.count > 1 }

  /// What the colours of a heat map mean.
  var valueRange: String? {
    for case .heatMap(let map) in plot.marks {
      let range = HeatMapColors(map).range
      let ends = "\(DecimalText.short(range.lowerBound)) dark … \(DecimalText.short(range.upperBound)) light"
      return map.valueLabel.isEmpty ? ends : "\(map.valueLabel): \(ends)"
    }
    return nil
  }

  func draw(on canvas: inout TextCanvas, x: Int, y: Int) {
    for case .heatMap(let map) in plot.marks { draw(map, on: &canvas, x: x, y: y) }
    let histograms = plot.marks.count { if case .histogram = $0 { true } else { false } }
    var dots = BrailleGrid(columns: columns, rows: rows)
    // The letters stand over all dots.
    var letters: [(character: Character, color: Int, x: Int, y: Int)] = []
    for (mark, colors) in zip(plot.marks, series.colors) {
      switch mark {
      case .line(let line):
        let points = zip(line.x, line.y).map { point($0, $1) }
        dots.curve(points, color: colors[0], every: line.style == .solid ? 1 : 3)
        if usesLetters { letters += marks(along: points, name: line.name, color: colors[0]) }
      case .band(let band):
        draw(band, color: colors[0], on: &dots)
      case .points(let points):
        draw(points, colors: colors, on: &dots, letters: &letters)
      case .histogram(let histogram):
        if histograms == 1 {
          draw(histogram, color: colors[0], on: &canvas, x: x, y: y)
        } else {
          let points = outline(histogram)
          dots.curve(points, color: colors[0])
          if usesLetters { letters += marks(along: points, name: histogram.name, color: colors[0]) }
        }
      case .rule(let rule): draw(rule, on: &dots)
      case .arrows(let arrows):
        for index in arrows.x.indices {
          dots.curve(
            [
              point(arrows.x[index], arrows.y[index]),
              point(arrows.x[index] + arrows.dx[index], arrows.y[index] + arrows.dy[index]),
            ], color: colors.first)
        }
      case .contour(let contour):
        for level in contour.levels {
          for curve in ContourTracer(contour.grid).curves(at: level) {
            dots.curve(curve.map { point($0.x, $0.y) }, color: nil)
          }
        }
      case .bars(let bars):
        for (index, value) in bars.values.enumerated() {
          dots.curve([point(Double(index), 0), point(Double(index), value)], color: colors[0])
        }
      case .heatMap: break
      }
    }
    dots.draw(on: &canvas, x: x, y: y)
    for letter in letters where (0..<columns).contains(letter.x) && (0..<rows).contains(letter.y) {
      canvas.set(letter.character, x: x + letter.x, y: y + letter.y, foreground: TerminalColor.series(letter.color))
    }
  }

  /// A place in dots; nil for a missing value.
  private func point(_ x: Double, _ y: Double) -> (x: Double, y: Double)? {
    guard let px = xScale.position(x), let py = yScale.position(y) else { return nil }
    // A value at the very end belongs to the last dot.
    return (px * (Double(columns * 2) - 0.02), (1 - py) * (Double(rows * 4) - 0.02))
  }

  private func letter(of name: String) -> Character {
    TextLegend.letter(series.entries.firstIndex { $0.name == name } ?? 0)
  }

  private func marks(
    along points: [(x: Double, y: Double)?], name: String, color: Int
  ) -> [(character: Character, color: Int, x: Int, y: Int)] {
    let present = points.compactMap { $0 }.filter {
      $0.x >= 0 && $0.y >= 0 && $0.x < Double(columns * 2) && $0.y < Double(rows * 4)
    }
    guard !present.isEmpty else { return [] }
    let count = min(5, present.count)
    // The series start a little apart, so that letters of curves that run together do not hide each other.
    let offset = series.entries.firstIndex { $0.name == name } ?? 0
    return (0..<count).map { step in
      let index = min(present.count - 1, (2 * step + 1) * present.count / (2 * count) + offset * present.count / 40)
      let place = present[index]
      return (letter(of: name), color, Int(place.x / 2), Int(place.y / 4))
    }
  }

  private func draw(_ band: BandMark, color: Int, on dots: inout BrailleGrid) {
    let edges = band.x.indices.map { (point(band.x[$0], band.low[$0]), point(band.x[$0], band.high[$0])) }
    for (first, second) in zip(edges, edges.dropFirst()) {
      guard let low = first.0, let high = first.1, let nextLow = second.0, let nextHigh = second.1 else { continue }
      let width = Int(max(1, min(Double(columns * 2), nextLow.x - low.x)))
      for step in 0..<width {
        let part = Double(step) / Double(width)
        let x = low.x + (nextLow.x - low.x) * part
        let top = max(0, min(Double(rows * 4), high.y + (nextHigh.y - high.y) * part))
        let bottom = max(0, min(Double(rows * 4), low.y + (nextLow.y - low.y) * part))
        guard x >= 0, x < Double(columns * 2), top <= bottom else { continue }
        // A loose pattern of dots stays behind the line.
        for y in Int(top)...Int(bottom) where (Int(x) + 2 * (y % 2)).isMultiple(of: 4) {
          dots.set(x: Int(x), y: y, color: color)
        }
      }
    }
  }

  private func draw(
    _ mark: PointMark, colors: [Int], on dots: inout BrailleGrid,
    letters: inout [(character: Character, color: Int, x: Int, y: Int)]
  ) {
    for index in mark.x.indices {
      guard xScale.contains(mark.x[index]), yScale.contains(mark.y[index]),
        let place = point(mark.x[index], mark.y[index])
      else { continue }
      let category = mark.categories.isEmpty ? 0 : mark.categories[index]
      if usesLetters {
        let name = mark.categories.isEmpty ? mark.name : mark.categoryNames[category]
        letters.append((letter(of: name), colors[category], Int(place.x / 2), Int(place.y / 4)))
      } else {
        dots.set(x: Int(place.x), y: Int(place.y), color: colors[category])
      }
    }
  }

  private func draw(_ rule: RuleMark, on dots: inout BrailleGrid) {
    switch rule.direction {
    case .horizontal:
      guard yScale.contains(rule.value), let y = yScale.position(rule.value) else { return }
      let height = (1 - y) * (Double(rows * 4) - 0.02)
      dots.line(from: (0, height), to: (Double(columns * 2), height), color: nil, every: 3)
    case .vertical:
      guard xScale.contains(rule.value), let x = xScale.position(rule.value) else { return }
      let place = x * (Double(columns * 2) - 0.02)
      dots.line(from: (place, 0), to: (place, Double(rows * 4)), color: nil, every: 3)
    }
  }

  private func outline(_ histogram: HistogramMark) -> [(x: Double, y: Double)?] {
    histogram.heights.indices.flatMap { index in
      [
        point(histogram.edges[index], histogram.heights[index]),
        point(histogram.edges[index + 1], histogram.heights[index]),
      ]
    }
  }
}

extension BrailleGrid {
  /// Joins places in dots; a missing one breaks the curve, and one alone is a dot.
  mutating func curve(_ points: [(x: Double, y: Double)?], color: Int?, every: Int = 1) {
    for (index, point) in points.enumerated() {
      guard let point else { continue }
      let next = index + 1 < points.count ? points[index + 1] : nil
      line(from: point, to: next ?? point, color: color, every: every)
    }
  }
}
