/// One line of an excerpt as a terminal shows it, with the place to mark in columns of the terminal.
struct ExcerptLine {
  let text: String
  /// Columns before the mark, and of it; at least one.
  let markStart: Int
  let markWidth: Int

  private struct Cell {
    var text: String
    var width: Int
    var bytes: Range<Int>
  }

  /// `marking` counts bytes of `line` from zero.
  init(_ line: String, marking: Range<Int>, width limit: Int) {
    let (part, offset) = Self.nearby(line, marking)
    let cells = Self.cells(part, from: offset)
    let marked = cells.indices.filter {
      cells[$0].bytes.overlaps(marking) || cells[$0].bytes.contains(marking.lowerBound)
    }
    let first = marked.first ?? cells.count
    let last = max(first, (marked.last ?? first - 1) + 1)
    let window = Self.window(cells.map(\.width), around: first, limit: limit)
    var text = ""
    if offset > 0 || window.lowerBound > 0 { text += "..." }
    let markEnd = min(last, window.upperBound)
    markStart =
      text.count
      + cells[window.lowerBound..<min(max(first, window.lowerBound), window.upperBound)].reduce(0) { $0 + $1.width }
    markWidth = max(1, first < markEnd ? cells[first..<markEnd].reduce(0) { $0 + $1.width } : 1)
    text += cells[window].map(\.text).joined()
    if window.upperBound < cells.count || offset + part.utf8.count < line.utf8.count { text += "..." }
    var end = text[...]
    while end.last == " " { end.removeLast() }
    self.text = String(end)
  }

  static func indentation(of line: String) -> Int {
    line.utf8.prefix { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }.count
  }

  static func isControl(_ character: Character) -> Bool {
    character.unicodeScalars.contains { $0.value < 0x20 || (0x7F..<0xA0).contains($0.value) }
  }

  /// The bytes around the mark, and how many are before them: of a line that is longer than any terminal, the rest need
  /// not be looked at.
  private static func nearby(_ line: String, _ marking: Range<Int>) -> (part: Substring, offset: Int) {
    let reach = 1_024
    let utf8 = line.utf8
    guard utf8.count > 2 * reach else { return (line[...], 0) }
    var low = utf8.index(utf8.startIndex, offsetBy: min(max(0, marking.lowerBound - reach), utf8.count))
    while low < utf8.endIndex, utf8[low] & 0xC0 == 0x80 { utf8.formIndex(after: &low) }
    var high = utf8.index(low, offsetBy: 2 * reach, limitedBy: utf8.endIndex) ?? utf8.endIndex
    while high < utf8.endIndex, utf8[high] & 0xC0 == 0x80 { utf8.formIndex(after: &high) }
    return (line[low..<high], utf8.distance(from: utf8.startIndex, to: low))
  }

  private static func cells(_ line: Substring, from offset: Int) -> [Cell] {
    var cells: [Cell] = []
    var (byte, column) = (offset, 0)
    for character in line {
      let next = byte + character.utf8.count
      var cell = Cell(text: String(character), width: DisplayWidth.of(character), bytes: byte..<next)
      if character == "\t" {
        cell.width = DisplayWidth.tabStop - column % DisplayWidth.tabStop
        cell.text = String(repeating: " ", count: cell.width)
      } else if isControl(character) {
        cell.text = "\u{FFFD}"
        cell.width = 1
      }
      cells.append(cell)
      byte = next
      column += cell.width
    }
    return cells
  }

  /// The cells to show: all where they fit, else as many as fit with a quarter of them before `first`.
  private static func window(_ widths: [Int], around first: Int, limit: Int) -> Range<Int> {
    if widths.reduce(0, +) <= limit { return 0..<widths.count }
    let room = limit - 6
    var low = min(first, widths.count)
    var used = 0
    while low > 0, used + widths[low - 1] <= room / 4 {
      low -= 1
      used += widths[low]
    }
    // What is left of the line's start may be shorter than the dots that would stand for it.
    if widths[..<low].reduce(0, +) <= 3 { low = 0 }
    var high = low
    used = 0
    while high < widths.count, used + widths[high] <= room {
      used += widths[high]
      high += 1
    }
    // At the line's end there is room left for what stands before.
    while low > 0, used + widths[low - 1] <= room {
      low -= 1
      used += widths[low]
    }
    return low..<high
  }
}
