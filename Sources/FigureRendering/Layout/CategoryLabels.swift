/// The names under an axis of categories: in one line, wrapped, slanted, or thinned, whichever fits first.
struct CategoryLabels {
  private(set) var texts: [PlacedText] = []
  private(set) var height = 0.0

  /// `positions` are the names' centres in units of the figure, `spacing` the distance between neighbours, and `room`
  /// how far the first one may reach to the lower left if it is slanted; each later one has a spacing more.
  init(
    _ names: [String], positions: [Double], spacing: Double, room: Double, y: Double, padding: Double = 8
  ) {
    let size = FigureTheme.Metrics.textSize
    let lineHeight = FigureTheme.Metrics.lineHeight
    let baseline = y + size
    let lines = names.map { TextMetrics.wrapped($0, to: spacing - padding, size: size) }
    let isWide = lines.joined().contains { TextMetrics.width($0, size: size) > spacing - padding }
    if !isWide, lines.allSatisfy({ $0.count <= 3 }) {
      for (position, lines) in zip(positions, lines) {
        for (row, line) in lines.enumerated() {
          texts.append(
            PlacedText(
              text: line, x: position, y: baseline + Double(row) * (lineHeight - 2), anchor: .middle, role: .muted))
        }
      }
      height = Double(lines.map(\.count).max() ?? 0) * (lineHeight - 2) + 2
      return
    }
    // Slanted lines of text need their height times the square root of 2 along the axis.
    let every = max(1, Int((size * 1.5 / max(spacing, 0.01)).rounded(.up)))
    var widest = 0.0
    for (index, position) in positions.enumerated() where index.isMultiple(of: every) {
      let longest = min(room + Double(index) * spacing, 110) * 1.4
      let name = TextMetrics.truncated(names[index], to: longest, size: size)
      widest = max(widest, TextMetrics.width(name, size: size))
      texts.append(
        PlacedText(text: name, x: position + 4, y: baseline, anchor: .end, role: .muted, isSlanted: true))
    }
    height = widest * 0.71 + lineHeight
  }
}
