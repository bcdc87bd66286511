internal import Lessons

/// A place that does not depend on where in the document its code stands.
struct CodePosition: Hashable, Sendable {
  /// A cell's index, or the count of cells plus the index of an inline expression.
  var span: Int
  /// Lines below the first line of that code.
  var line: Int
  /// The column; on an inline expression's line, counted from its first byte.
  var column: Int
}

/// Turns places in a lesson's Markdown into places in its code and back, so that a result outlives an edit of the prose.
struct CodeSpans: Sendable {
  private struct Span {
    var firstLine: Int
    var lines: Int
    var columns: ClosedRange<Int>?
    var columnOffset: Int
  }

  private let spans: [Span]

  init(_ lesson: Lesson) {
    let cells = lesson.cells.map { cell in
      Span(
        firstLine: cell.codeStart.line, lines: cell.code.split(separator: "\n", omittingEmptySubsequences: false).count,
        columns: nil, columnOffset: cell.indentation)
    }
    let expressions = lesson.inlineExpressions.map { expression in
      let start = expression.range.start
      return Span(
        firstLine: start.line, lines: 1, columns: start.column...max(start.column, expression.range.end.column),
        columnOffset: start.column - 1)
    }
    spans = cells + expressions
  }

  func position(of place: SourcePosition) -> CodePosition? {
    for (index, span) in spans.enumerated() {
      guard place.line >= span.firstLine, place.line < span.firstLine + span.lines,
        span.columns?.contains(place.column) ?? true
      else { continue }
      return CodePosition(span: index, line: place.line - span.firstLine, column: place.column - span.columnOffset)
    }
    return nil
  }

  func place(of position: CodePosition) -> SourcePosition? {
    guard spans.indices.contains(position.span) else { return nil }
    let span = spans[position.span]
    guard position.line >= 0, position.line < span.lines else { return nil }
    return SourcePosition(line: span.firstLine + position.line, column: position.column + span.columnOffset)
  }
}
