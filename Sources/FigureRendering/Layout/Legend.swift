/// The names of a plot's series with samples of their colours, in rows or in one column, outside of the plot's area.
struct Legend {
  static let keyWidth = 18.0
  private static let keyGap = 6.0
  private static let entryGap = 18.0
  static let rowHeight = 18.0

  private(set) var keys: [PlacedKey] = []
  private(set) var texts: [PlacedText] = []
  private(set) var size = (width: 0.0, height: 0.0)

  /// Rows, each filled as far as it goes.
  init(rowsOf entries: [PlotSeries.Entry], x: Double, y: Double, width: Double) {
    var cursor = (x: 0.0, row: 0.0)
    for entry in entries {
      let name = Self.name(of: entry, width: width)
      let needed = Self.keyWidth + Self.keyGap + TextMetrics.width(name, size: FigureTheme.Metrics.textSize)
      if cursor.x > 0, cursor.x + needed > width { cursor = (0, cursor.row + 1) }
      place(entry, name: name, x: x + cursor.x, y: y + cursor.row * Self.rowHeight)
      cursor.x += needed
      size.width = max(size.width, cursor.x)
      cursor.x += Self.entryGap
    }
    size.height = entries.isEmpty ? 0 : (cursor.row + 1) * Self.rowHeight
  }

  init(columnOf entries: [PlotSeries.Entry], x: Double, y: Double, width: Double) {
    for (index, entry) in entries.enumerated() {
      place(entry, name: Self.name(of: entry, width: width), x: x, y: y + Double(index) * Self.rowHeight)
    }
    size = (Self.columnWidth(of: entries, limit: width), Double(entries.count) * Self.rowHeight)
  }

  static func columnWidth(of entries: [PlotSeries.Entry], limit: Double) -> Double {
    let names = entries.map { TextMetrics.width($0.name, size: FigureTheme.Metrics.textSize) }
    return min(limit, (names.max() ?? 0) + keyWidth + keyGap)
  }

  private mutating func place(_ entry: PlotSeries.Entry, name: String, x: Double, y: Double) {
    keys.append(PlacedKey(entry: entry, x: x, y: y + Self.rowHeight / 2))
    texts.append(PlacedText(text: name, x: x + Self.keyWidth + Self.keyGap, y: y + 13))
  }

  private static func name(of entry: PlotSeries.Entry, width: Double) -> String {
    TextMetrics.truncated(entry.name, to: width - keyWidth - keyGap, size: FigureTheme.Metrics.textSize)
  }
}
