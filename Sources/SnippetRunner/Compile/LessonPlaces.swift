internal import Lessons

/// Turns lines and columns of the lesson into places with an excerpt.
struct LessonPlaces: Sendable {
  let lesson: Lesson

  /// The word, number or sign at a position; the whole line when the column is not known.
  func location(line: Int, column: Int) -> Diagnostic.Location {
    guard line >= 1, line <= lesson.source.lines.count else { return wholeLine(max(1, line)) }
    let bytes = Array(lesson.source.lines[line - 1].utf8)
    guard column >= 1, column <= bytes.count + 1 else { return wholeLine(line) }
    var end = column - 1
    while end < bytes.count, Self.isWord(bytes[end]) { end += 1 }
    // A sign of more than one byte stays whole.
    if end == column - 1 { end += 1 }
    return lesson.source.location(
      SourceRange(
        start: SourcePosition(line: line, column: column), end: SourcePosition(line: line, column: end + 1)))
  }

  /// The name of the function that is called at a position. The compiler places a call at its parenthesis.
  func call(line: Int, column: Int) -> Diagnostic.Location {
    guard line >= 1, line <= lesson.source.lines.count else { return wholeLine(max(1, line)) }
    let bytes = Array(lesson.source.lines[line - 1].utf8)
    var start = column - 1
    guard bytes.indices.contains(start), bytes[start] == UInt8(ascii: "(") else {
      return location(line: line, column: column)
    }
    while start > 0, Self.isWord(bytes[start - 1]) { start -= 1 }
    return location(line: line, column: start + 1)
  }

  /// A line without its indentation.
  func wholeLine(_ line: Int) -> Diagnostic.Location {
    let text = line <= lesson.source.lines.count ? lesson.source.lines[line - 1] : ""
    let bytes = Array(text.utf8)
    let start = bytes.firstIndex { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") } ?? 0
    return lesson.source.location(
      SourceRange(
        start: SourcePosition(line: line, column: start + 1),
        end: SourcePosition(line: line, column: max(start + 1, bytes.count + 1))))
  }

  /// The first line of a cell's code.
  func start(ofCell index: Int) -> Diagnostic.Location {
    wholeLine(lesson.cells.indices.contains(index) ? lesson.cells[index].codeStart.line : 1)
  }

  /// The cell whose code has this line.
  func cell(atLine line: Int) -> Cell? {
    lesson.cells.first { $0.range.start.line <= line && line <= $0.range.end.line }
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"),
      UInt8(ascii: "_"), 0x80...:
      true
    default: false
    }
  }
}
