internal import Figures
internal import Markup

extension MarkPainter {
  func paint(_ line: LineMark, color: Int) -> [Node] {
    let runs = runs(zip(line.x, line.y).map { point($0, $1) })
    var curve = PathData()
    var fill = PathData()
    var lone = PathData()
    for run in runs.map({ Self.thinned($0) }) {
      guard let first = run.first, let last = run.last else { continue }
      if run.count == 1 {
        lone.dot(first.x, first.y)
        continue
      }
      curve.move(first.x, first.y)
      for point in run.dropFirst() { curve.line(point.x, point.y) }
      if line.isFilled { fill.polygon(run + [(last.x, baseline), (first.x, baseline)]) }
    }
    return Self.path(fill, "fig-area fig-f\(color)")
      + Self.path(curve, "fig-line fig-s\(color)\(Self.dashes(series.style(of: line)))")
      + Self.path(lone, "fig-lone fig-s\(color)")
  }

  /// The class that makes a line look so.
  static func dashes(_ style: LineMark.Style) -> String {
    switch style {
    case .solid: ""
    case .dashed: " fig-dashed"
    case .dotted: " fig-dotted"
    }
  }

  func paint(_ band: BandMark, color: Int) -> [Node] {
    let edges = zip(band.x, zip(band.low, band.high)).map { x, ends -> ((x: Double, y: Double), Double)? in
      guard let low = point(x, ends.0), let high = point(x, ends.1) else { return nil }
      return (low, high.y)
    }
    var data = PathData()
    var run: [((x: Double, y: Double), Double)] = []
    func close() {
      guard run.count > 1 else { return }
      let low = Self.thinned(run.map(\.0))
      let high = Self.thinned(run.map { ($0.0.x, $0.1) })
      data.polygon(high + low.reversed())
    }
    for edge in edges {
      if let edge {
        run.append(edge)
      } else {
        close()
        run = []
      }
    }
    close()
    return Self.path(data, "fig-area fig-f\(color)")
  }

  /// The stretches between missing values.
  private func runs(_ points: [(x: Double, y: Double)?]) -> [[(x: Double, y: Double)]] {
    points.split(whereSeparator: { $0 == nil }).map { $0.compactMap { $0 } }
  }

  /// A run that looks the same with fewer points: of those that fall into one unit of x, the first, the lowest, the
  /// highest and the last. A run that goes back and forth in x is left alone.
  static func thinned(_ run: [(x: Double, y: Double)]) -> [(x: Double, y: Double)] {
    guard run.count > 500, zip(run, run.dropFirst()).allSatisfy({ $0.x <= $1.x }) else { return run }
    var kept: [(x: Double, y: Double)] = []
    var start = 0
    while start < run.count {
      let column = run[start].x.rounded(.down)
      var end = start
      var lowest = start
      var highest = start
      while end < run.count, run[end].x.rounded(.down) == column {
        if run[end].y < run[lowest].y { lowest = end }
        if run[end].y > run[highest].y { highest = end }
        end += 1
      }
      for index in Set([start, lowest, highest, end - 1]).sorted() { kept.append(run[index]) }
      start = end
    }
    return kept
  }
}
