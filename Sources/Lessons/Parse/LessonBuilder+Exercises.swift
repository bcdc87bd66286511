extension LessonBuilder {
  /// The exercise that begins with a heading.
  mutating func exercise(_ block: MarkdownBlock, number: Int, level: Int, titleStart: Int) -> Block {
    var title: [Inline] = []
    if case .heading(_, _, let text) = block.kind {
      var reader = InlineReader(text, lines: lines)
      title = Self.dropping(titleStart, from: inlines(text.inlines, &reader))
    }
    let start = block.place.start
    let exercise = Block.Exercise(
      number: number, level: level, anchor: draft.headingAnchors[start] ?? "exercise", title: title, question: [],
      parts: [])
    return Block(
      .exercise(exercise), range: draft.headingRanges[start] ?? lines.range(block.place, through: start.line))
  }

  /// Takes bytes of plain text off the front of a heading.
  private static func dropping(_ count: Int, from inlines: [Inline]) -> [Inline] {
    guard case .text(let text)? = inlines.first else { return inlines }
    let rest = String(decoding: Array(text.utf8).dropFirst(count), as: UTF8.self)
    return (rest.isEmpty ? [] : [.text(rest)]) + inlines.dropFirst()
  }

  mutating func answer(_ content: [MarkdownBlock]) -> [Block] {
    isInAnswer = true
    defer { isInAnswer = false }
    return blocks(content)
  }
}

extension LessonDraft {
  var exerciseOutlines: [ExerciseOutline] {
    exercises.found.map { found in
      ExerciseOutline(
        number: found.number, title: found.title, anchor: headingAnchors[found.heading] ?? "exercise",
        range: found.range)
    }
  }
}

/// Puts the blocks of a document together into exercises and into the section that ends with the lesson's claims.
struct SectionAssembly {
  private var result: [Block] = []
  private var open: (block: Block, exercise: Block.Exercise)?
  /// The level of the recap's heading while its section lasts.
  private var recapLevel: Int?

  mutating func add(_ block: Block, _ role: ExerciseHeadings.Role) {
    if case .content = role, var current = open {
      if current.exercise.parts.isEmpty {
        current.exercise.question.append(block)
      } else {
        current.exercise.parts[current.exercise.parts.count - 1].content.append(block)
      }
      current.block.range.end = max(current.block.range.end, block.range.end)
      open = current
      return
    }
    close()
    if case .heading(let level, _, let content) = block.kind {
      endRecap(before: level)
      if Self.plain(content) == Recap.heading { recapLevel = level }
    }
    result.append(block)
  }

  mutating func begin(_ exercise: Block) {
    close()
    guard case .exercise(let content) = exercise.kind else { return }
    endRecap(before: content.level)
    open = (exercise, content)
  }

  mutating func begin(_ part: CodeScope.Part) {
    open?.exercise.parts.append(Block.Exercise.Part(kind: part, content: []))
  }

  mutating func finished() -> [Block] {
    close()
    endRecap(before: 1)
    return result
  }

  private mutating func close() {
    guard case (var block, let exercise)? = open else { return }
    open = nil
    block.kind = .exercise(exercise)
    result.append(block)
  }

  private mutating func endRecap(before level: Int) {
    guard let recapLevel, level <= recapLevel, let end = result.last?.range.end else { return }
    self.recapLevel = nil
    result.append(Block(.recap, range: SourceRange(start: end, end: end)))
  }

  private static func plain(_ content: [Inline]) -> String {
    content.map { if case .text(let text) = $0 { text } else { "" } }.joined()
  }
}
