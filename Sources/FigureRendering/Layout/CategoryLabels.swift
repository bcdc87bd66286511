/// The names under an axis of categories: in one line, wrapped, slanted, or thinned, whichever fits first.
struct CategoryLabels {
  private(set) var texts: [PlacedText] = []
  private(set) var height = 0.0

  private static let size = FigureTheme.Metrics.textSize
  private static let lineHeight = FigureTheme.Metrics.lineHeight
  /// How far to the lower left a name may always reach.
  private static let leastReach = 40.0
  private static let greatestReach = 110.0

  /// `positions` are the names' centres in units of the figure, `spacing` the distance between neighbours, and `room`
  /// how far the first one may reach to the lower left if it is slanted; each later one has a spacing more.
  init(_ names: [String], positions: [Double], spacing: Double, room: Double, y: Double, padding: Double = 8) {
    let baseline = y + Self.size
    if let lines = Self.upright(names, to: spacing - padding) {
      for (position, lines) in zip(positions, lines) {
        for (row, line) in lines.enumerated() {
          texts.append(
            PlacedText(
              text: line, x: position, y: baseline + Double(row) * (Self.lineHeight - 2), anchor: .middle, role: .muted)
          )
        }
      }
      height = Double(lines.map(\.count).max() ?? 0) * (Self.lineHeight - 2) + 2
      return
    }
    var widest = 0.0
    for (index, position) in positions.enumerated() where index.isMultiple(of: Self.every(spacing)) {
      let reach = min(room + Double(index) * spacing, Self.greatestReach)
      let name = TextMetrics.truncated(names[index], to: (reach - Self.size / 4) * 1.4, size: Self.size)
      widest = max(widest, TextMetrics.width(name, size: Self.size))
      texts.append(
        PlacedText(text: name, x: position + 4, y: baseline, anchor: .end, role: .muted, isSlanted: true))
    }
    height = widest * 0.71 + Self.lineHeight
  }

  /// How far slanted names need to reach to the left of the first category's centre.
  static func reach(_ names: [String], spacing: Double, padding: Double = 8) -> Double {
    guard upright(names, to: spacing - padding) == nil else { return 0 }
    return names.indices.filter { $0.isMultiple(of: every(spacing)) }.map { index in
      // Its letters reach to the left of its baseline's beginning, by less than it ends to the right of the centre.
      min(TextMetrics.width(names[index], size: size) / 1.4 + size / 4, leastReach) - Double(index) * spacing
    }.max() ?? 0
  }

  /// The names in lines; nil where they have to be slanted.
  private static func upright(_ names: [String], to width: Double) -> [[String]]? {
    let lines = names.map { TextMetrics.wrapped($0, to: width, size: size) }
    let isWide = lines.joined().contains { TextMetrics.width($0, size: size) > width }
    return !isWide && lines.allSatisfy { $0.count <= 3 } ? lines : nil
  }

  /// Slanted lines of text need their height times the square root of 2 along the axis: one name of so many is shown.
  private static func every(_ spacing: Double) -> Int { max(1, Int((size * 1.5 / max(spacing, 0.01)).rounded(.up))) }
}
