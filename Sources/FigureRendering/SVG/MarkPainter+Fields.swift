internal import Figures
internal import Markup

extension MarkPainter {
  /// A picture with one pixel a cell; missing values are transparent. An axis that is not linear cannot be served by
  /// one picture and shows none.
  func paint(_ map: HeatMapMark) -> [Node] {
    let grid = map.grid
    guard !xScale.isLogarithmic, !yScale.isLogarithmic,
      let corner = point(grid.xRange.lowerBound, grid.yRange.upperBound),
      let opposite = point(grid.xRange.upperBound, grid.yRange.lowerBound),
      let image = Raster(map).dataURI
    else { return [] }
    let attributes = [
      ("class", "fig-pixels"), ("x", Coordinate.text(corner.x)), ("y", Coordinate.text(corner.y)),
      ("width", Coordinate.text(opposite.x - corner.x)), ("height", Coordinate.text(opposite.y - corner.y)),
      ("preserveAspectRatio", "none"), ("href", image),
    ]
    return [.element("image", attributes)]
  }

  /// Shafts with open heads; very short arrows are dots.
  func paint(_ arrows: ArrowMark, color: Int?) -> [Node] {
    var data = PathData()
    for index in arrows.x.indices {
      guard let tail = point(arrows.x[index], arrows.y[index]),
        let head = point(arrows.x[index] + arrows.dx[index], arrows.y[index] + arrows.dy[index])
      else { continue }
      let (dx, dy) = (head.x - tail.x, head.y - tail.y)
      let length = (dx * dx + dy * dy).squareRoot()
      guard length >= 1 else {
        data.dot(tail.x, tail.y)
        continue
      }
      let size = min(5, length * 0.45)
      let (ux, uy) = (dx / length * size, dy / length * size)
      data.move(tail.x, tail.y)
      data.line(head.x, head.y)
      data.move(head.x - ux - uy * 0.6, head.y - uy + ux * 0.6)
      data.line(head.x, head.y)
      data.line(head.x - ux + uy * 0.6, head.y - uy - ux * 0.6)
    }
    return Self.path(data, color.map { "fig-line fig-s\($0)" } ?? "fig-ink fig-round")
  }

  func paint(_ contour: ContourMark) -> [Node] {
    var data = PathData()
    for level in contour.levels {
      for curve in ContourTracer(contour.grid).curves(at: level) {
        let points = curve.compactMap { point($0.x, $0.y) }
        guard let first = points.first, points.count > 1 else { continue }
        data.move(first.x, first.y)
        for point in points.dropFirst() { data.line(point.x, point.y) }
      }
    }
    return Self.path(data, "fig-ink fig-round")
  }
}
