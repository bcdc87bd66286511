/// `$$…$$` on lines of its own, with `{#eq-label}` behind it where it is numbered.
struct DisplayFormula {
  var tex: String
  var texRange: SourceRange
  var label: String?
  var labelRange: SourceRange?
  var range: SourceRange

  /// Reads what stands from the opening `$$` to the end of the closing line; nil where it is malformed.
  static func read(
    _ literal: String, at place: MarkdownPlace, lines: SourceLines, mistakes: MistakeList
  ) -> DisplayFormula? {
    var parts = literal.split(separator: "\n", omittingEmptySubsequences: false)
    while parts.last?.allSatisfy(\.isWhitespace) ?? false { parts.removeLast() }
    // A tab before the formula may have become spaces; TeX does not care, but places do.
    let (laid, _) = lines.laid(parts, from: place.startLine)
    let mapped = laid.count == parts.count ? MappedText(lines: laid) : MappedText(lines: trimmed(parts, place, lines))
    let bytes = mapped.bytes
    guard let open = bytes.indices.first(where: { bytes[$0...].starts(with: "$$".utf8) }),
      let close = bytes.withUnsafeBufferPointer({ LiftedSyntax.displayEnd(in: $0, from: open + 2) })
    else {
      mistakes.add(
        "unclosed-formula", "this formula never ends", at: mapped.range(0..<min(2, bytes.count)),
        remedy: "end it with '$$'; a formula holds no blank line, and in a list or a quote each line continues it")
      return nil
    }
    let tex = trimmed(open + 2..<close - 2, bytes)
    if tex.isEmpty {
      mistakes.add("empty-formula", "this formula is empty", at: mapped.range(open..<close), remedy: "remove it")
      return nil
    }
    var result = DisplayFormula(
      tex: String(decoding: bytes[tex], as: UTF8.self), texRange: mapped.range(tex),
      range: mapped.range(open..<bytes.count))
    result.readLabel(trimmed(close..<bytes.count, bytes), mapped, mistakes)
    return result
  }

  private mutating func readLabel(_ rest: Range<Int>, _ mapped: MappedText, _ mistakes: MistakeList) {
    guard !rest.isEmpty else { return }
    let text = String(decoding: mapped.bytes[rest], as: UTF8.self)
    guard text.hasPrefix("{#"), text.hasSuffix("}") else {
      mistakes.add(
        "text-behind-formula", "only a label may stand behind a displayed formula", at: mapped.range(rest),
        remedy: "begin a new line for the text, or write '{#eq-name}' for a label")
      return
    }
    let inner = rest.lowerBound + 2..<rest.upperBound - 1
    let name = String(text.dropFirst(2).dropLast())
    guard name.hasPrefix("eq-"), name.utf8.count > 3, CellOptions.isWellFormed(label: name) else {
      mistakes.add(
        "malformed-label", "'\(name)' is not an equation's label", at: mapped.range(inner),
        remedy: "begin with 'eq-' and go on with lower-case letters, digits and hyphens")
      return
    }
    label = name
    labelRange = mapped.range(inner)
  }

  private static func trimmed(_ range: Range<Int>, _ bytes: [UInt8]) -> Range<Int> {
    var (low, high) = (range.lowerBound, range.upperBound)
    while high > low, bytes[high - 1] <= UInt8(ascii: " ") { high -= 1 }
    while low < high, bytes[low] <= UInt8(ascii: " ") { low += 1 }
    return low..<high
  }

  /// Lines without their leading spaces, which always end the file's line.
  private static func trimmed(
    _ parts: [Substring], _ place: MarkdownPlace, _ lines: SourceLines
  ) -> [(text: Substring, start: SourcePosition)] {
    parts.enumerated().map { index, part in
      let text = part.drop { $0 == " " || $0 == "\t" }
      let line = lines.bytes(place.startLine + index)
      return (
        text, SourcePosition(line: place.startLine + index, column: max(0, line.count - text.utf8.count) + 1)
      )
    }
  }
}
