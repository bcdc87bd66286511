internal import Figures
internal import Markup

extension MarkPainter {
  func paint(_ bars: BarMark, color: Int) -> [Node] {
    let slot = BarSlot(of: bars, in: plot)
    var data = PathData()
    var errors = PathData()
    for (index, value) in bars.values.enumerated() {
      let center = Double(index)
      guard let left = xScale.position(center + slot.start), let right = xScale.position(center + slot.end),
        let top = yScale.position(value)
      else { continue }
      let y = (1 - top) * height
      data.rectangle(left * width, min(y, baseline), (right - left) * width, abs(baseline - y))
      guard bars.errors.indices.contains(index) else { continue }
      let middle = (left + right) / 2 * width
      guard let low = yScale.position(value - bars.errors[index]),
        let high = yScale.position(value + bars.errors[index])
      else { continue }
      let cap = min(6, (right - left) * width / 4)
      errors.move(middle, (1 - low) * height)
      errors.line(middle, (1 - high) * height)
      for end in [low, high] {
        errors.move(middle - cap, (1 - end) * height)
        errors.line(middle + cap, (1 - end) * height)
      }
    }
    return Self.path(data, "fig-bars fig-f\(color)") + Self.path(errors, "fig-ink")
  }

  /// One histogram is filled; several are drawn as outlines over faint areas, so that all can be seen.
  func paint(_ histogram: HistogramMark, color: Int) -> [Node] {
    let count = plot.marks.count { if case .histogram = $0 { true } else { false } }
    var bars = PathData()
    var outline: [(x: Double, y: Double)] = []
    let bins = zip(histogram.heights, zip(histogram.edges, histogram.edges.dropFirst()))
    for (value, edges) in bins {
      guard let left = xScale.position(edges.0), let right = xScale.position(edges.1) else { continue }
      let y = yScale.position(value).map { (1 - $0) * height } ?? baseline
      // A hair of ground between bars wide enough to spare it.
      let gap = (right - left) * width > 4 ? 0.5 : 0
      if y != baseline {
        bars.rectangle(left * width + gap, min(y, baseline), (right - left) * width - 2 * gap, abs(baseline - y))
      }
      outline += [(left * width, y), (right * width, y)]
    }
    guard count > 1 else { return Self.path(bars, "fig-bars fig-f\(color)") }
    guard let first = outline.first, let last = outline.last else { return [] }
    var area = PathData()
    var curve = PathData()
    area.polygon([(first.x, baseline)] + outline + [(last.x, baseline)])
    curve.move(first.x, baseline)
    for point in outline { curve.line(point.x, point.y) }
    curve.line(last.x, baseline)
    return Self.path(area, "fig-area fig-f\(color)") + Self.path(curve, "fig-line fig-s\(color)")
  }
}

/// The part of a category that one of several bar marks takes, from -0.5 to 0.5.
struct BarSlot: Equatable {
  let start: Double
  let end: Double

  init(of bars: BarMark, in plot: Plot) {
    let all = plot.marks.compactMap { if case .bars(let mark) = $0 { mark } else { nil } }
    let count = Double(max(1, all.count))
    let index = Double(all.firstIndex(of: bars) ?? 0)
    let group = all.count > 1 ? 0.8 : 0.64
    let step = group / count
    start = -group / 2 + index * step
    end = start + step * (all.count > 1 ? 0.94 : 1)
  }
}
