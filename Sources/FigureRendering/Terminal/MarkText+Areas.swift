internal import Figures

extension MarkText {
  /// Columns of blocks, an eighth of a cell exact.
  func draw(_ histogram: HistogramMark, color: Int, on canvas: inout TextCanvas, x: Int, y: Int) {
    let blocks: [Character] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]
    for column in 0..<columns {
      let middle = (Double(column) + 0.5) / Double(columns)
      guard let bin = histogram.heights.indices.first(where: { contains(middle, bin: $0, of: histogram) }),
        let top = yScale.position(histogram.heights[bin])
      else { continue }
      let eighths = Int((max(0, min(1, top)) * Double(rows * 8)).rounded())
      for row in 0..<rows {
        let filled = min(8, eighths - (rows - 1 - row) * 8)
        guard filled > 0 else { continue }
        canvas.set(blocks[filled - 1], x: x + column, y: y + row, foreground: TerminalColor.series(color))
      }
    }
  }

  private func contains(_ place: Double, bin: Int, of histogram: HistogramMark) -> Bool {
    guard let start = xScale.position(histogram.edges[bin]), let end = xScale.position(histogram.edges[bin + 1]) else {
      return false
    }
    return start <= place && place < end
  }

  /// Two values a cell, above each other; without colour five levels of shading.
  func draw(_ map: HeatMapMark, on canvas: inout TextCanvas, x: Int, y: Int) {
    let palette = HeatMapColors(map)
    let shades: [Character] = [" ", "░", "▒", "▓", "█"]
    let span = palette.range.upperBound - palette.range.lowerBound
    for row in 0..<rows {
      for column in 0..<columns {
        let along = (Double(column) + 0.5) / Double(columns)
        let upper = value(of: map.grid, x: along, y: 1 - (Double(row) + 0.25) / Double(rows))
        let lower = value(of: map.grid, x: along, y: 1 - (Double(row) + 0.75) / Double(rows))
        guard colors == .none else {
          let ground = lower.flatMap(palette.color).map(TerminalColor.init)
          let top = upper.flatMap(palette.color).map(TerminalColor.init)
          guard ground != nil || top != nil else { continue }
          canvas.set(top == nil ? " " : "▀", x: x + column, y: y + row, foreground: top, background: ground)
          continue
        }
        guard let value = upper ?? lower else { continue }
        let level = Int(max(0, min(4, (value - palette.range.lowerBound) / span * 5)))
        canvas.set(shades[level], x: x + column, y: y + row)
      }
    }
  }

  /// The value of the cell at a place given in fractions of the plot; nil outside of the grid or where it is missing.
  private func value(of grid: GridValues, x: Double, y: Double) -> Double? {
    let px = xScale.low + x * (xScale.high - xScale.low)
    let py = yScale.low + y * (yScale.high - yScale.low)
    guard !xScale.isLogarithmic, !yScale.isLogarithmic, grid.xRange.contains(px), grid.yRange.contains(py),
      grid.rows > 0, grid.columns > 0
    else { return nil }
    let along = (px - grid.xRange.lowerBound) / (grid.xRange.upperBound - grid.xRange.lowerBound)
    let down = (grid.yRange.upperBound - py) / (grid.yRange.upperBound - grid.yRange.lowerBound)
    guard along.isFinite, down.isFinite else { return nil }
    let column = min(grid.columns - 1, Int(along * Double(grid.columns)))
    let row = min(grid.rows - 1, Int(down * Double(grid.rows)))
    let value = grid.values[row * grid.columns + column]
    return PositionScale.isPresent(value, isLogarithmic: false) ? value : nil
  }
}
