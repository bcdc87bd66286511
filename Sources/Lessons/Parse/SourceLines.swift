/// Answers questions about a lesson's lines that cmark's tree leaves open.
struct SourceLines {
  let lines: [String]

  func bytes(_ line: Int) -> [UInt8] {
    lines.indices.contains(line - 1) ? Array(lines[line - 1].utf8) : []
  }

  /// Behind the last byte of `line` that is no space.
  func end(of line: Int) -> SourcePosition {
    var bytes = bytes(line)[...]
    while let last = bytes.last, last <= UInt8(ascii: " ") { bytes.removeLast() }
    return SourcePosition(line: line, column: bytes.count + 1)
  }

  /// The place of a block from where cmark says that it starts to the end of `lastLine`.
  func range(_ place: MarkdownPlace, through lastLine: Int) -> SourceRange {
    let start = SourcePosition(line: max(1, place.startLine), column: max(1, place.startColumn))
    return SourceRange(start: start, end: max(start, end(of: max(start.line, lastLine))))
  }

  /// The lines of a block's text, each laid over the file's line that it ends; nil where a line does not end with it
  /// (a tab that is half indentation), with the number of that line.
  func laid(_ text: [Substring], from firstLine: Int) -> (
    mapped: [(text: Substring, start: SourcePosition)], failed: Int?
  ) {
    var result: [(text: Substring, start: SourcePosition)] = []
    for (index, part) in text.enumerated() {
      let line = bytes(firstLine + index)
      let wanted = Array(part.utf8)
      guard line.ends(with: wanted) else { return (result, firstLine + index) }
      result.append((part, SourcePosition(line: firstLine + index, column: line.count - wanted.count + 1)))
    }
    return (result, nil)
  }

  /// The first byte of the line at or behind `start` that is no space.
  func firstVisible(from start: SourcePosition) -> SourcePosition {
    let spaces = bytes(start.line).dropFirst(start.column - 1).prefix { $0 <= UInt8(ascii: " ") }.count
    return SourcePosition(line: start.line, column: start.column + spaces)
  }

  /// Where a footnote's `[^` stands; cmark gives the column of the text behind it.
  func startOfFootnote(_ place: MarkdownPlace) -> SourcePosition {
    let line = bytes(place.startLine)
    let mark = line.indices.dropLast().first { line[$0] == UInt8(ascii: "[") && line[$0 + 1] == UInt8(ascii: "^") }
    return SourcePosition(line: place.startLine, column: (mark ?? place.startColumn - 1) + 1)
  }

  /// The line that closes a fenced block, or nil where nothing does.
  func closingFence(of code: MarkdownCode, at place: MarkdownPlace) -> Int? {
    let line = place.startLine + code.literal.utf8.count { $0 == UInt8(ascii: "\n") } + 1
    guard lines.indices.contains(line - 1) else { return nil }
    let end = end(of: line).column - 1
    let content = bytes(line)[..<end]
    let run = content.reversed().prefix { $0 == code.fenceCharacter }.count
    let before = content.dropLast(run)
    let isBare = before.allSatisfy { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") || $0 == UInt8(ascii: ">") }
    return run >= code.fenceLength && isBare ? line : nil
  }
}
