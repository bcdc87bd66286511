internal import Figures

extension MarkText {
  /// Texts over the data: the names of rules, the values of a heat map's cells where they fit, and that there are none.
  func writeNotes(on canvas: inout TextCanvas, x: Int, y: Int) {
    let extent = PlotExtent(plot)
    if extent.x == nil || extent.y == nil {
      canvas.write("no data", x: x + max(0, columns - 7) / 2, y: y + rows / 2)
    }
    for mark in plot.marks {
      switch mark {
      case .rule(let rule): write(rule, on: &canvas, x: x, y: y)
      case .heatMap(let map): if map.showsValues { writeValues(of: map, on: &canvas, x: x, y: y) }
      case .line, .points, .bars, .band, .histogram, .arrows, .contour: break
      }
    }
  }

  private func write(_ rule: RuleMark, on canvas: inout TextCanvas, x: Int, y: Int) {
    let name = TextCanvas.truncated(rule.name, to: columns / 2)
    guard !name.isEmpty else { return }
    switch rule.direction {
    case .horizontal:
      guard yScale.contains(rule.value), let position = yScale.position(rule.value) else { return }
      let row = min(rows - 1, max(0, Int((1 - position) * Double(rows))))
      canvas.write(name, x: x + columns - TextCanvas.width(name), y: y + (row == 0 ? 1 : row - 1))
    case .vertical:
      guard xScale.contains(rule.value), let position = xScale.position(rule.value) else { return }
      let column = min(columns - 1, max(0, Int(position * Double(columns))))
      let fits = column + 2 + TextCanvas.width(name) <= columns
      canvas.write(name, x: x + (fits ? column + 2 : max(0, column - 1 - TextCanvas.width(name))), y: y)
    }
  }

  private func writeValues(of map: HeatMapMark, on canvas: inout TextCanvas, x: Int, y: Int) {
    let grid = map.grid
    guard grid.values.count <= 400 else { return }
    let cells = (width: columns / max(1, grid.columns), height: rows / max(1, grid.rows))
    let labels = grid.values.map { DecimalText.short($0) }
    guard cells.height >= 1, labels.allSatisfy({ TextCanvas.width($0) + 2 <= cells.width }) else { return }
    for (index, label) in labels.enumerated() {
      let column = (Double(index % grid.columns) + 0.5) * Double(columns) / Double(grid.columns)
      let row = (Double(index / grid.columns) + 0.5) * Double(rows) / Double(grid.rows)
      let padded = " \(label) "
      canvas.write(padded, x: x + Int(column) - TextCanvas.width(padded) / 2, y: y + min(rows - 1, Int(row)))
    }
  }
}
