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
///     if __walkthroughBeginScope(1) {                        an exercise's solution: a scope, and a copy of the process
///     …
///     __walkthroughEndScope();
///     }
///     __walkthroughFinish();
package struct Tangler: Sendable {
  package init() {}

  package func tangle(_ lesson: Lesson) -> TangledLesson {
    let running = lesson.cells.filter(\.runsInMainProgram)
    let separate = lesson.cells.compactMap { cell -> SeparateProgram? in
      guard let purpose = cell.separatePurpose else { return nil }
      let cells = running.filter { $0.index < cell.index && cell.sees($0) } + [cell]
      return SeparateProgram(
        cell: cell.index, purpose: purpose, text: program(of: cells, expressions: [], in: lesson))
    }
    return TangledLesson(
      lesson: lesson, main: program(of: running, expressions: lesson.inlineExpressions, in: lesson),
      separate: separate)
  }

  /// The program of the lesson's start up to a line of the Markdown, with the inline values that are computed before it,
  /// for asking the compiler what is visible there.
  func programBefore(line: Int, in lesson: Lesson) -> String {
    let cells = lesson.cells.filter { $0.runsInMainProgram && $0.codeStart.line < line }.map { cell in
      let lines = cell.code.split(separator: "\n", omittingEmptySubsequences: false)
      let kept = lines.prefix(line - cell.codeStart.line).map { $0 + "\n" }.joined()
      return Cell(
        index: cell.index, options: cell.options, code: kept, codeStart: cell.codeStart, range: cell.range,
        indentation: cell.indentation, scope: cell.scope)
    }
    let expressions = lesson.inlineExpressions.filter { !$0.isDeferred && $0.range.start.line < line }
    return program(of: cells, expressions: expressions, in: lesson)
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
    var scope: CodeScope?
    func enter(_ next: CodeScope?) {
      guard next != scope else { return }
      if scope != nil { text += "__walkthroughEndScope();\n}\n" }
      if let next { text += "if __walkthroughBeginScope(\(next.index)) {\n" }
      scope = next
    }
    for piece in Self.inOrder(cells, expressions) {
      switch piece {
      case .expression(let expression):
        enter(expression.scope)
        text += "try __walkthroughInlineValue(\(expression.index)) {\n"
        text += location(line: expression.range.start.line, in: lesson) + padded(expression)
        text += "#sourceLocation()\n};\n"
      case .cell(let cell):
        enter(cell.scope)
        text += "__walkthroughBeginCell(\(cell.index));\n"
        text += location(line: cell.codeStart.line, in: lesson) + padded(cell)
        text += "#sourceLocation()\n__walkthroughEndCell(\(cell.index));\n"
      }
    }
    enter(nil)
    return text + "__walkthroughFinish();\n"
  }

  private enum Piece {
    case cell(Cell)
    case expression(InlineExpression)

    /// An expression comes right before the cell of its number, or behind everything.
    var order: (Int, Int, Int) {
      switch self {
      case .cell(let cell): (cell.index, 1, 0)
      case .expression(let expression):
        (expression.isDeferred ? .max : expression.precedingCells, 0, expression.index)
      }
    }
  }

  private static func inOrder(_ cells: [Cell], _ expressions: [InlineExpression]) -> [Piece] {
    (cells.map(Piece.cell) + expressions.map(Piece.expression)).sorted { $0.order < $1.order }
  }

  /// The inline expressions in the order in which they are evaluated.
  static func evaluationOrder(_ lesson: Lesson) -> [Int] {
    inOrder([], lesson.inlineExpressions).compactMap {
      if case .expression(let expression) = $0 { expression.index } else { nil }
    }
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
  /// Whether the cell stands in the lesson's main program.
  package var runsInMainProgram: Bool { options.eval && !options.ignore && options.error == nil }

  /// Whether its declarations are those of the lesson; those of an exercise end with their part of it.
  package var declaresGlobals: Bool { runsInMainProgram && scope == nil }

  /// Whether the names of an earlier cell can be used in this one.
  func sees(_ other: Cell) -> Bool { other.scope == nil || other.scope == scope }

  var separatePurpose: SeparateProgram.Purpose? {
    if options.ignore { return nil }
    if let text = options.error { return .fail(text: text) }
    return options.eval ? nil : .check
  }
}
