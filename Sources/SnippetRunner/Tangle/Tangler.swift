package import Lessons

/// Stage 3: writes a lesson's code as programs whose every line and column is that of the Markdown.
///
///     import LessonKit                                       what a lesson sees
///     __walkthroughStart();
///     __walkthroughBeginCell(0);
///     #sourceLocation(file: "lessons/03-gan.md", line: 17)   where the cell stands
///     let ring = GaussianMixture.ring(modes: 8)              exactly as written
///     #sourceLocation()
///     __walkthroughEndCell(0);
///     try __walkthroughInlineValue(0) {
///     #sourceLocation(file: "lessons/03-gan.md", line: 24)
///                          coverage.modes                    as many blanks as the Markdown has bytes before it
///     #sourceLocation()
///     };
///     __walkthroughFinish();
package struct Tangler: Sendable {
  package init() {}

  package func tangle(_ lesson: Lesson) -> TangledLesson {
    let running = lesson.cells.filter(\.runsInMainProgram)
    let separate = lesson.cells.compactMap { cell -> SeparateProgram? in
      guard let purpose = cell.separatePurpose else { return nil }
      let cells = running.filter { $0.index < cell.index } + [cell]
      return SeparateProgram(
        cell: cell.index, purpose: purpose, text: program(of: cells, expressions: [], in: lesson))
    }
    return TangledLesson(
      lesson: lesson, main: program(of: running, expressions: lesson.inlineExpressions, in: lesson),
      separate: separate)
  }

  /// The program of the lesson's start up to a line of the Markdown, for asking the compiler what is visible there.
  func programBefore(line: Int, in lesson: Lesson) -> String {
    let cells = lesson.cells.filter { $0.runsInMainProgram && $0.codeStart.line < line }.map { cell in
      let lines = cell.code.split(separator: "\n", omittingEmptySubsequences: false)
      let kept = lines.prefix(line - cell.codeStart.line).map { $0 + "\n" }.joined()
      return Cell(
        index: cell.index, options: cell.options, code: kept, codeStart: cell.codeStart, range: cell.range,
        indentation: cell.indentation)
    }
    return program(of: cells, expressions: [], in: lesson)
  }

  /// One cell's code alone, for the parser.
  func alone(_ cell: Cell, in lesson: Lesson) -> String {
    location(line: cell.codeStart.line, in: lesson) + padded(cell)
  }

  /// One inline expression alone, for the parser.
  func alone(_ expression: InlineExpression, in lesson: Lesson) -> String {
    location(line: expression.range.start.line, in: lesson) + padded(expression)
  }

  private func program(of cells: [Cell], expressions: [InlineExpression], in lesson: Lesson) -> String {
    var text = "import LessonKit\n__walkthroughStart();\n"
    var remaining = expressions[...]
    func writeExpressions(before count: Int) {
      while let expression = remaining.first, expression.precedingCells <= count {
        text += "try __walkthroughInlineValue(\(expression.index)) {\n"
        text += location(line: expression.range.start.line, in: lesson) + padded(expression)
        text += "#sourceLocation()\n};\n"
        remaining.removeFirst()
      }
    }
    for cell in cells {
      writeExpressions(before: cell.index)
      text += "__walkthroughBeginCell(\(cell.index));\n"
      text += location(line: cell.codeStart.line, in: lesson) + padded(cell)
      text += "#sourceLocation()\n__walkthroughEndCell(\(cell.index));\n"
    }
    writeExpressions(before: .max)
    return text + "__walkthroughFinish();\n"
  }

  private func location(line: Int, in lesson: Lesson) -> String {
    let path = lesson.source.path
      .split(separator: "\\", omittingEmptySubsequences: false).joined(separator: "\\\\")
      .split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\\\"")
    return "#sourceLocation(file: \"\(path)\", line: \(line))\n"
  }

  /// The code of a cell inside a list item gets its indentation back, all lines alike, so that columns are those of the
  /// Markdown; a multi-line string's closing delimiter moves with its lines, and the string is the same.
  private func padded(_ cell: Cell) -> String {
    let code = cell.code.isEmpty || cell.code.hasSuffix("\n") ? cell.code : cell.code + "\n"
    guard cell.indentation > 0 else { return code }
    let padding = String(repeating: " ", count: cell.indentation)
    return code.split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.isEmpty ? "" : padding + $0 }.joined(separator: "\n")
  }

  private func padded(_ expression: InlineExpression) -> String {
    String(repeating: " ", count: expression.range.start.column - 1) + expression.code + "\n"
  }
}

extension Cell {
  /// Whether the cell shares the namespace and the process of the others.
  package var runsInMainProgram: Bool { options.eval && !options.ignore && options.error == nil }

  var separatePurpose: SeparateProgram.Purpose? {
    if options.ignore { return nil }
    if let text = options.error { return .fail(text: text) }
    return options.eval ? nil : .check
  }
}
