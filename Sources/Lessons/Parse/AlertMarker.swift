/// GitHub's alerts: a quote whose first line is `[!NOTE]` or one of its four sisters. cmark does not know them.
enum AlertMarker {
  private static let kinds = ["NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION"]

  /// Takes the marker's line off a quote's content and returns its kind; nil where the quote is just a quote.
  static func take(from content: inout [MarkdownBlock], lines: SourceLines, mistakes: MistakeList) -> Block.AlertKind? {
    guard let first = content.first, case .paragraph(var text) = first.kind, let start = text.inlines.first,
      case .text(let line) = start.kind, line.hasPrefix("[!"), let end = line.firstIndex(of: "]")
    else { return nil }
    let marker = line[...end]
    let name = String(marker.dropFirst(2).dropLast())
    if !isAlone(marker, on: line, before: text.inlines.dropFirst().first) {
      guard kinds.contains(name.uppercased()) else { return nil }
      let map = TextMap(text, lines: lines.lines, isTableCell: false)
      mistakes.add(
        "malformed-alert", "a call-out's mark stands alone on its line", at: map.mapped.range(0..<marker.utf8.count),
        remedy: "begin the text on the next line, after '>'")
      return nil
    }
    guard !name.isEmpty, name.allSatisfy({ $0.isLetter && $0.isASCII }) else { return nil }
    guard let kind = Block.AlertKind(rawValue: name.lowercased()) else {
      let map = TextMap(text, lines: lines.lines, isTableCell: false)
      mistakes.add(
        "unknown-alert", "there is no call-out '\(name)'", at: map.mapped.range(0..<marker.utf8.count),
        remedy: NearestName.of(name, among: kinds).map { "did you mean '[!\($0)]'?" }
          ?? "known: \(kinds.map { "[!\($0)]" }.joined(separator: ", "))")
      return nil
    }
    if text.inlines.count > 1 {
      // The text stays whole, so that places in it stay right; only its first two inlines go.
      text.inlines.removeFirst(2)
      text.hiddenPrefix = (text.content.firstIndex(of: UInt8(ascii: "\n")) ?? -1) + 1
      content[0].kind = .paragraph(text)
    } else {
      content.removeFirst()
    }
    return kind
  }

  private static func isAlone(_ marker: Substring, on line: String, before next: MarkdownInline?) -> Bool {
    guard marker.endIndex == line.endIndex else { return false }
    if case .softBreak? = next?.kind { return true }
    return next == nil
  }
}
