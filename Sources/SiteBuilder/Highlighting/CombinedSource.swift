internal import Lessons

/// A lesson's compiled cells as one Swift file, and the way back from the file's positions to the cells'.
struct CombinedSource {
  /// Where in a cell something in the file lies.
  struct Place: Equatable {
    var cell: Int
    /// In UTF-8 bytes from the start of the cell's code.
    var offset: Int
    var length: Int
  }

  private struct Line {
    var cell: Int?
    var offset: Int
    var text: Substring
  }

  private(set) var text = ""
  private var lines: [Line] = []

  /// `module` is imported at the top.
  init(cells: [Cell], module: String) {
    append("import \(module)\n", cell: nil)
    // Each part of an exercise has names of its own.
    var scope: CodeScope?
    for cell in cells where !cell.options.ignore {
      if cell.scope != scope {
        if scope != nil { append("}\n", cell: nil) }
        if cell.scope != nil { append("do {\n", cell: nil) }
        scope = cell.scope
      }
      append(cell.code, cell: cell.index)
    }
    if scope != nil { append("}\n", cell: nil) }
  }

  private mutating func append(_ code: String, cell: Int?) {
    var code = code
    if !code.hasSuffix("\n") { code += "\n" }
    text += code
    var offset = 0
    for line in code.dropLast().split(separator: "\n", omittingEmptySubsequences: false) {
      lines.append(Line(cell: cell, offset: offset, text: line))
      offset += line.utf8.count + 1
    }
  }

  /// The piece of a cell at a 0-based line and a span of UTF-16 units; nil outside the cells or the line.
  func place(line: Int, character: Int, length: Int) -> Place? {
    guard lines.indices.contains(line), let cell = lines[line].cell else { return nil }
    let units = lines[line].text.utf16
    guard
      let start = units.index(units.startIndex, offsetBy: character, limitedBy: units.endIndex),
      let end = units.index(start, offsetBy: length, limitedBy: units.endIndex), start < end
    else { return nil }
    let utf8 = lines[line].text.utf8
    return Place(
      cell: cell, offset: lines[line].offset + utf8.distance(from: utf8.startIndex, to: start),
      length: utf8.distance(from: start, to: end))
  }

  enum Spelling { case name, label, symbols }

  /// How what lies at `place` is written: with symbols, as operators are; with a colon right behind it, as an argument's
  /// label; or else as a name.
  func spelling(_ place: Place, _ cells: [Cell]) -> Spelling {
    let code = cells[place.cell].code.utf8.dropFirst(place.offset)
    guard let first = code.first else { return .name }
    let isLetter = first >= 0x80 || Character(UnicodeScalar(first)).isLetter || first == UInt8(ascii: "_")
    guard isLetter else { return .symbols }
    return code.dropFirst(place.length).first == UInt8(ascii: ":") ? .label : .name
  }
}
