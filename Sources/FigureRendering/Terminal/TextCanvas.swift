/// A grid of characters with colours that grows downwards as it is written to.
struct TextCanvas {
  enum Weight { case normal, bold, faint }

  struct Cell: Equatable {
    /// Nil right of a character that is two cells wide.
    var character: Character? = " "
    var foreground: TerminalColor?
    var background: TerminalColor?
    var weight = Weight.normal
  }

  let width: Int
  private(set) var rows: [[Cell]] = []

  var height: Int { rows.count }

  init(width: Int) { self.width = max(1, width) }

  mutating func set(
    _ character: Character, x: Int, y: Int, foreground: TerminalColor? = nil, background: TerminalColor? = nil,
    weight: Weight = .normal
  ) {
    guard (0..<width).contains(x), y >= 0 else { return }
    grow(to: y + 1)
    rows[y][x] = Cell(character: character, foreground: foreground, background: background, weight: weight)
  }

  /// A text from a column to the right; what has no room is cut off. Control characters, which could steer the
  /// terminal, are written as question marks.
  mutating func write(
    _ text: String, x: Int, y: Int, foreground: TerminalColor? = nil, weight: Weight = .normal
  ) {
    var column = x
    for character in text {
      let isControl = character.unicodeScalars.contains { $0.value < 32 || (127..<160).contains($0.value) }
      let cells = isControl ? 1 : Self.cells(of: character)
      guard column + cells <= width else { return }
      set(isControl ? "?" : character, x: column, y: y, foreground: foreground, weight: weight)
      if cells == 2, (0..<width).contains(column + 1), y >= 0 { rows[y][column + 1].character = nil }
      column += cells
    }
  }

  mutating func grow(to height: Int) {
    while rows.count < height { rows.append([Cell](repeating: Cell(), count: width)) }
  }

  /// Another canvas on top of this one.
  mutating func draw(_ other: TextCanvas, x: Int, y: Int) {
    grow(to: y + other.height)
    for (row, cells) in other.rows.enumerated() {
      for (column, cell) in cells.enumerated() where x + column < width { rows[y + row][x + column] = cell }
    }
  }

  static func width(_ text: String) -> Int { text.reduce(0) { $0 + cells(of: $1) } }

  /// As much of a text as fits, with an ellipsis where something is missing.
  static func truncated(_ text: String, to width: Int) -> String {
    guard self.width(text) > width else { return text }
    var kept = text
    while !kept.isEmpty, self.width(kept) > width - 1 { kept.removeLast() }
    return kept + "…"
  }

  private static func cells(of character: Character) -> Int {
    switch character.unicodeScalars.first?.value ?? 0 {
    case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFF00...0xFF60, 0x1F000...: 2
    default: 1
    }
  }

  /// The canvas as lines, each ended by a line feed and without spaces at its end; styles never reach past a line.
  func text(colors: TerminalColors) -> String {
    var output = ""
    for row in rows {
      let used = row.lastIndex { $0.background != nil || ($0.character != " " && $0.character != nil) }
      var style = ""
      for cell in row.prefix((used ?? -1) + 1) {
        guard let character = cell.character else { continue }
        let next = Self.style(of: cell, colors: colors)
        if next != style {
          output += next.isEmpty ? "\u{1B}[0m" : "\u{1B}[0;\(next)m"
          style = next
        }
        output.append(character)
      }
      output += style.isEmpty ? "\n" : "\u{1B}[0m\n"
    }
    return output
  }

  /// Without colours there are no styles at all: such text goes to files and pipes.
  private static func style(of cell: Cell, colors: TerminalColors) -> String {
    guard colors != .none else { return "" }
    let weight =
      switch cell.weight {
      case .normal: [String]()
      case .bold: ["1"]
      case .faint: ["2"]
      }
    let foreground = cell.foreground.map { [$0.parameters(isBackground: false, colors: colors)] } ?? []
    let background = cell.background.map { [$0.parameters(isBackground: true, colors: colors)] } ?? []
    return (weight + foreground + background).joined(separator: ";")
  }
}
