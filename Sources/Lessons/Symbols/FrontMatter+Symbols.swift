extension FrontMatter {
  private static let symbolKeys = ["symbol", "meaning", "code"]

  /// The symbols that the front matter defines:
  ///
  ///     symbols:
  ///       - symbol: \hat{x}
  ///         meaning: the picture rebuilt from $x$
  ///         code: rebuilt
  static func symbols(_ reader: OptionReader, mistakes: MistakeList) -> [LessonSymbol] {
    reader.records("symbols", knownKeys: symbolKeys, noun: "symbol key").compactMap { record in
      for key in ["symbol", "meaning"] where record.reader.isMissing(key) {
        mistakes.add(
          "missing-key", "this symbol has no '\(key)'", at: record.range,
          remedy: "add a line '\(key): …' to it")
      }
      let names = record.reader.stringOrStrings("code") ?? []
      guard let tex = record.reader.nonEmptyString("symbol"), let range = record.reader.valueRange("symbol"),
        let meaning = record.reader.nonEmptyString("meaning"),
        let meaningRange = record.reader.valueRange("meaning")
      else { return nil }
      if tex.contains("$") {
        mistakes.add(
          "malformed-symbol", "a symbol is written without dollars", at: range,
          remedy: "write '\(tex.filter { $0 != "$" })'")
        return nil
      }
      let pieces = pieces(of: meaning)
      return LessonSymbol(
        tex: tex, meaning: pieces.map(\.inline), names: names, range: range,
        meaningFormulas: formulas(pieces, of: meaning, at: meaningRange))
    }
  }

  /// A part of a text, and the bytes of what it says, without dollars or backticks.
  private typealias Piece = (inline: Inline, bytes: Range<Int>)

  /// Text with formulas in dollars and code in backticks.
  private static func pieces(of text: String) -> [Piece] {
    var result: [Piece] = []
    func append(_ part: Substring, _ inline: (String) -> Inline) {
      let first = text.utf8.distance(from: text.startIndex, to: part.startIndex)
      result.append((inline(String(part)), first..<first + part.utf8.count))
    }
    var rest = Substring(text)
    while let start = rest.firstIndex(where: { $0 == "$" || $0 == "`" }) {
      let inner = rest[rest.index(after: start)...]
      guard let end = inner.firstIndex(of: rest[start]), end > inner.startIndex else { break }
      if start > rest.startIndex { append(rest[..<start]) { .text($0) } }
      if rest[start] == "$" { append(inner[..<end]) { .math($0) } } else { append(inner[..<end]) { .code($0) } }
      rest = rest[rest.index(after: end)...]
    }
    if !rest.isEmpty { append(rest) { .text($0) } }
    return result
  }

  /// The formulas where they stand, or where the whole text does when YAML's quotes or line ends are in between.
  private static func formulas(_ pieces: [Piece], of text: String, at range: SourceRange) -> [Formula] {
    let isPlain = range.start.line == range.end.line && range.end.column - range.start.column == text.utf8.count
    return pieces.compactMap { piece in
      guard case .math(let tex) = piece.inline else { return nil }
      func position(_ offset: Int) -> SourcePosition {
        SourcePosition(line: range.start.line, column: range.start.column + offset)
      }
      let place =
        isPlain ? SourceRange(start: position(piece.bytes.lowerBound), end: position(piece.bytes.upperBound)) : range
      return Formula(tex: tex, isDisplay: false, range: place)
    }
  }
}
