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
      let dashes =
        switch style {
        case .solid: ""
        case .dashed: " fig-dashed"
        case .dotted: " fig-dotted"
        }
      return band + MarkPainter.path(sample, "fig-line fig-s\(color)\(dashes)")
    case .point:
      return [
        .element(
          "circle",
          [
            ("class", "fig-f\(color)"), ("cx", Coordinate.text(key.x + Legend.keyWidth / 2)),
            ("cy", Coordinate.text(key.y)), ("r", "5"),
          ])
      ]
    case .area:
      sample.rectangle(key.x + 3, key.y - 6, 12, 12)
      return band + MarkPainter.path(sample, "fig-bars fig-f\(color)")
    }
  }
}
