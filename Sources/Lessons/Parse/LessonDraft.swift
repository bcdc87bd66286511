/// A lesson with everything found that something else can refer to: its cells, labels and anchors. Links and references
/// are not looked at yet; a draft of every lesson is what they are checked against.
struct LessonDraft {
  let mistakes: MistakeList
  let lines: SourceLines
  let frontMatter: FrontMatter?
  /// Where the front matter gives the lesson's order.
  let orderRange: SourceRange?
  let document: [MarkdownBlock]
  private(set) var cells: [Cell] = []
  private(set) var labels: [String: LabelTarget] = [:]
  /// Everything that `#…` can lead to on the page.
  private(set) var anchors: Set<String> = []
  /// By the place where cmark says that the block starts.
  private(set) var cellIndices: [SourcePosition: Int] = [:]
  private(set) var formulas: [SourcePosition: DisplayFormula] = [:]
  private(set) var headingAnchors: [SourcePosition: String] = [:]
  private(set) var headingRanges: [SourcePosition: SourceRange] = [:]
  private(set) var footnoteNumbers: [SourcePosition: Int] = [:]
  private(set) var exercises = ExerciseHeadings()
  /// By label: the part of an exercise that holds what it names.
  private(set) var labelScopes: [String: CodeScope] = [:]

  /// That of the block of the top level which is being visited.
  private var scope: CodeScope?
  private var cellLabels: [String: SourceRange] = [:]
  private struct Heading {
    var level: Int
    var text: String
    var place: MarkdownPlace
    var range: SourceRange
  }

  private var figureCount = 0
  private var equationCount = 0
  private var headings: [Heading] = []
  private var footnotes = FootnoteLines()

  init(_ source: SourceFile) {
    mistakes = MistakeList(source: source)
    let prepared = PreparedText(source, mistakes: mistakes)
    lines = SourceLines(lines: prepared.lines)
    let parsed = prepared.frontMatter.map { [mistakes] in FrontMatter.parse($0, mistakes: mistakes) }
    frontMatter = parsed?.frontMatter
    orderRange = parsed?.orderRange
    let root = MarkdownParser.parse(prepared.body)
    if case .document(let blocks) = root.kind {
      // cmark puts the definitions at the end by their first reference, and drops those that nothing refers to.
      for block in blocks {
        if case .footnoteDefinition = block.kind { footnoteNumbers[block.place.start] = footnoteNumbers.count + 1 }
      }
      document = blocks.sorted {
        ($0.place.startLine, $0.place.startColumn) < ($1.place.startLine, $1.place.startColumn)
      }
    } else {
      document = []
    }
    for block in document {
      scope = exercises.take(block, range: headingRange(of: block), mistakes)
      visit(block, inside: nil)
    }
    exercises.finish(mistakes)
    footnotes.reportUnused(lines, mistakes)
    nameHeadings()
    checkOutline()
    checkPoster()
  }

  private mutating func visit(_ blocks: [MarkdownBlock], inside container: String?) {
    for block in blocks { visit(block, inside: container) }
  }

  private mutating func visit(_ block: MarkdownBlock, inside container: String?) {
    switch block.kind {
    case .document(let content), .item(_, let content): visit(content, inside: container)
    case .list(_, _, let items): visit(items, inside: "a list")
    case .quote(let content): visit(content, inside: "a quote")
    case .footnoteDefinition(let content):
      footnotes.use(lines.startOfFootnote(block.place), lines)
      visit(content, inside: "a footnote")
    case .heading(let level, _, let text): visitHeading(block, level, text, inside: container)
    case .code(let code): visitCode(code, block.place, inside: container)
    case .displayMath(let literal): visitFormula(literal, block.place)
    case .html: footnotes.skip(block.place.startLine...max(block.place.startLine, block.place.endLine))
    case .paragraph, .thematicBreak, .table, .tooDeep: break
    }
  }

  /// The place of a heading with its marks; that of the first line for other blocks.
  private func headingRange(of block: MarkdownBlock) -> SourceRange {
    guard case .heading(_, true, let text) = block.kind else {
      return lines.range(block.place, through: block.place.startLine)
    }
    return lines.range(block.place, through: TextMap(text, lines: lines.lines).range.end.line + 1)
  }

  private mutating func visitHeading(
    _ block: MarkdownBlock, _ level: Int, _ text: MarkdownText, inside container: String?
  ) {
    let place = block.place
    let range = headingRange(of: block)
    headingRanges[place.start] = range
    // The heading of a folded part is the fold's name and nothing to link to.
    if container == nil, case .part? = exercises.roles[place.start] { return }
    if let container {
      mistakes.add(
        "misplaced-heading", "a heading cannot stand in \(container)", at: range,
        remedy: "move it out of there, or make it bold text")
    }
    if text.inlines.isEmpty {
      mistakes.add("empty-heading", "this heading has no text", at: range, remedy: "write one, or remove the line")
    }
    headings.append(Heading(level: level, text: InlineText.plain(text.inlines), place: place, range: range))
  }

