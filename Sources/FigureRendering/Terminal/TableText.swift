internal import Figures

/// A table as text, numbers flush right.
struct TableText {
  private let table: Table
  private let width: Int

  init(_ table: Table, width: Int) {
    self.table = table
    self.width = width
  }

  var canvas: TextCanvas {
    var canvas = TextCanvas(width: width)
    if !table.title.isEmpty { canvas.write(TextCanvas.truncated(table.title, to: width), x: 0, y: 0, weight: .bold) }
    let columns = table.columns.indices.map { column in
      [table.columns[column]] + table.rows.map { TableDrawing.text($0[column]) }
    }
    let widths = columns.map { $0.map(TextCanvas.width).max() ?? 0 }
    let top = canvas.height
    var x = 0
    for (column, texts) in columns.enumerated() {
      for (row, text) in texts.enumerated() {
        let shift = TableDrawing.isNumeric(column, of: table) ? widths[column] - TextCanvas.width(text) : 0
        let y = top + (row == 0 ? 0 : row + 1)
        let kept = TextCanvas.truncated(text, to: max(0, width - x - shift))
        canvas.write(kept, x: x + shift, y: y, weight: row == 0 ? .bold : .normal)
      }
      x += widths[column] + 2
    }
    for column in 0..<max(0, min(width, x - 2)) { canvas.set("─", x: column, y: top + 1, weight: .faint) }
    return canvas
  }
}
