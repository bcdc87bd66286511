/// A lesson's text and the path it is known by.
package struct SourceFile: Sendable {
  /// The path as people see it, such as `lessons/02-autoencoder.md`.
  package let path: String
  package let text: String
  /// The lines without their line ends (`\n` or `\r\n`). A text that ends in a newline has an empty last line.
  package let lines: [String]

  package init(path: String, text: String) {
    self.path = path
    self.text = text
    // Bytes, not characters: Swift takes "\r\n" for one character, which no split at "\n" would find.
    lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map { line in
      String(decoding: line.last == UInt8(ascii: "\r") ? line.dropLast() : line, as: UTF8.self)
    }
  }

  /// The file's name without its folders, such as `02-autoencoder.md`.
  package var name: String {
    path.split(separator: "/").last.map(String.init) ?? path
  }

  /// The place of `range`, with the lines that it touches.
  package func location(_ range: SourceRange) -> Diagnostic.Location {
    let first = max(1, range.start.line)
    let last = min(lines.count, max(first, range.end.column == 1 ? range.end.line - 1 : range.end.line))
    let excerpt = first <= last ? Array(lines[(first - 1)...(last - 1)]) : []
    return Diagnostic.Location(path: path, range: range, excerpt: excerpt)
  }

  /// The text that `range` covers, its lines joined by `\n`; nil where the range does not lie in the file or cuts
  /// through a character.
  package func slice(_ range: SourceRange) -> String? {
    let (start, end) = (range.start, range.end)
    guard start.line >= 1, start.column >= 1, end.line <= lines.count, start <= end else { return nil }
    var bytes: [UInt8] = []
    for line in start.line...end.line {
      let content = Array(lines[line - 1].utf8)
      let from = line == start.line ? start.column - 1 : 0
      let to = line == end.line ? end.column - 1 : content.count
      guard from >= 0, from <= to, to <= content.count else { return nil }
      if line > start.line { bytes.append(UInt8(ascii: "\n")) }
      bytes += content[from..<to]
    }
    return String(validating: bytes, as: UTF8.self)
  }
}
