internal import Figures
internal import Markup

/// A finished piece of SVG with its size.
struct Drawing {
  var width: Double
  var height: Double
  var nodes: [Node]

  /// Which of the two layouts is drawn. The narrow one refers to the data of the wide one, so that they are on the page
  /// once; on its own it would show none.
  enum Form: Equatable { case wide, narrow }

  /// `width` is the room; a drawing may take less.
  init(_ figure: Figure, id: String, width: Double, narrowWidth: Double, form: Form) {
    switch figure {
    case .plot(let plot): self.init(plot, id: id, width: width, narrowWidth: narrowWidth, form: form)
    case .images(let grid):
      let wide = ImageGridDrawing(grid, id: id, width: width, isNarrow: false)
      let narrow = ImageGridDrawing(grid, id: id, width: narrowWidth, isNarrow: true)
      self = form == .wide ? wide.drawing : narrow.borrowing(from: wide)
    case .table(let table): self = TableDrawing(table, width: form == .wide ? width : narrowWidth).drawing
    case .smallMultiples(let multiples):
      self = MultiplesDrawing(multiples, id: id, width: width, narrowWidth: narrowWidth).drawing(form)
    case .frames(let frames):
      self = FilmstripDrawing(frames, id: id, width: form == .wide ? width : narrowWidth).drawing
    }
  }

  private init(_ plot: Plot, id: String, width: Double, narrowWidth: Double, form: Form) {
    let wide = PlotDrawing(plot, style: .init(width: width, isNarrow: false), id: id)
    let dataID = "\(id)-data"
    switch form {
    case .wide: self.init(wide, data: wide.data(id: dataID))
    case .narrow:
      let narrow = PlotDrawing(plot, style: .init(width: narrowWidth, isNarrow: true), id: "\(id)-n")
      self.init(narrow, data: narrow.borrowed(from: wide, id: dataID))
    }
  }

  init(_ plot: PlotDrawing, data: Node) {
    self.init(width: plot.layout.width, height: plot.layout.height, nodes: plot.content(data))
  }

  init(width: Double, height: Double, nodes: [Node]) {
    self.width = width.rounded(.up)
    self.height = height.rounded(.up)
    self.nodes = nodes
  }

  func placed(x: Double, y: Double) -> Node {
    .element("g", [("transform", "translate(\(Coordinate.text(x)) \(Coordinate.text(y)))")], nodes)
  }

  /// Drawings in rows of equal columns, each row as high as its highest.
  static func grid(_ drawings: [Drawing], columns: Int, columnWidth: Double, gap: Double, y: Double) -> Drawing {
    var nodes: [Node] = []
    var top = y
    for start in stride(from: 0, to: drawings.count, by: columns) {
      let row = drawings[start..<min(start + columns, drawings.count)]
      for (index, drawing) in row.enumerated() {
        nodes.append(drawing.placed(x: Double(index) * (columnWidth + gap), y: top))
      }
      top += (row.map(\.height).max() ?? 0) + gap
    }
    let count = Double(min(columns, drawings.count))
    return Drawing(
      width: count * columnWidth + max(0, count - 1) * gap, height: max(y, top - gap), nodes: nodes)
  }

  /// A title over what follows, and how much room it took.
  static func title(_ text: String, width: Double) -> (nodes: [Node], height: Double) {
    let lines = TextMetrics.wrapped(text, to: width, size: FigureTheme.Metrics.titleSize, isBold: true)
    let nodes = lines.enumerated().map { index, line in
      SVGText.node(PlacedText(text: line, x: 0, y: 16 + Double(index) * 19, role: .title))
    }
    return (nodes, lines.isEmpty ? 0 : Double(lines.count) * 19 + 6)
  }
}
