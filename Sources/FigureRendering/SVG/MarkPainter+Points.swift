internal import Figures
internal import Markup

extension MarkPainter {
  /// Each colour's dots are one path of lines without length. They stand on a grid of half a unit, where one dot is
  /// enough for many points, and are sorted, so that the steps between them are short: ten thousand points take about
  /// forty kilobytes. The colours take turns in four layers, so that none hides another as a whole.
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
        return Self.path(Self.dots(fresh), "fig-s\(colors[color])")
      }
    }
    let attributes = [
      ("class", "fig-dots"), ("transform", "scale(.5)"), ("stroke-width", Coordinate.text(style.diameter)),
      ("stroke-opacity", style.opacity),
    ]
    return paths.isEmpty ? [] : [.element("g", attributes, paths)]
  }

  private struct Cell: Hashable {
    var x: Int
    var y: Int
  }

  private static func dots(_ cells: [Cell]) -> PathData {
    var data = PathData()
    // Rows of four units, walked to and fro, keep the steps short in both directions.
    let order = cells.sorted { a, b in
      let rows = (a.y >> 3, b.y >> 3)
      guard rows.0 == rows.1 else { return rows.0 < rows.1 }
      return a.x == b.x ? a.y < b.y : (a.x < b.x) == rows.0.isMultiple(of: 2)
    }
    for cell in order { data.dot(Double(cell.x), Double(cell.y)) }
    return data
  }
}

/// The more dots there are, the smaller and fainter each is.
struct DotStyle: Equatable {
  let diameter: Double
  let opacity: String?

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
