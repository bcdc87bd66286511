internal import Figures
internal import Markup

/// An image grid as SVG: one PNG a row, row labels to the left or, where it is narrow, above.
struct ImageGridDrawing {
  private let grid: ImageGrid
  private let id: String
  private let isNarrow: Bool
  private let gap: Int
  /// Units of the figure for a pixel.
  private let scale: Double
  private let left: Double
  private let width: Double

  private static let textSize = FigureTheme.Metrics.textSize
  private static let lineHeight = FigureTheme.Metrics.lineHeight

  init(_ grid: ImageGrid, id: String, width: Double, isNarrow: Bool) {
    self.grid = grid
    self.id = id
    self.isNarrow = isNarrow
    gap = max(1, grid.width / 14)
    let widest = grid.rowLabels.map(PlotLayout.width).max() ?? 0
    left = isNarrow || grid.rowLabels.isEmpty ? 0 : min(widest, width * 0.25) + 12
    let columns = max(1, min(grid.columns, grid.count))
    let pixels = Double(columns * grid.width + (columns - 1) * gap)
    // Few pictures need not fill the page, and pixels that are whole or half units stay sharp.
    let largest = columns == 1 ? 240.0 : columns <= 4 ? 140 : 96
    let fitting = min((width - left) / pixels, largest / Double(grid.width))
    scale = fitting >= 1 ? (fitting * 2).rounded(.down) / 2 : fitting
    self.width = left + pixels * scale
  }

  var drawing: Drawing {
    draw { row, size in
      guard let image = Raster(row: row, of: grid, gap: gap).dataURI else { return nil }
      return .element(
        "image",
        [
          ("id", "\(id)-row\(row)"), ("class", "fig-pixels"), ("width", Coordinate.text(size.width)),
          ("height", Coordinate.text(size.height)), ("href", image),
        ])
    }
  }

  /// The same with the pictures of another drawing.
  func borrowing(from other: ImageGridDrawing) -> Drawing {
    let factor = DecimalText.trimmed(scale / other.scale, decimals: 4)
    return draw { row, _ in
      .element("use", [("href", "#\(id)-row\(row)"), ("transform", "scale(\(factor))")])
    }
  }

  private func draw(_ image: (_ row: Int, _ size: (width: Double, height: Double)) -> Node?) -> Drawing {
    let title = Drawing.title(grid.title, width: width)
    var nodes = title.nodes
    var y = title.height
    let labels = columnLabels(y: y)
    nodes += SVGText.nodes(labels.texts)
    y += labels.height
    let height = Double(grid.height) * scale
    for row in 0..<grid.rows {
      if grid.rowLabels.indices.contains(row) { nodes.append(rowLabel(row, y: &y, height: height)) }
      let count = min(grid.columns, grid.count - row * grid.columns)
      let rowWidth = Double(count * grid.width + (count - 1) * gap) * scale
      if let image = image(row, (rowWidth, height)) {
        let place = "translate(\(Coordinate.text(left)) \(Coordinate.text(y)))"
        nodes.append(.element("g", [("transform", place)], [image]))
      }
      y += height + (isNarrow && !grid.rowLabels.isEmpty ? 8 : Double(gap) * scale)
    }
    // Slanted names may reach beyond the last column.
    let reach = labels.texts.filter(\.isSlanted).map { $0.x + $0.width * 0.72 + 6 }.max() ?? 0
    return Drawing(width: max(width, reach, 1), height: max(y, 1), nodes: nodes)
  }

  private func rowLabel(_ row: Int, y: inout Double, height: Double) -> Node {
    let label = grid.rowLabels[row]
    if isNarrow {
      let text = TextMetrics.truncated(label, to: width, size: Self.textSize)
      y += Self.lineHeight
      return SVGText.node(PlacedText(text: text, x: 0, y: y - 4))
    }
    let lines = TextMetrics.wrapped(label, to: left - 12, size: Self.textSize)
      .prefix(max(1, Int(height / Self.lineHeight)))
    let top = y + height / 2 - Double(lines.count) * Self.lineHeight / 2
    return .fragment(
      lines.enumerated().map { index, line in
        let text = TextMetrics.truncated(line, to: left - 12, size: Self.textSize)
        return SVGText.node(
          PlacedText(text: text, x: left - 12, y: top + Double(index) * Self.lineHeight + 12, anchor: .end))
      })
  }

  private func columnLabels(y: Double) -> (texts: [PlacedText], height: Double) {
    guard !grid.columnLabels.isEmpty else { return ([], 0) }
    let step = Double(grid.width + gap) * scale
    let positions = grid.columnLabels.indices.map { left + Double($0) * step + Double(grid.width) * scale / 2 }
    let names = Array(grid.columnLabels.prefix(max(1, min(grid.columns, grid.count))))
    let labels = CategoryLabels(
      names, positions: Array(positions.prefix(names.count)), spacing: step, room: 80, y: y,
      padding: 3)
    guard labels.texts.contains(where: \.isSlanted) else { return (labels.texts, labels.height + 2) }
    // Above pictures, slanted names end at the bottom of their room and rise to the right.
    let bottom = y + labels.height - 6
    let rising = labels.texts.map { text in
      var text = text
      text.anchor = .start
      text.x -= 4
      text.y = bottom
      return text
    }
    return (rising, labels.height)
  }
}
