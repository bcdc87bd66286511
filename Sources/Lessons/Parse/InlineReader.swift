/// Walks through one piece of running text beside its inlines and tells where each stands in the file.
///
/// cmark's position of an inline is taken where the text at it confirms it; otherwise the text is searched on from
/// the last inline that was found.
struct InlineReader {
  private(set) var map: TextMap
  /// Everything before it belongs to inlines that were met already.
  private var cursor = 0

  private var bytes: [UInt8] { map.mapped.bytes }

  init(_ text: MarkdownText, lines: SourceLines, isTableCell: Bool) {
    map = TextMap(text, lines: lines.lines, isTableCell: isTableCell)
  }

  /// The place of a lifted formula or reference; `inner` counts the bytes of its delimiters.
  mutating func lifted(_ text: String, at offset: Int, inner: Range<Int>? = nil) -> SourceRange {
    map.skipNewlines(in: text, at: offset)
    cursor = max(cursor, offset + text.utf8.count)
    let inner = inner ?? 0..<text.utf8.count
    return map.mapped.range(offset + inner.lowerBound..<offset + inner.upperBound)
  }

  /// The code of a code span as written, behind `prefix` (`{swift}`), and its place.
  ///
  /// Where there is no code, the range is that of the prefix.
  mutating func expression(in place: MarkdownPlace, prefix: String) -> (code: String, range: SourceRange)? {
    guard let start = find(prefix, near: place) else { return nil }
    // The span ends with as many backticks as it began with.
    let ticks = bytes[..<start].reversed().drop { isSpace($0) }.prefix { $0 == UInt8(ascii: "`") }.count
    var (low, high) = (start + prefix.utf8.count, start + prefix.utf8.count)
    while high < bytes.count {
      let run = bytes[high...].prefix { $0 == UInt8(ascii: "`") }.count
      if run == ticks { break }
      high += max(1, run)
    }
    cursor = min(bytes.count, high + ticks)
    while low < high, isSpace(bytes[low]) { low += 1 }
    while low < high, isSpace(bytes[high - 1]) { high -= 1 }
    if low == high { return ("", map.mapped.range(start..<start + prefix.utf8.count)) }
    let code = bytes[low..<high].map { $0 == UInt8(ascii: "\n") ? UInt8(ascii: " ") : $0 }
    return (String(decoding: code, as: UTF8.self), map.mapped.range(low..<high))
  }

  /// The place of a link or an image with all that belongs to it, whose text begins with `opening`.
  mutating func bracketed(_ place: MarkdownPlace, opening: String) -> (range: SourceRange, end: Int) {
    guard let offset = start(of: place, opening: opening) ?? firstIndex(of: opening, from: cursor) else {
      return (map.range, cursor)
    }
    cursor = offset + opening.utf8.count
    let end = end(from: offset, opening: opening)
    return (map.mapped.range(offset..<end), end)
  }

  /// Goes behind everything before `offset`.
  mutating func advance(to offset: Int) { cursor = max(cursor, offset) }

  /// cmark gives a link the line of its end and the column of its start. Of the lines up to that one, the start is on
  /// the one where a bracket stands in that column whose link ends on the line of the end.
  private func start(of place: MarkdownPlace, opening: String) -> Int? {
    let lastLine = place.startLine
    var earliest: Int?
    for line in max(1, lastLine - 100)...max(1, lastLine) {
      guard let offset = map.offset(line: line, column: place.startColumn), offset >= cursor,
        starts(opening, at: offset)
      else { continue }
      if map.cmarkLine(of: end(from: offset, opening: opening) - 1) == lastLine { return offset }
      earliest = earliest ?? offset
    }
    return earliest
  }

  /// The place of `text` as it stands, at cmark's position or else behind the last inline. The reader stays before it.
  func verbatim(_ text: String, near place: MarkdownPlace) -> (range: SourceRange, end: Int) {
    guard let offset = find(text, near: place) else { return (map.range, cursor) }
    let end = offset + text.utf8.count
    return (map.mapped.range(offset..<end), end)
  }

  /// Goes behind a code span.
  mutating func skip(_ code: String, near place: MarkdownPlace) {
    guard let offset = map.offset(line: place.startLine, column: place.startColumn) else { return }
    cursor = max(cursor, min(bytes.count, offset + code.utf8.count))
  }

  /// The place of the first `text` behind the last inline; the whole text where there is none.
  mutating func search(_ text: String) -> SourceRange {
    guard let offset = firstIndex(of: text, from: cursor) else { return map.range }
    cursor = offset + text.utf8.count
    return map.mapped.range(offset..<cursor)
  }

  /// The place of the first `text` behind the last inline, or nil where a backslash stands before it.
  mutating func unescaped(_ text: String) -> SourceRange? {
    guard let offset = firstIndex(of: text, from: cursor) else { return nil }
    cursor = offset + text.utf8.count
    let backslashes = bytes[..<offset].reversed().prefix { $0 == UInt8(ascii: "\\") }.count
    return backslashes % 2 == 0 ? map.mapped.range(offset..<cursor) : nil
  }

  // MARK: Offsets

  private func find(_ text: String, near place: MarkdownPlace) -> Int? {
    // A code span's column is that of its text, and a space before the text may have been taken off.
    for shift in 0...1 {
      if let offset = map.offset(line: place.startLine, column: place.startColumn + shift), offset >= cursor,
        starts(text, at: offset)
      {
        return offset
      }
    }
    return firstIndex(of: text, from: cursor)
  }

  private func end(from offset: Int, opening: String) -> Int {
    let bracket = offset + opening.utf8.count - 1
    return LinkExtent.end(in: bytes, from: bracket) ?? bracket + 1
  }

  private func starts(_ text: String, at offset: Int) -> Bool {
    bytes[offset...].starts(with: text.utf8)
  }

  private func firstIndex(of text: String, from start: Int) -> Int? {
    guard let first = text.utf8.first else { return nil }
    var offset = start
    while let next = bytes[min(offset, bytes.count)...].firstIndex(of: first) {
      if starts(text, at: next) { return next }
      offset = next + 1
    }
    return nil
  }

  private func isSpace(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\n") }
}