  private mutating func visitCode(_ code: MarkdownCode, _ place: MarkdownPlace, inside container: String?) {
    let reader = CellReader(lines: lines, mistakes: mistakes)
    footnotes.skip(place.startLine...place.startLine + code.literal.utf8.count { $0 == UInt8(ascii: "\n") })
    if code.isFenced, lines.closingFence(of: code, at: place) == nil {
      mistakes.add(
        "unclosed-fence", "this code block never ends", at: lines.range(place, through: place.startLine),
        remedy: "end it with a line '\(reader.fence(code))' where the block begins")
    }
    guard case .swift = reader.language(code, at: place) else { return }
    if container == "a footnote" {
      mistakes.add(
        "misplaced-cell", "a cell cannot stand in a footnote", at: lines.range(place, through: place.startLine),
        remedy: "move the cell to where its code belongs in the lesson")
      return
    }
    guard let (cell, label) = reader.cell(code, at: place, index: cells.count, scope: scope) else {
      return
    }
    cells.append(cell)
    cellIndices[place.start] = cell.index
    guard let name = cell.options.label, let label else { return }
    if claim(name, at: label), name.hasPrefix("fig-") {
      figureCount += 1
      labels[name] = LabelTarget(kind: .figure, number: figureCount, range: label)
    }
  }

  private mutating func visitFormula(_ literal: String, _ place: MarkdownPlace) {
    footnotes.skip(place.startLine...place.startLine + literal.utf8.count { $0 == UInt8(ascii: "\n") })
    guard let formula = DisplayFormula.read(literal, at: place, lines: lines, mistakes: mistakes) else { return }
    formulas[place.start] = formula
    guard let name = formula.label, let range = formula.labelRange, claim(name, at: range) else { return }
    equationCount += 1
    labels[name] = LabelTarget(kind: .equation, number: equationCount, range: range)
  }

  /// Whether `label` is new; tells of the mistake where it is not.
  private mutating func claim(_ label: String, at range: SourceRange) -> Bool {
    if let first = cellLabels[label] {
      mistakes.add(
        "duplicate-label", "the label '\(label)' is given twice", at: range,
        notes: [mistakes.note("first given here", at: first)], remedy: "rename one of the two")
      return false
    }
    cellLabels[label] = range
    labelScopes[label] = scope
    return true
  }

  // MARK: Headings

  private mutating func nameHeadings() {
    anchors = Set(cellLabels.keys)
    var names = HeadingAnchors(taken: anchors)
    for heading in headings {
      let anchor = names.anchor(for: heading.text)
      headingAnchors[heading.place.start] = anchor
      anchors.insert(anchor)
    }
  }

  private func checkPoster() {
    guard let poster = frontMatter?.poster, let place = frontMatter?.posterRange else { return }
    // A figure of a solution is none: a site for students has not got it.
    let known = labels.filter { $0.value.kind == .figure && labelScopes[$0.key] == nil }.keys.sorted()
    guard !known.contains(poster) else { return }
    mistakes.add(
      "dangling-reference", "there is no figure '\(poster)' in this lesson", at: place,
      remedy: NearestName.of(poster, among: known).map { "did you mean '\($0)'?" }
        ?? "write the label of one of its figures, such as 'fig-…'")
  }

  private func checkOutline() {
    let titles = headings.filter { $0.level == 1 }
    for extra in titles.dropFirst() {
      mistakes.add(
        "second-title", "a lesson has one heading of level 1, and this is another",
        at: extra.range, notes: titles.first.map { [mistakes.note("the first is here", at: $0.range)] } ?? [],
        remedy: "write '##' for a section")
    }
    let visible = document.first { if case .html = $0.kind { false } else { true } }
    if titles.isEmpty || visible?.place.start != titles.first?.place.start {
      let first = visible.map { lines.range($0.place, through: $0.place.startLine) }
      let start = SourcePosition(line: 1, column: 1)
      mistakes.add(
        "missing-title", "a lesson begins with a heading of level 1",
        at: first ?? SourceRange(start: start, end: start), remedy: "write '# The title' above everything else")
    }
    for (above, heading) in zip(headings, headings.dropFirst()) where heading.level > above.level + 1 {
      mistakes.add(
        "skipped-level", "a heading of level \(heading.level) follows one of level \(above.level)",
        at: heading.range, notes: [mistakes.note("the heading above", at: above.range)],
        remedy: "write '\(String(repeating: "#", count: above.level + 1))', one level below the heading above")
    }
  }
}

extension MarkdownPlace {
  var start: SourcePosition { SourcePosition(line: startLine, column: startColumn) }
}
