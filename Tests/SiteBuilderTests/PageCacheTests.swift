import Foundation
import Lessons
import SiteBuilder
import SnippetProtocol
import SnippetRunner
import Testing

/// A kept page is the one that would be rendered, or it is rendered.
@Suite struct PageCacheTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func renderer(program: String? = "one", address: String? = nil) -> SiteRenderer {
    SiteRenderer(
      cacheFolder: folder.url, program: program, address: address.flatMap(SiteAddress.init), shownValues: .bars)
  }

  private static func lesson(_ word: String = "Nothing") -> LessonMaterial {
    var builder = LessonBuilder(title: "A page", summary: "Of its own.", order: 3, slug: "03-page")
    builder.text = word
    builder.heading(1, "A page")
    builder.paragraph(.text("\(word) and "), .math("\\mathfrak{g}"))
    builder.cell("print(1)")
    let lesson = builder.lesson
    let run = LessonRun(cells: [CellRun(outputs: [.text(.standardOutput, "1\n")])], inlineValues: [])
    return LessonMaterial(lesson: lesson, run: run, tokens: SyntaxHighlighter.lexicalTokens(of: lesson))
  }

  private static func materials() -> [LessonMaterial] { [SampleLesson.material(), lesson()] }

  private static func text(_ path: String = "03-page.html", of site: Site) throws -> String {
    String(decoding: try #require(site.files.first { $0.path == path }).content, as: UTF8.self)
  }

  /// Keeps the pages, and changes one word of the one that ``lesson(_:)`` makes.
  private func keepChanged() throws {
    _ = renderer().render(Self.materials(), reference: SampleReference.reference)
    try FormulaCacheTests.change("Nothing and", to: "Changed and", in: folder.url.appending(path: "pages/03-page"))
  }

  @Test func aKeptPageIsNotRenderedAgain() throws {
    let plain = SiteRenderer(shownValues: .bars).render(Self.materials(), reference: SampleReference.reference)
    for _ in 0..<2 {
      let site = renderer().render(Self.materials(), reference: SampleReference.reference)
      // With all its files, down to the fonts of its formulas.
      #expect(site.files == plain.files)
    }
    try keepChanged()
    let site = renderer().render(Self.materials(), reference: SampleReference.reference)
    #expect(try Self.text(of: site) == Self.text(of: plain).replacing("Nothing and", with: "Changed and"))
    #expect(site.files.filter { $0.path != "03-page.html" } == plain.files.filter { $0.path != "03-page.html" })
  }

  @Test func whateverAPageDependsOnRendersItAnew() throws {
    try keepChanged()
    func isAnew(_ renderer: SiteRenderer, _ lessons: [LessonMaterial], _ reference: APIReference?) throws -> Bool {
      try !Self.text(of: renderer.render(lessons, reference: reference)).contains("Changed and")
    }
    let reference = SampleReference.reference
    #expect(try !isAnew(renderer(), Self.materials(), reference))
    #expect(try isAnew(renderer(program: nil), Self.materials(), reference))
    #expect(try isAnew(renderer(program: "two"), Self.materials(), reference))
    try keepChanged()
    #expect(try isAnew(renderer(address: "https://example.org/"), Self.materials(), reference))
    try keepChanged()
    #expect(try isAnew(renderer(), Self.materials(), nil))
    try keepChanged()
    // Without the neighbour before it.
    #expect(try isAnew(renderer(), [Self.lesson()], reference))
    try keepChanged()
    #expect(try isAnew(renderer(), [SampleLesson.material(), Self.lesson("Another word")], reference))
    for change in 0..<2 {
      try keepChanged()
      var lesson = Self.lesson()
      if change == 0 { lesson.run.cells[0].outputs = [.text(.standardOutput, "2\n")] }
      if change == 1 { lesson.tokens.cells[0].removeAll() }
      #expect(try isAnew(renderer(), [SampleLesson.material(), lesson], reference), "change \(change)")
    }
    try keepChanged()
    let student = renderer().render(Self.materials(), reference: reference, withSolutions: false)
    #expect(try !Self.text(of: student).contains("Changed and"))
  }

  /// The reference's pages tell which lessons use what.
  @Test func theReferenceFollowsItsUses() throws {
    let symbol = try #require(SampleReference.reference.modules.first?.symbols.first)
    func pages(_ lessons: [LessonMaterial], _ renderer: SiteRenderer) -> [SiteFile] {
      renderer.render(lessons, reference: SampleReference.reference).files.filter { $0.path.hasPrefix("api/") }
    }
    var using = Self.lesson()
    using.tokens.hovers = [Hover(declarations: ["x"], documentation: "", symbols: [symbol.identifier])]
    using.tokens.cells[0][0].hover = 0
    let before = pages([Self.lesson()], renderer())
    let after = pages([using], renderer())
    #expect(before != after)
    #expect(after == pages([using], SiteRenderer(shownValues: .bars)))
    #expect(pages([using], renderer()) == after)
  }

  @Test func aDamagedPageIsRendered() throws {
    let plain = SiteRenderer(shownValues: .bars).render(Self.materials(), reference: SampleReference.reference)
    for damage in 0..<3 {
      try keepChanged()
      let file = folder.url.appending(path: "pages/03-page")
      let bytes = try Data(contentsOf: file)
      let damaged = [Data(), bytes.prefix(bytes.count / 2), bytes + Data([0])][damage]
      try damaged.write(to: file)
      #expect(renderer().render(Self.materials(), reference: SampleReference.reference).files == plain.files)
    }
  }

  /// Every build tells what is wrong with a page.
  @Test func aPageWithMistakesIsNotKept() {
    var builder = LessonBuilder(slug: "03-page")
    builder.cell("show(x)") { $0.label = "fig-x" }
    let lesson = builder.lesson
    let run = LessonRun(cells: [CellRun(outputs: [.shown(kind: "bars", payload: [1, 2])])], inlineValues: [])
    let material = LessonMaterial(lesson: lesson, run: run, tokens: SyntaxHighlighter.lexicalTokens(of: lesson))
    for _ in 0..<2 { #expect(renderer().render([material]).diagnostics.map(\.identifier) == ["figure-without-alt"]) }
  }
}
