internal import Lessons
internal import SnippetRunner

/// A lesson without the solutions of its exercises: what a teacher hands out.
///
/// The parts are taken out before anything is rendered, so that a page, the search, a figure's file or its numbers cannot
/// hold any of them. Cells keep their numbers; those of a solution are left without code and results.
struct StudentEdition {
  let lesson: Lesson

  func apply(to material: LessonMaterial) -> LessonMaterial {
    let keeps = lesson.cells.map { isKept($0.scope) }
    func kept<Value>(_ values: [Value], orElse empty: Value) -> [Value] {
      values.enumerated().map { index, value in
        keeps.indices.contains(index) && keeps[index] ? value : empty
      }
    }
    var run = material.run
    run.cells = kept(run.cells, orElse: CellRun())
    run.inlineValues = run.inlineValues.enumerated().map { index, value in
      lesson.inlineExpressions.indices.contains(index) && isKept(lesson.inlineExpressions[index].scope) ? value : ""
    }
    return LessonMaterial(
      lesson: withoutSolutions(), run: run,
      tokens: Self.pruned(material.tokens, cells: kept(material.tokens.cells, orElse: [])))
  }

  private func isKept(_ scope: CodeScope?) -> Bool { scope?.part != .solution }

  // MARK: The lesson

  func withoutSolutions() -> Lesson {
    let open = lesson.blocks.map(withoutSolution)
    var before = FootnoteReferences()
    _ = open.map { before.counted($0) }
    // The page numbers its list of footnotes from 1, so what is left closes up.
    var footnotes = FootnoteReferences(numbers: before.closingUp)
    let blocks = open.map { footnotes.counted($0) }
    return Lesson(
      source: lesson.source, slug: lesson.slug, frontMatter: lesson.frontMatter,
      blocks: blocks.compactMap { footnotes.pruned($0) }, cells: lesson.cells.map(withoutCode),
      inlineExpressions: lesson.inlineExpressions.map(withoutCode), formulas: lesson.formulas, labels: lesson.labels,
      exercises: lesson.exercises)
  }

  private func withoutSolution(_ block: Block) -> Block {
    guard case .exercise(var exercise) = block.kind else { return block }
    exercise.parts.removeAll { $0.kind == .solution }
    return Block(.exercise(exercise), range: block.range)
  }

  private func withoutCode(_ cell: Cell) -> Cell {
    guard !isKept(cell.scope) else { return cell }
    var options = CellOptions()
    options.ignore = true
    return Cell(
      index: cell.index, options: options, code: "", codeStart: cell.codeStart, range: cell.range,
      indentation: cell.indentation, codeColumns: [], scope: cell.scope)
  }

  private func withoutCode(_ expression: InlineExpression) -> InlineExpression {
    guard !isKept(expression.scope) else { return expression }
    return InlineExpression(
      index: expression.index, code: "", range: expression.range, precedingCells: expression.precedingCells,
      scope: expression.scope)
  }

  // MARK: Colours

  /// Declarations that only a solution's code uses go with it.
  private static func pruned(_ tokens: LessonTokens, cells: [[CodeToken]]) -> LessonTokens {
    let used = Set(cells.joined().compactMap(\.hover)).sorted()
    let numbers = Dictionary(uniqueKeysWithValues: used.enumerated().map { ($1, $0) })
    let renumbered = cells.map { tokens in
      tokens.map { token in
        var token = token
        token.hover = token.hover.flatMap { numbers[$0] }
        return token
      }
    }
    return LessonTokens(
      cells: renumbered, hovers: used.compactMap { tokens.hovers.indices.contains($0) ? tokens.hovers[$0] : nil })
  }
}

/// Counts the references to footnotes that are left, and drops the footnotes that have none.
private struct FootnoteReferences {
  /// The new number of each footnote.
  private let numbers: [Int: Int]
  private var counts: [Int: Int] = [:]

  init(numbers: [Int: Int] = [:]) { self.numbers = numbers }

  /// The footnotes that were referred to, numbered from 1.
  var closingUp: [Int: Int] {
    Dictionary(uniqueKeysWithValues: counts.keys.sorted().enumerated().map { ($1, $0 + 1) })
  }

  mutating func counted(_ block: Block) -> Block {
    var block = block
    switch block.kind {
    case .heading(let level, let anchor, let content):
      block.kind = .heading(level: level, anchor: anchor, content: counted(content))
    case .paragraph(let content): block.kind = .paragraph(counted(content))
    case .list(var list):
      for index in list.items.indices { list.items[index].content = list.items[index].content.map { counted($0) } }
      block.kind = .list(list)
    case .quote(let content): block.kind = .quote(content.map { counted($0) })
    case .alert(let kind, let content): block.kind = .alert(kind: kind, content: content.map { counted($0) })
    case .prediction(let question, let answer):
      block.kind = .prediction(question: question.map { counted($0) }, answer: answer.map { counted($0) })
    case .exercise(var exercise):
      exercise.title = counted(exercise.title)
      exercise.question = exercise.question.map { counted($0) }
      for index in exercise.parts.indices {
        exercise.parts[index].content = exercise.parts[index].content.map { counted($0) }
      }
      block.kind = .exercise(exercise)
    case .table(var table):
      table.header = table.header.map { counted($0) }
      table.rows = table.rows.map { $0.map { counted($0) } }
      block.kind = .table(table)
    case .footnotes(let notes):
      block.kind = .footnotes(
        notes.map { note in
          var note = note
          note.content = note.content.map { counted($0) }
          return note
        })
    case .code, .cell, .math, .thematicBreak, .recap: break
    }
    return block
  }

  private mutating func counted(_ inlines: [Inline]) -> [Inline] {
    inlines.map { inline in
      switch inline {
      case .footnoteReference(let number, _):
        counts[number, default: 0] += 1
        return .footnoteReference(number: numbers[number] ?? number, reference: counts[number, default: 1])
      case .emphasis(let content): return .emphasis(counted(content))
      case .strong(let content): return .strong(counted(content))
      case .strikethrough(let content): return .strikethrough(counted(content))
      case .link(let destination, let title, let content):
        return .link(destination: destination, title: title, content: counted(content))
      default: return inline
      }
    }
  }

  /// The footnotes that are left, with as many ways back as there are references.
  func pruned(_ block: Block) -> Block? {
    guard case .footnotes(let notes) = block.kind else { return block }
    let left = notes.compactMap { note -> Block.Footnote? in
      guard let count = counts[note.number] else { return nil }
      return Block.Footnote(number: numbers[note.number] ?? note.number, references: count, content: note.content)
    }
    return left.isEmpty ? nil : Block(.footnotes(left), range: block.range)
  }
}
