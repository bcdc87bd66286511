internal import Lessons
internal import Testing

@Suite("Places")
struct PlacePropertyTests {
  /// What is wrong with the places of a lesson, if anything.
  private func check(_ lesson: Lesson) {
    let source = lesson.source
    for formula in lesson.formulas { expectSlice(source, formula.range, formula.tex) }
    for expression in lesson.inlineExpressions { expectSlice(source, expression.range, expression.code) }
    for cell in lesson.cells { check(cell, in: source) }
    check(lesson.blocks, inside: nil, of: source)
    for target in lesson.labels { #expect(source.slice(target.value.range) == target.key) }
  }

  /// Equal but for what a container puts before continuation lines, and a table's backslashes.
  private func expectSlice(_ source: SourceFile, _ range: SourceRange, _ text: String) {
    let slice = source.slice(range)?.filter { !" >\n\t\\".contains($0) }
    #expect(slice == text.filter { !" >\n\t\\".contains($0) }, "\(source.path) at \(LessonDump.format(range))")
    let first = source.slice(range)?.first
    #expect(first.map { !$0.isWhitespace } ?? false)
  }

  private func check(_ cell: Cell, in source: SourceFile) {
    let slice = source.slice(cell.range) ?? ""
    #expect(slice.hasPrefix("```") || slice.hasPrefix("~~~"))
    #expect(slice.hasSuffix("```") || slice.hasSuffix("~~~"))
    let code = cell.code.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
    #expect(code.count == cell.codeColumns.count)
    for (index, line) in code.enumerated() {
      let start = cell.position(ofCodeLine: index + 1, column: 1)
      let end = SourcePosition(line: start.line, column: start.column + line.utf8.count)
      #expect(source.slice(SourceRange(start: start, end: end)) == String(line))
      #expect(source.lines[start.line - 1].utf8.count == end.column - 1)
    }
  }

  private func check(_ blocks: [Block], inside outer: SourceRange?, of source: SourceFile) {
    for (index, block) in blocks.enumerated() {
      let place = "\(source.path) at \(LessonDump.format(block.range))"
      let slice = source.slice(block.range)
      #expect(slice != nil, "\(place)")
      // The recap is a place between two blocks.
      #expect(slice?.isEmpty == (block.kind == .recap), "\(place)")
      #expect(slice?.first?.isWhitespace != true && slice?.last?.isWhitespace != true, "\(place)")
      if index > 0, outer == nil || !isFootnotes(block) {
        let isAfter = blocks[index - 1].range.end <= block.range.start
        #expect(isAfter || isFootnotes(block), "\(place)")
      }
      if let outer { #expect(outer.start <= block.range.start && block.range.end <= outer.end, "\(place)") }
      switch block.kind {
      case .list(let list):
        for item in list.items { check(item.content, inside: block.range, of: source) }
      case .quote(let content), .alert(_, let content):
        #expect(slice?.hasPrefix(">") ?? false, "\(place)")
        check(content, inside: block.range, of: source)
      case .footnotes(let notes):
        for note in notes { check(note.content, inside: block.range, of: source) }
      case .math: #expect(slice?.hasPrefix("$$") ?? false, "\(place)")
      default: break
      }
    }
  }

  private func isFootnotes(_ block: Block) -> Bool {
    if case .footnotes = block.kind { true } else { false }
  }

  @Test("Every range of a fixture covers what it names", arguments: FixtureLessons.names)
  func fixtures(name: String) throws {
    let source = try FixtureLessons.source(name)
    check(try #require(LessonParser.parse(source, among: try FixtureLessons.index()).lesson))
  }

  @Test("Windows line ends change no place", arguments: FixtureLessons.names)
  func windows(name: String) throws {
    let plain = try FixtureLessons.source(name)
    let windows = SourceFile(
      path: plain.path,
      text: plain.text.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\r\n"))
    #expect(windows.text.utf8.count > plain.text.utf8.count)
    let index = try FixtureLessons.index()
    let expected = try #require(LessonParser.parse(plain, among: index).lesson)
    let lesson = try #require(LessonParser.parse(windows, among: index).lesson)
    #expect(LessonDump.of(lesson) == LessonDump.of(expected))
  }

  @Test("Every word of a random lesson is found where it stands", arguments: 0..<300 as Range<UInt64>)
  func random(seed: UInt64) throws {
    var generator = LessonGenerator(seed: seed)
    generator.write(blocks: 8)
    generator.finish()
    let source = SourceFile(path: "lessons/random-\(seed).md", text: generator.text)
    let result = LessonParser.parse(source, among: LessonIndex(anchors: [:]))
    let broken = result.diagnostics.compactMap { $0.location.flatMap { source.slice($0.range) } }
    #expect(broken == generator.brokenLinks, "\(generator.text)")
    // Without its broken links it is a lesson.
    let mended = SourceFile(
      path: source.path,
      text: generator.text.split(separator: "](#no)", omittingEmptySubsequences: false).joined(separator: "](#title)"))
    let second = LessonParser.parse(mended, among: LessonIndex(anchors: [:]))
    let told = DiagnosticRenderer().render(second.diagnostics)
    #expect(told == "", "\(generator.text)")
    guard let lesson = second.lesson else { return }
    check(lesson)
    #expect(lesson.inlineExpressions.map(\.code) == generator.expressions, "\(generator.text)")
    #expect(lesson.formulas.map(\.tex).filter { $0 != "a\nb" } == generator.formulas, "\(generator.text)")
    let code = lesson.cells.map(\.code).joined()
    #expect(generator.codeWords.allSatisfy { code.contains($0) }, "\(generator.text)")
  }
}
