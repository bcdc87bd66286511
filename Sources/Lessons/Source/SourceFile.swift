/// A lesson's text and the path it is known by.
package struct SourceFile: Sendable {
  /// The path as people see it, such as `lessons/02-autoencoder.md`.
  package let path: String
  package let text: String
  /// The lines without their line ends.
  package let lines: [String]

  package init(path: String, text: String) {
    self.path = path
    self.text = text
    lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      String(line.last == "\r" ? line.dropLast() : line)
    }
  }

  /// The place of `range`, with the lines that it touches.
  package func location(_ range: SourceRange) -> Diagnostic.Location {
    let first = max(1, range.start.line)
    let last = min(lines.count, max(first, range.end.column == 1 ? range.end.line - 1 : range.end.line))
    let excerpt = first <= last ? Array(lines[(first - 1)...(last - 1)]) : []
    return Diagnostic.Location(path: path, range: range, excerpt: excerpt)
  }
}
