/// Turns a draft into the lesson's blocks: resolves references and links, finds formulas and expressions, and tells of
/// everything that is wrong on the way.
struct LessonBuilder {
  let draft: LessonDraft
  let links: LinkChecker
  var expressions: [InlineExpression] = []
  var formulas: [Formula] = []
  /// References seen so far, by footnote.
  var footnoteReferences: [Int: Int] = [:]

  var lines: SourceLines { draft.lines }
  var mistakes: MistakeList { draft.mistakes }

  init(draft: LessonDraft, index: LessonIndex) {
    self.draft = draft
    links = LinkChecker(
      fileName: draft.mistakes.source.name, anchors: draft.anchors, index: index, mistakes: draft.mistakes)
  }

  /// The part of an exercise that is being read.
  var scope: CodeScope?
  /// Whether it is the answer to a prediction that is being read.
  var isInAnswer = false

  /// The whole document, with its footnotes as the last block.
  mutating func document() -> [Block] {
    var assembly = SectionAssembly()
    var notes: [(place: MarkdownPlace, content: [Block])] = []
    for block in draft.document {
      scope = draft.exercises.scopes[block.place.start]
      if case .footnoteDefinition(let content) = block.kind {
        notes.append((block.place, content.compactMap { self.block($0) }))
        continue
      }
      let role = draft.exercises.roles[block.place.start] ?? .ordinary
      switch role {
      case .ordinary, .content: if let made = self.block(block) { assembly.add(made, role) }
      case .exercise(let number, let level, let titleStart):
        assembly.begin(exercise(block, number: number, level: level, titleStart: titleStart))
      case .part(let kind): assembly.begin(kind)
      }
    }
    var result = assembly.finished()
    if let footnotes = footnotes(notes) { result.append(footnotes) }
    return result
  }

  mutating func blocks(_ content: [MarkdownBlock]) -> [Block] {
    content.compactMap { block($0) }
  }

  mutating func block(_ block: MarkdownBlock) -> Block? {
    let place = block.place
    switch block.kind {
    case .paragraph(let text):
      var reader = InlineReader(text, lines: lines)
      let content = inlines(text.inlines, &reader)
      return content.isEmpty ? nil : Block(.paragraph(content), range: reader.map.range)
    case .heading(let level, _, let text):
      var reader = InlineReader(text, lines: lines)
      let content = inlines(text.inlines, &reader)
      let anchor = draft.headingAnchors[place.start] ?? "section"
      return Block(
        .heading(level: level, anchor: anchor, content: content),
        range: draft.headingRanges[place.start] ?? reader.map.range)
    case .list(let start, let isTight, let items):
      return list(start: start, isTight: isTight, items, place)
    case .quote(let content):
      return quote(content, place)
    case .code(let code):
      return codeBlock(code, place)
    case .displayMath:
      guard let formula = draft.formulas[place.start] else { return nil }
      formulas.append(Formula(tex: formula.tex, isDisplay: true, range: formula.texRange))
      return Block(.math(tex: formula.tex, label: formula.label), range: formula.range)
    case .table(let alignments, let rows):
      return table(alignments, rows, place)
    case .thematicBreak:
      return Block(.thematicBreak, range: lines.range(place, through: place.startLine))
    case .html(let literal):
      refuseHTML(literal, at: lines.range(place, through: max(place.startLine, place.endLine)))
      return nil
    case .tooDeep:
      reportDepth(at: lines.range(place, through: place.startLine))
      return nil
    case .document, .item, .footnoteDefinition:
      // These stand in their parents only, which unwrap them.
      return nil
    }
  }

  // MARK: Containers

  private mutating func list(
    start: Int?, isTight: Bool, _ items: [MarkdownBlock], _ place: MarkdownPlace
  ) -> Block {
    var made: [Block.List.Item] = []
    var end = lines.range(place, through: place.startLine).end
    for item in items {
      if case .item(let task, let content) = item.kind {
        made.append(Block.List.Item(task: task, content: blocks(content)))
        end = max(end, made.last?.content.last?.range.end ?? lines.end(of: item.place.startLine))
      } else if case .tooDeep = item.kind {
        reportDepth(at: lines.range(item.place, through: item.place.startLine))
      }
    }
    let from = lines.range(place, through: place.startLine).start
    return Block(
      .list(Block.List(start: start, isTight: isTight, items: made)), range: SourceRange(start: from, end: end))
  }

