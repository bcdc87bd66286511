/// Makes a cell of a fenced `swift` block: splits the options from the code and lays both over the file.
struct CellReader {
  let lines: SourceLines
  let mistakes: MistakeList

  enum Language {
    case swift
    case other(String?)
  }

  /// What the info string says. It stays plain `swift` for a cell, so that every Markdown viewer colours it.
  func language(_ code: MarkdownCode, at place: MarkdownPlace) -> Language {
    let words = code.info.split(whereSeparator: \.isWhitespace)
    guard code.isFenced, let first = words.first else { return .other(nil) }
    let bare = first.lowercased().filter { !"{}.".contains($0) }
    guard bare == "swift" || bare.hasPrefix("swift,") else { return .other(String(first)) }
    if first == "swift", words.count == 1 { return .swift }
    let start = SourcePosition(line: place.startLine, column: place.startColumn)
    mistakes.add(
      "malformed-cell", "a Swift cell begins with the plain word 'swift'",
      at: SourceRange(start: start, end: lines.end(of: place.startLine)),
      remedy: "write '\(fence(code))swift' and give options as '//| name: value' on the lines below")
    return .swift
  }

  func fence(_ code: MarkdownCode) -> String {
    String(repeating: Character(UnicodeScalar(code.fenceCharacter)), count: code.fenceLength)
  }

  /// The cell, and where its label is given; nil where it cannot be made.
  func cell(
    _ code: MarkdownCode, at place: MarkdownPlace, index: Int, scope: CodeScope? = nil
  ) -> (cell: Cell, label: SourceRange?)? {
    let closing = lines.closingFence(of: code, at: place)
    let range = lines.range(place, through: closing ?? place.startLine)
    let parts = code.literal.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
    let (laid, failed) = lines.laid(Array(parts), from: place.startLine + 1)
    if let failed {
      mistakes.add(
        "tab-in-indentation", "this tab is half indentation and half code, so columns cannot be told",
        at: SourceRange(start: SourcePosition(line: failed, column: 1), end: lines.end(of: failed)),
        remedy: "indent the cells of a list or a quote with spaces")
      return nil
    }
    let optionCount = laid.prefix { $0.text.hasPrefix("//|") }.count
    let yaml = MappedText(lines: laid.prefix(optionCount).map(Self.withoutMarker))
    let (options, label) = CellOptions.parse(yaml, cell: range, mistakes: mistakes)
    let codeLines = laid.dropFirst(optionCount)
    reportLateOptions(codeLines)
    let start =
      codeLines.first?.start ?? SourcePosition(line: place.startLine + 1 + optionCount, column: place.startColumn)
    let cell = Cell(
      index: index, options: options, code: codeLines.map { $0.text + "\n" }.joined(), codeStart: start, range: range,
      indentation: start.column - 1, codeColumns: codeLines.map(\.start.column), scope: scope)
    return (cell, label)
  }

  private static func withoutMarker(
    _ line: (text: Substring, start: SourcePosition)
  ) -> (text: Substring, start: SourcePosition) {
    // One space or tab belongs to the marker; more is YAML's own indentation.
    let length = line.text.hasPrefix("//| ") || line.text.hasPrefix("//|\t") ? 4 : 3
    return (
      line.text.dropFirst(length), SourcePosition(line: line.start.line, column: line.start.column + length)
    )
  }

  private func reportLateOptions(_ code: ArraySlice<(text: Substring, start: SourcePosition)>) {
    for line in code where line.text.hasPrefix("//|") {
      mistakes.add(
        "late-option", "options stand before the code",
        at: SourceRange(start: line.start, end: lines.end(of: line.start.line)),
        remedy: "move this line to the top of the cell")
    }
  }
}
