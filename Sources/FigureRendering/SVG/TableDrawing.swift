internal import Figures
internal import Markup

/// A table: as HTML on a page, where it can be read aloud and copied, and as SVG on its own.
struct TableDrawing {
  private let table: Table
  private let width: Double

  private static let textSize = FigureTheme.Metrics.textSize

  init(_ table: Table, width: Double) {
    self.table = table
    self.width = width
  }

  static func text(_ value: Table.Value) -> String {
    switch value {
    case .text(let text): UnbrokenText.of(text)
    case .quantity(let number, let decimals):
      number.isFinite ? DecimalText.typographic(DecimalText.fixed(number, decimals: decimals)) : "\u{2013}"
    }
  }

  /// A column whose values are all numbers is set flush right, so that the decimals stand under each other.
  static func isNumeric(_ column: Int, of table: Table) -> Bool {
    !table.rows.isEmpty
      && table.rows.allSatisfy { if case .quantity = $0[column] { true } else { false } }
  }

  var html: Node {
    func cells(_ name: String, _ texts: [String], _ scope: String?) -> [Node] {
      texts.enumerated().map { column, text in
        let isNumeric = Self.isNumeric(column, of: table)
        // A corner without words is no header of anything.
        let isHeader = scope != nil && !text.isEmpty
        return .element(
          isHeader ? name : "td", [("scope", isHeader ? scope : nil), ("class", isNumeric ? "fig-number" : nil)],
          [.text(text)])
      }
    }
    let head = Node.element("thead", [], [.element("tr", [], cells("th", table.columns, "col"))])
    let body = table.rows.map { Node.element("tr", [], cells("td", $0.map(Self.text), nil)) }
    let caption = table.title.isEmpty ? [] : [Node.element("caption", [], [.text(table.title)])]
    return .element("table", [("class", "fig-table")], caption + [head, .element("tbody", [], body)])
  }

  var drawing: Drawing {
    let title = Drawing.title(table.title, width: width)
    var nodes = title.nodes
    let columns = table.columns.indices.map { column in
      [table.columns[column]] + table.rows.map { Self.text($0[column]) }
    }
    let natural = columns.map { $0.map(PlotLayout.width).max() ?? 0 }
    let gap = 24.0
    let total = natural.reduce(0, +) + gap * Double(max(0, natural.count - 1))
    let shrink = min(1, width / max(total, 1))
    var x = 0.0
    let rowHeight = 22.0
    for (column, texts) in columns.enumerated() {
      let columnWidth = natural[column] * shrink
      let isNumeric = Self.isNumeric(column, of: table)
      for (row, text) in texts.enumerated() {
        nodes.append(
          SVGText.node(
            PlacedText(
              text: TextMetrics.truncated(text, to: columnWidth + 1, size: Self.textSize),
              x: isNumeric ? x + columnWidth : x, y: title.height + Double(row) * rowHeight + 15,
              anchor: isNumeric ? .end : .start, role: row == 0 ? .muted : .plain)))
      }
      x += columnWidth + gap * shrink
    }
    let end = max(1, x - gap * shrink)
    var lines = PathData()
    for row in 1...table.rows.count + 1 {
      let y = title.height + Double(row) * rowHeight - 0.5
      lines.move(0, y)
      lines.line(end, y)
    }
    nodes += MarkPainter.path(lines, "fig-grid")
    return Drawing(width: end, height: title.height + Double(table.rows.count + 1) * rowHeight + 1, nodes: nodes)
  }
}
