/// Places of running text in the file. cmark's own are right for where a block starts and for little else: its columns
/// leave out what stands before a continuation line, a link's line is that of its end, and a formula that spans lines
/// hides the newline from it. So the text that cmark read is laid over the file's lines, and a position is counted in
/// that text first.
struct TextMap {
  let mapped: MappedText
  private let text: MarkdownText
  private let lineStarts: [Int]
  /// Where newlines in lifted formulas, which cmark does not count, put it behind.
  private var lags: [Lag] = []

  private struct Lag {
    /// The last line before it, as cmark counts.
    var line: Int
    /// The newlines that cmark has missed behind that line.
    var total: Int
  }

  init(_ text: MarkdownText, lines: [String], isTableCell: Bool) {
    self.text = text
    mapped = isTableCell ? Self.tableCell(text, lines) : Self.wholeLines(text, lines)
    lineStarts = mapped.lineStarts
  }

  /// Where the running text stands, from its first byte to its last.
  var range: SourceRange {
    mapped.range(min(text.hiddenPrefix, mapped.bytes.count)..<mapped.bytes.count)
  }

  /// Tells of newlines in a formula that starts at `offset`.
  mutating func skipNewlines(in lifted: String, at offset: Int) {
    let count = lifted.utf8.count { $0 == UInt8(ascii: "\n") }
    guard count > 0 else { return }
    let known = lags.last?.total ?? 0
    lags.append(Lag(line: lineStarts.last(notAbove: offset) + text.place.startLine - known, total: known + count))
  }

  /// The line in which cmark believed to be at `offset`, as far as the formulas are known.
  func cmarkLine(of offset: Int) -> Int {
    let actual = lineStarts.last(notAbove: offset) + text.place.startLine
    let index = lags.partition { $0.line + $0.total < actual }
    return actual - (index > 0 ? lags[index - 1].total : 0)
  }

  /// The offset at which cmark says that an inline starts, or nil where it says nothing.
  func offset(line: Int, column: Int) -> Int? {
    guard line > 0, column > 0 else { return nil }
    let behind = lags.partition { $0.line < line }
    let index = line - text.place.startLine + (behind > 0 ? lags[behind - 1].total : 0)
    guard lineStarts.indices.contains(index) else { return nil }
    let offset = lineStarts[index] + column - text.contentColumn
    return (0..<max(1, mapped.bytes.count)).contains(offset) ? offset : nil
  }

  // MARK: Laying the text over the lines

  private static func wholeLines(_ text: MarkdownText, _ lines: [String]) -> MappedText {
    var content = text.content[...]
    while let last = content.last, last <= UInt8(ascii: " ") { content.removeLast() }
    let parts = content.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    let (start, end) = (text.place.startLine, text.place.endLine)
    // Definitions of links are cut from a paragraph's front, an underline is not in a heading's text: try the ends.
    for first in [start, end - parts.count + 1, end - parts.count] {
      let columns = parts.enumerated().map {
        column(of: $1, in: first + $0, lines, after: first + $0 == start ? text.place.startColumn : 1)
      }
      if columns.allSatisfy({ $0 != nil }) {
        return MappedText(
          lines: zip(parts, columns).enumerated().map { index, part in
            (String(decoding: part.0, as: UTF8.self), SourcePosition(line: first + index, column: part.1 ?? 1))
          })
      }
    }
    return MappedText(
      lines: parts.enumerated().map {
        (String(decoding: $1, as: UTF8.self), SourcePosition(line: start + $0, column: text.place.startColumn))
      })
  }

  /// The column at which `part` ends the line but for spaces and, in a heading, closing hashes.
  private static func column(of part: ArraySlice<UInt8>, in line: Int, _ lines: [String], after first: Int) -> Int? {
    guard lines.indices.contains(line - 1) else { return nil }
    let bytes = trimmedEnd(Array(lines[line - 1].utf8)[...])
    let wanted = trimmedEnd(part)
    if bytes.count - wanted.count >= first - 1, bytes.ends(with: wanted) { return bytes.count - wanted.count + 1 }
    let isHeading = bytes.dropFirst(first - 1).first == UInt8(ascii: "#")
    guard isHeading else { return nil }
    var start = first - 1
    while start < bytes.count, bytes[start] == UInt8(ascii: "#") { start += 1 }
    while start < bytes.count, bytes[start] <= UInt8(ascii: " ") { start += 1 }
    return bytes[start...].starts(with: wanted) ? start + 1 : nil
  }

  private static func trimmedEnd(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var bytes = bytes
    while let last = bytes.last, last <= UInt8(ascii: " ") { bytes.removeLast() }
    return bytes
  }

  private static func tableCell(_ text: MarkdownText, _ lines: [String]) -> MappedText {
    let content = Array(trimmedEnd(text.content[...]))
    let start = SourcePosition(line: text.place.startLine, column: max(1, text.place.startColumn))
    guard lines.indices.contains(start.line - 1) else { return MappedText(bytes: content, start: start, gaps: []) }
    let line = Array(lines[start.line - 1].utf8)
    var position = min(start.column - 1, line.count)
    while position < line.count, line[position] <= UInt8(ascii: " ") { position += 1 }
    let first = position
    var gaps: [Int] = []
    for (offset, byte) in content.enumerated() {
      if byte == UInt8(ascii: "|"), position < line.count, line[position] == UInt8(ascii: "\\") {
        gaps.append(offset)
        position += 1
      }
      position += 1
    }
    return MappedText(bytes: content, start: SourcePosition(line: start.line, column: first + 1), gaps: gaps)
  }
}

extension Collection where Element == UInt8 {
  func ends(with suffix: some Collection<UInt8>) -> Bool {
    count >= suffix.count && self.dropFirst(count - suffix.count).elementsEqual(suffix)
  }
}

extension Array {
  /// How many elements at the front satisfy `belongsBefore`, which holds for none behind the first that it fails.
  func partition(_ belongsBefore: (Element) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if belongsBefore(self[middle]) { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

extension [Int] {
  /// The index of the last of these ascending numbers that is not above `value`, or 0.
  fileprivate func last(notAbove value: Int) -> Int {
    Swift.max(0, partition { $0 <= value } - 1)
  }
}
