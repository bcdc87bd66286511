/// A parsed lesson as readable text with source ranges, for golden tests and for looking at what the parser saw.
package struct LessonDump {
  private var text = ""

  /// The dump; every line ends with a newline.
  package static func of(_ lesson: Lesson) -> String {
    var dump = LessonDump()
    dump.lesson(lesson)
    return dump.text
  }

  private mutating func line(_ depth: Int, _ words: String, _ range: SourceRange? = nil) {
    text += String(repeating: "  ", count: depth) + words + (range.map { " @\(Self.format($0))" } ?? "") + "\n"
  }

  /// `12:5-12:9`, or `12:5-9` where both ends are on one line.
  package static func format(_ range: SourceRange) -> String {
    let end = range.end.line == range.start.line ? "\(range.end.column)" : "\(range.end.line):\(range.end.column)"
    return "\(range.start.line):\(range.start.column)-\(end)"
  }

  private mutating func lesson(_ lesson: Lesson) {
    line(0, "lesson \(lesson.slug)")
    line(1, "title \(lesson.frontMatter.title.debugDescription)")
    line(1, "summary \(lesson.frontMatter.summary.debugDescription)")
    line(1, "order \(lesson.frontMatter.order)")
    for file in lesson.frontMatter.data { line(1, "data \(file.debugDescription)") }
    for symbol in lesson.frontMatter.symbols {
      line(1, "symbol \(symbol.tex) \(symbol.names)", symbol.range)
      inlines(symbol.meaning, 2)
    }
    for (name, target) in lesson.labels.sorted(by: { $0.value.range.start < $1.value.range.start }) {
      line(1, "label \(name) = \(target.kind.rawValue) \(target.number)", target.range)
    }
    for cell in lesson.cells { self.cell(cell) }
    for expression in lesson.inlineExpressions {
      line(
        1,
        "expression \(expression.index) after \(expression.precedingCells) cells"
          + (expression.isDeferred ? ", deferred" : "")
          + (expression.scope.map { " in scope \($0.index)" } ?? "") + ": \(expression.code.debugDescription)",
        expression.range)
    }
    for formula in lesson.formulas {
      line(1, "\(formula.isDisplay ? "display formula" : "formula") \(formula.tex.debugDescription)", formula.range)
    }
    line(0, "blocks")
    for block in lesson.blocks { self.block(block, 1) }
  }

  private mutating func cell(_ cell: Cell) {
    let scope = cell.scope.map { " in the \($0.part.rawValue) of exercise \($0.exercise), scope \($0.index)" } ?? ""
    line(1, "cell \(cell.index) \(cell.name)\(scope)", cell.range)
    let options = cell.options
    for (name, value) in [("caption", options.caption), ("alt", options.alt), ("error", options.error)] {
      if let value { line(2, "\(name) \(value.debugDescription)") }
    }
    let standard = CellOptions()
    if options.echo != standard.echo { line(2, "echo \(options.echo)") }
    if options.output != standard.output { line(2, "output \(options.output)") }
    if options.fold != standard.fold { line(2, "fold \(options.fold)") }
    if options.eval != standard.eval { line(2, "eval \(options.eval)") }
    if options.ignore != standard.ignore { line(2, "ignore \(options.ignore)") }
    if let timeout = options.timeout { line(2, "timeout \(timeout)") }
    line(2, "code from \(cell.codeStart.line):\(cell.codeStart.column), indented by \(cell.indentation)")
    let parts = cell.code.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
    for (part, column) in zip(parts, cell.codeColumns) { line(3, "\(column)| \(part)") }
  }

  private mutating func block(_ block: Block, _ depth: Int) {
    let range = block.range
    switch block.kind {
    case .heading(let level, let anchor, let content):
      line(depth, "heading \(level) #\(anchor)", range)
      inlines(content, depth + 1)
    case .paragraph(let content):
      line(depth, "paragraph", range)
      inlines(content, depth + 1)
    case .list(let list): self.list(list, range, depth)
    case .quote(let content):
      line(depth, "quote", range)
      for inner in content { self.block(inner, depth + 1) }
    case .alert(let kind, let content):
      line(depth, "alert \(kind.rawValue)", range)
      for inner in content { self.block(inner, depth + 1) }
    case .prediction(let question, let answer):
      line(depth, "prediction", range)
      for inner in question { self.block(inner, depth + 1) }
      line(depth + 1, "answer")
      for inner in answer { self.block(inner, depth + 2) }
    case .exercise(let exercise): self.exercise(exercise, range, depth)
    case .recap: line(depth, "recap", range)
    case .table(let table): self.table(table, range, depth)
    case .code(let language, let text):
      line(depth, "code \(language ?? "plain") \(text.debugDescription)", range)
    case .cell(let index): line(depth, "cell \(index)", range)
    case .math(let tex, let label):
      line(depth, "math \(tex.debugDescription)" + (label.map { " #\($0)" } ?? ""), range)
    case .thematicBreak: line(depth, "break", range)
    case .footnotes(let notes):
      line(depth, "footnotes", range)
      for note in notes {
        line(depth + 1, "footnote \(note.number), \(note.references) references")
        for inner in note.content { self.block(inner, depth + 2) }
      }
    }
  }

  private mutating func exercise(_ exercise: Block.Exercise, _ range: SourceRange, _ depth: Int) {
    line(depth, "exercise \(exercise.number) of level \(exercise.level) #\(exercise.anchor)", range)
    inlines(exercise.title, depth + 1)
    for inner in exercise.question { block(inner, depth + 1) }
    for part in exercise.parts {
      line(depth + 1, part.kind.rawValue)
      for inner in part.content { block(inner, depth + 2) }
    }
  }

  private mutating func list(_ list: Block.List, _ range: SourceRange, _ depth: Int) {
    let kind = list.start.map { "ordered from \($0)" } ?? "bulleted"
    line(depth, "list \(kind)\(list.isTight ? ", tight" : ", loose")", range)
    for item in list.items {
      line(depth + 1, "item" + (item.task.map { $0 ? " [x]" : " [ ]" } ?? ""))
      for inner in item.content { block(inner, depth + 2) }
    }
  }

  private mutating func table(_ table: Block.Table, _ range: SourceRange, _ depth: Int) {
    line(depth, "table \(table.alignments.map(\.rawValue).joined(separator: " "))", range)
    for (index, row) in ([table.header] + table.rows).enumerated() {
      line(depth + 1, index == 0 ? "header" : "row")
      for cell in row {
        line(depth + 2, "cell")
        inlines(cell, depth + 3)
      }
    }
  }

  private mutating func inlines(_ content: [Inline], _ depth: Int) {
    for inline in content { self.inline(inline, depth) }
  }

  private mutating func inline(_ inline: Inline, _ depth: Int) {
    switch inline {
    case .text(let text): line(depth, "text \(text.debugDescription)")
    case .softBreak: line(depth, "soft break")
    case .lineBreak: line(depth, "line break")
    case .code(let text): line(depth, "code \(text.debugDescription)")
    case .emphasis(let content):
      line(depth, "emphasis")
      inlines(content, depth + 1)
    case .strong(let content):
      line(depth, "strong")
      inlines(content, depth + 1)
    case .strikethrough(let content):
      line(depth, "strikethrough")
      inlines(content, depth + 1)
    case .link(let destination, let title, let content):
      line(depth, "link \(destination.debugDescription)" + (title.map { " \($0.debugDescription)" } ?? ""))
      inlines(content, depth + 1)
    case .image(let source, let title, let alt):
      line(
        depth,
        "image \(source.debugDescription) \(alt.debugDescription)" + (title.map { " \($0.debugDescription)" } ?? ""))
    case .math(let tex): line(depth, "math \(tex.debugDescription)")
    case .expression(let index): line(depth, "expression \(index)")
    case .reference(let label, let number): line(depth, "reference \(label) = \(number)")
    case .footnoteReference(let number, let reference):
      line(depth, "footnote reference \(number), occurrence \(reference)")
    }
  }
}
