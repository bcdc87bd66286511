/// Dots in Braille characters, two by four a cell, each cell in the colour that it was drawn in last.
struct BrailleGrid {
  let columns: Int
  let rows: Int
  private var bits: [UInt8]
  private var colors: [Int?]

  /// The size in dots.
  var width: Int { columns * 2 }
  var height: Int { rows * 4 }

  init(columns: Int, rows: Int) {
    self.columns = columns
    self.rows = rows
    bits = Array(repeating: 0, count: columns * rows)
    colors = Array(repeating: nil, count: columns * rows)
  }

  mutating func set(x: Int, y: Int, color: Int?) {
    guard (0..<width).contains(x), (0..<height).contains(y) else { return }
    let cell = y / 4 * columns + x / 2
    let masks: [UInt8] = x.isMultiple(of: 2) ? [0x01, 0x02, 0x04, 0x40] : [0x08, 0x10, 0x20, 0x80]
    bits[cell] |= masks[y % 4]
    colors[cell] = color
  }

  /// A straight line between two places given in dots. With `every` above 1, only each so manyeth dot is set.
  mutating func line(
    from start: (x: Double, y: Double), to end: (x: Double, y: Double), color: Int?, every: Int = 1
  ) {
    guard let part = clipped(from: start, to: end) else { return }
    let (dx, dy) = (part.end.x - part.start.x, part.end.y - part.start.y)
    let steps = max(1, Int(max(abs(dx), abs(dy)).rounded(.up)))
    for step in 0...steps where step.isMultiple(of: every) {
      let along = Double(step) / Double(steps)
      set(
        x: Int((part.start.x + dx * along).rounded(.down)), y: Int((part.start.y + dy * along).rounded(.down)),
        color: color)
    }
  }

  /// The part of a line inside of the grid, after Liang and Barsky; lines may reach very far.
  private func clipped(
    from start: (x: Double, y: Double), to end: (x: Double, y: Double)
  ) -> (start: (x: Double, y: Double), end: (x: Double, y: Double))? {
    let (dx, dy) = (end.x - start.x, end.y - start.y)
    var (first, last) = (0.0, 1.0)
    let limits = [
      (-dx, start.x), (dx, Double(width) - 0.01 - start.x), (-dy, start.y), (dy, Double(height) - 0.01 - start.y),
    ]
    for (change, room) in limits {
      if change == 0 {
        if room < 0 { return nil }
      } else if change < 0 {
        first = max(first, room / change)
      } else {
        last = min(last, room / change)
      }
    }
    guard first <= last else { return nil }
    return ((start.x + dx * first, start.y + dy * first), (start.x + dx * last, start.y + dy * last))
  }

  /// Draws the cells that have dots.
  func draw(on canvas: inout TextCanvas, x: Int, y: Int) {
    for (index, value) in bits.enumerated() where value != 0 {
      guard let scalar = Unicode.Scalar(0x2800 + UInt32(value)) else { continue }
      canvas.set(
        Character(scalar), x: x + index % columns, y: y + index / columns,
        foreground: colors[index].map(TerminalColor.series))
    }
  }
}
