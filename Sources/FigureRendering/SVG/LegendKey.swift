internal import Figures
internal import Markup

/// The sample of a series beside its name.
enum LegendKey {
  static func nodes(_ key: PlacedKey) -> [Node] {
    let color = key.entry.color
    var sample = PathData()
    var area = PathData()
    if key.entry.hasBand { area.rectangle(key.x, key.y - 5, Legend.keyWidth, 10) }
    let band = MarkPainter.path(area, "fig-area fig-f\(color)")
    switch key.entry.key {
    case .line(let style):
      sample.move(key.x + 1, key.y)
      sample.line(key.x + Legend.keyWidth - 1, key.y)
      return band + MarkPainter.path(sample, "fig-line fig-s\(color)\(MarkPainter.dashes(style))")
    case .point:
      return point(key.entry.shape, color: color, x: key.x + Legend.keyWidth / 2, y: key.y)
    case .area:
      sample.rectangle(key.x + 3, key.y - 6, 12, 12)
      return band + MarkPainter.path(sample, "fig-bars fig-f\(color)")
    }
  }

  private static func point(_ shape: PointShape, color: Int, x: Double, y: Double) -> [Node] {
    let radius = 4.5
    var data = PathData()
    switch shape {
    case .disc:
      let (x, y) = (Coordinate.text(x), Coordinate.text(y))
      return [.element("circle", [("class", "fig-f\(color)"), ("cx", x), ("cy", y), ("r", "5")])]
    case .square: data.rectangle(x - radius, y - radius, 2 * radius, 2 * radius)
    default: shape.add(to: &data, x: x, y: y, radius: radius)
    }
    return MarkPainter.path(data, shape.style == .stroked ? "fig-line fig-s\(color)" : "fig-f\(color)")
  }
}
