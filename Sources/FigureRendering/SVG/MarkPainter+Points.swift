internal import Figures
internal import Markup

extension MarkPainter {
  /// Each colour's points are one path, of lines without length or of small shapes. They stand on a grid of half a unit,
  /// where one is enough for many points, and are sorted, so that the steps between them are short: ten thousand dots take
  /// about forty kilobytes. The colours take turns in four layers, so that none hides another as a whole.
  func paint(_ mark: PointMark, colors: [Int]) -> [Node] {
    let style = DotStyle(count: mark.x.count)
    let layers = colors.count > 1 && mark.x.count > 200 ? 4 : 1
    var cells = [[[Cell]]](repeating: Array(repeating: [], count: colors.count), count: layers)
    for index in mark.x.indices {
      guard xScale.contains(mark.x[index]), yScale.contains(mark.y[index]),
        let point = point(mark.x[index], mark.y[index])
      else { continue }
      let color = mark.categories.isEmpty ? 0 : mark.categories[index]
      cells[index % layers][color].append(
        Cell(x: Int((point.x * 2).rounded()), y: Int((point.y * 2).rounded())))
    }
    var seen = [Set<Cell>](repeating: [], count: colors.count)
    let paths = cells.flatMap { layer in
      layer.indices.flatMap { color -> [Node] in
        let fresh = layer[color].filter { seen[color].insert($0).inserted }
        let shape = style.showsShapes ? series.shape(ofColor: colors[color]) : .disc
        return Self.path(fresh, color: colors[color], shape: shape, style)
      }
    }
    let attributes = [
      ("class", "fig-dots"), ("transform", "scale(.5)"), ("stroke-width", Coordinate.text(style.diameter)),
      ("stroke-opacity", style.opacity), ("fill-opacity", style.opacity),
    ]
    return paths.isEmpty ? [] : [.element("g", attributes, paths)]
  }

  private struct Cell: Hashable {
    var x: Int
    var y: Int
  }

  private static func path(_ cells: [Cell], color: Int, shape: PointShape, _ style: DotStyle) -> [Node] {
    let data = data(of: cells, shape: shape, radius: style.diameter)
    guard !data.text.isEmpty else { return [] }
    let line = Coordinate.text(max(1, style.diameter * 0.3))
    let attributes: [(String, String?)] =
      switch shape.style {
      case .cap(let name): [("class", "fig-s\(color)" + (name.map { " \($0)" } ?? ""))]
      case .filled: [("class", "fig-f\(color)")]
      case .stroked: [("class", "fig-s\(color)"), ("stroke-width", line)]
      }
    return [.element("path", attributes + [("d", data.text)])]
  }

  /// A unit has two cells, so that a diameter in units is a radius in cells.
  private static func data(of cells: [Cell], shape: PointShape, radius: Double) -> PathData {
    var data = PathData()
    // Rows of four units, walked to and fro, keep the steps short in both directions.
    let order = cells.sorted { a, b in
      let rows = (a.y >> 3, b.y >> 3)
      guard rows.0 == rows.1 else { return rows.0 < rows.1 }
      return a.x == b.x ? a.y < b.y : (a.x < b.x) == rows.0.isMultiple(of: 2)
    }
    for cell in order { shape.add(to: &data, x: Double(cell.x), y: Double(cell.y), radius: radius.rounded()) }
    return data
  }
}

/// The more dots there are, the smaller and fainter each is.
struct DotStyle: Equatable {
  let diameter: Double
  let opacity: String?
  /// Whether one is large enough to have a shape that can be seen.
  var showsShapes: Bool { diameter >= 3 }

  init(count: Int) {
    switch count {
    case ...60: (diameter, opacity) = (7, nil)
    case ...300: (diameter, opacity) = (5.5, ".85")
    case ...1500: (diameter, opacity) = (4.5, ".75")
    case ...5000: (diameter, opacity) = (3.5, ".7")
    default: (diameter, opacity) = (2.6, ".7")
    }
  }
}