  private mutating func quote(_ content: [MarkdownBlock], _ place: MarkdownPlace) -> Block {
    let firstLine = lines.range(place, through: place.startLine)
    var content = content
    let kind = AlertMarker.take(from: &content, lines: lines, mistakes: mistakes)
    let parts = kind == .tip ? PredictionMarks.split(content, lines: lines, mistakes: mistakes) : nil
    let made = blocks(parts?.question ?? content)
    let answer = parts.map { self.answer($0.answer) } ?? []
    let last = answer.last ?? made.last
    let range = SourceRange(start: firstLine.start, end: max(firstLine.end, last?.range.end ?? firstLine.end))
    if parts != nil {
      return Block(
        .prediction(question: PredictionMarks.withoutMark(made), answer: PredictionMarks.withoutMark(answer)),
        range: range)
    }
    guard let kind else { return Block(.quote(made), range: range) }
    if made.isEmpty {
      mistakes.add(
        "empty-alert", "this call-out has no text", at: firstLine,
        remedy: "write its text on the lines below, each after '>'")
    }
    return Block(.alert(kind: kind, content: made), range: range)
  }

  private func footnotes(_ notes: [(place: MarkdownPlace, content: [Block])]) -> Block? {
    guard let first = notes.first else { return nil }
    let start = lines.startOfFootnote(first.place)
    var end = lines.end(of: first.place.startLine)
    for note in notes { end = max(end, note.content.last?.range.end ?? end) }
    let numbered = notes.map { note in
      let number = draft.footnoteNumbers[note.place.start] ?? 0
      return Block.Footnote(number: number, references: footnoteReferences[number] ?? 0, content: note.content)
    }
    return Block(
      .footnotes(numbered.sorted { $0.number < $1.number }), range: SourceRange(start: start, end: end))
  }

  // MARK: Leaves

  private func codeBlock(_ code: MarkdownCode, _ place: MarkdownPlace) -> Block? {
    if let index = draft.cellIndices[place.start] {
      return Block(.cell(index: index), range: draft.cells[index].range)
    }
    let count = code.literal.utf8.count { $0 == UInt8(ascii: "\n") }
    let last = code.isFenced ? lines.closingFence(of: code, at: place) ?? place.startLine : place.startLine + count - 1
    let language = code.info.split(whereSeparator: \.isWhitespace).first.map(String.init)
    if code.isFenced, language == "swift" { return nil }
    var range = lines.range(place, through: max(place.startLine, last))
    if !code.isFenced { range.start = lines.firstVisible(from: range.start) }
    return Block(.code(language: language, text: code.literal), range: range)
  }

  private mutating func table(
    _ alignments: [Block.Table.Alignment], _ rows: [[MarkdownText]], _ place: MarkdownPlace
  ) -> Block {
    var made: [[[Inline]]] = []
    var lastLine = place.startLine
    for row in rows {
      var cells: [[Inline]] = []
      for cell in row {
        var reader = InlineReader(cell, lines: lines, table: place)
        cells.append(inlines(cell.inlines, &reader))
        lastLine = max(lastLine, cell.place.startLine)
      }
      made.append(cells)
    }
    // The line of dashes counts too where no row follows it.
    if rows.count < 2 { lastLine += 1 }
    return Block(
      .table(Block.Table(alignments: alignments, header: made.first ?? [], rows: Array(made.dropFirst()))),
      range: lines.range(place, through: lastLine))
  }

  /// Comments are dropped; everything else is refused.
  func refuseHTML(_ literal: String, at range: SourceRange) {
    var rest = literal.drop(while: \.isWhitespace)
    while rest.hasPrefix("<!--") {
      guard let end = rest.range(of: "-->") else { break }
      rest = rest[end...].drop(while: \.isWhitespace)
    }
    guard !rest.isEmpty else { return }
    if rest.hasPrefix("<!--") {
      mistakes.add("unclosed-comment", "this comment never ends", at: range, remedy: "end it with '-->'")
      return
    }
    mistakes.add(
      "raw-html", "HTML cannot stand in a lesson", at: range,
      remedy: "say it in Markdown, or put it in backticks to show it; only comments '<!-- … -->' are allowed")
  }

  func reportDepth(at range: SourceRange) {
    mistakes.add(
      "nested-too-deeply", "this is nested more deeply than \(MarkdownParser.deepestNesting) levels", at: range,
      remedy: "flatten it")
  }
}

extension Substring {
  /// The index behind the first `needle`.
  fileprivate func range(of needle: String) -> Index? {
    let wanted = Array(needle.utf8)
    var index = utf8.startIndex
    while index < utf8.endIndex {
      if utf8[index...].starts(with: wanted) { return utf8.index(index, offsetBy: wanted.count) }
      utf8.formIndex(after: &index)
    }
    return nil
  }
}
