import Foundation
import Lessons
import SiteBuilder
import SnippetRunner
import Testing

@Suite struct PageTests {
  private static let renderer = SiteRenderer(shownValues: .bars)

  private static func site(_ builder: LessonBuilder, outputs: [CellOutput] = []) -> Site {
    let lesson = builder.lesson
    let cells = lesson.cells.map { _ in CellRun(outputs: outputs) }
    let values = lesson.inlineExpressions.map { _ in "1" }
    return renderer.render([
      LessonMaterial(
        lesson: lesson, run: LessonRun(cells: cells, inlineValues: values),
        tokens: SyntaxHighlighter.lexicalTokens(of: lesson))
    ])
  }

  private static func page(_ builder: LessonBuilder, outputs: [CellOutput] = []) throws -> String {
    let site = site(builder, outputs: outputs)
    #expect(site.diagnostics == [])
    let file = try #require(site.files.first { $0.path == builder.slug + ".html" })
    return String(decoding: file.content, as: UTF8.self)
  }

  @Test func everyPageIsWellFormed() {
    let site = Self.renderer.render([SampleLesson.material(), SiteRendererTests.second()])
    let pages = site.files.filter { $0.path.hasSuffix(".html") }
    #expect(pages.count == 4)
    for page in pages {
      #expect(HTMLChecker(String(decoding: page.content, as: UTF8.self)).mistakes == [], "\(page.path)")
    }
  }

  @Test func everyLinkInTheSiteLeadsToAFile() {
    let site = Self.renderer.render([SampleLesson.material(), SiteRendererTests.second()])
    let paths = Set(site.files.map(\.path))
    for page in site.files where page.path.hasSuffix(".html") {
      for link in HTMLChecker(String(decoding: page.content, as: UTF8.self)).links where !link.hasPrefix("#") {
        #expect(link.hasPrefix("https://") || paths.contains(link), "\(page.path) links to \(link)")
      }
    }
  }

  @Test func numbersKeepTogetherAndNotesApart() throws {
    var builder = LessonBuilder()
    let value = builder.expression("share")
    builder.paragraph(
      .text("It is "), value, .text(" % ± 2 of 7 × 7"), .footnoteReference(number: 1, reference: 1),
      .footnoteReference(number: 2, reference: 1))
    let page = try Self.page(builder)
    #expect(page.contains("</span>\u{A0}%\u{A0}±\u{A0}2 of 7\u{A0}×\u{A0}7<sup"))
    #expect(page.contains("</sup><sup class=\"footnote-reference\">,</sup><sup"))
  }

  @Test func noPathOfTheMachineIsOnAPage() throws {
    var builder = LessonBuilder()
    builder.folder = "/somebody/secret/lessons"
    builder.paragraph(.text("Text."))
    let page = try Self.page(builder)
    #expect(page.contains("<code>lessons/01-lesson.md</code>"))
    #expect(!page.contains("secret"))
  }

  @Test func nothingIsLoadedFromElsewhere() {
    let site = Self.renderer.render([SampleLesson.material()])
    for file in site.files where file.path.hasSuffix(".css") || file.path.hasSuffix(".js") {
      let text = String(decoding: file.content, as: UTF8.self)
      #expect(!text.contains("//fonts") && !text.contains("@import"), "\(file.path)")
      for match in text.matches(of: /url\(([^)]*)\)/) {
        #expect(match.1.hasPrefix("fonts/") && match.1.hasSuffix(".woff2"), "\(file.path): \(match.1)")
      }
    }
    for page in site.files where page.path.hasSuffix(".html") {
      let html = String(decoding: page.content, as: UTF8.self)
      for match in html.matches(of: /<(script|link|img)[^>]* (src|href)="([^"]*)"/) {
        let isAuthors = match.3.hasPrefix("https://example.org/")
        #expect(match.3.hasPrefix("assets/") || isAuthors, "\(page.path): \(match.3)")
      }
    }
  }

  @Test func fontsAreThoseThatTheStyleSheetNames() throws {
    let site = Self.renderer.render([SampleLesson.material()])
    let css = String(
      decoding: try #require(site.files.first { $0.path == "assets/katex.css" }).content, as: UTF8.self)
    let named = Set(css.matches(of: /url\(fonts\/([^)]*)\)/).map { String($0.1) })
    let kept = Set(
      site.files.filter { $0.path.hasPrefix("assets/fonts/") }.map { String($0.path.dropFirst("assets/fonts/".count)) })
    #expect(named == kept)
    // A double-struck R, a script L, and nothing in Fraktur or bold.
    #expect(kept.contains("KaTeX_AMS-Regular.woff2") && kept.contains("KaTeX_Caligraphic-Regular.woff2"))
    #expect(!kept.contains { $0.contains("Fraktur") || $0.contains("Bold") })
  }

  @Test func aPageWithoutFormulasLoadsNoStyleForThem() throws {
    var builder = LessonBuilder()
    builder.paragraph(.text("x"))
    let site = Self.site(builder)
    #expect(!site.files.contains { $0.path.contains("katex") || $0.path.contains("fonts") })
    #expect(!(try Self.page(builder)).contains("katex"))
  }

  @Test func textOfAuthorsAndRunsCannotBecomeMarkup() throws {
    let evil = "</samp><script>alert(1)</script>&\"'"
    var builder = LessonBuilder(title: evil, summary: evil)
    builder.paragraph(
      .text(evil), .code(evil), .image(source: "https://a", title: evil, alt: evil),
      .math("\\text{\(evil.filter { $0 != "&" })}"))
    builder.cell(evil) {
      $0.caption = evil
      $0.alt = evil
    }
    builder.add(.code(language: "a b", text: evil))
    let html = try Self.page(
      builder, outputs: [.text(.standardOutput, evil), .shown(kind: "test.bars", payload: [1]), .expectedError(evil)])
    #expect(html.components(separatedBy: "<script").count == 3)
    #expect(HTMLChecker(html).mistakes == [])
  }

  @Test func aMistakeInAFormulaIsShownWhereItIs() throws {
    let text = """
      ---
      title: T
      summary: S
      order: 1
      ---

      # T

      Good $a$ and ä $b + \\oops$.

      $$
      \\frac{1}{
      $$

      > $$
      > \\oops
      > $$

      """
    let source = SourceFile(path: "lessons/01-t.md", text: text)
    let lesson = try #require(LessonParser.parse(source, among: LessonIndex(lessons: [source])).lesson)
    let diagnostics = FormulaCheck.mistakes(in: [(lesson.source, lesson.formulas)]).flatMap { $0 }
    #expect(
      diagnostics.map(\.summary) == [
        "TeX: Undefined control sequence: \\oops", "TeX: Unexpected end of input in a macro argument, expected '}'",
        "TeX: Undefined control sequence: \\oops",
      ])
    #expect(diagnostics.allSatisfy { $0.stage == .writing && $0.severity == .error && $0.identifier == "tex" })
    #expect(diagnostics.map(\.location?.range.start.line) == [9, 12, 16])
    #expect(diagnostics.first?.location?.range.start.column == 22)
    #expect(diagnostics.first?.location?.excerpt == ["Good $a$ and ä $b + \\oops$."])
  }

  @Test(arguments: [nil, "", " \t"]) func aFigureWithoutTextAlternativeIsAMistake(_ alt: String?) {
    var builder = LessonBuilder()
    builder.cell("show(plot)") {
      $0.label = "fig-a"
      $0.alt = alt
    }
    let site = Self.site(builder, outputs: [.shown(kind: "test.bars", payload: [1])])
    #expect(site.diagnostics.map(\.identifier) == ["figure-without-alt"])
    #expect(site.diagnostics.first?.severity == .error)
    #expect(!site.isComplete)
  }

  @Test func theEmptyCornerOfATableIsNoHeader() throws {
    var builder = LessonBuilder()
    builder.heading(1, "T")
    builder.add(
      .table(Block.Table(alignments: [.none, .right], header: [[], [.text("a")]], rows: [[[.text("b")], []]])))
    let html = try Self.page(builder)
    #expect(html.contains("<tr><td></td><th scope=\"col\" class=\"align-right\">a</th></tr>"))
  }

  @Test func figuresAreDrawnFromTheirBytes() {
    let site = SiteRenderer().render([SampleFigures.material()])
    #expect(site.diagnostics == [])
    let html = site.files.first { $0.path == "09-figures.html" }.map { String(decoding: $0.content, as: UTF8.self) }
    #expect(HTMLChecker(html ?? "").mistakes == [])
    #expect(html?.contains("<title id=\"F1-title\">An example of curves.</title>") == true)
  }

  @Test func bytesThatAreNoFigureAreAMistake() {
    for (bytes, reason) in [([], "truncated"), ([200], "unknownCase")] as [([UInt8], String)] {
      let material = SampleFigures.material()
      var run = material.run
      run.cells[0].outputs = [.shown(kind: "figure", payload: bytes)]
      let site = SiteRenderer().render([LessonMaterial(lesson: material.lesson, run: run, tokens: material.tokens)])
      #expect(site.diagnostics.map(\.identifier) == ["unknown-shown-value"])
      #expect(site.diagnostics.first?.summary.contains(reason) == true, "\(site.diagnostics)")
    }
  }

  @Test func aValueThatCannotBeDrawnIsAMistake() {
    var builder = LessonBuilder()
    builder.cell("show(plot)") { $0.alt = "Bars." }
    let site = Self.site(builder, outputs: [.shown(kind: "future", payload: [])])
    #expect(site.diagnostics.map(\.identifier) == ["unknown-shown-value"])
    #expect(site.diagnostics.first?.summary.contains("the kind future is unknown") == true)
  }

  @Test func filesBesideALessonComeAlong() throws {
    let folder = try TemporaryFolder()
    try folder.write("<svg/>", to: "images/a b.svg")
    var builder = LessonBuilder()
    builder.paragraph(
      .image(source: "images/a%20b.svg", title: nil, alt: "A"),
      .link(destination: "02-next.html#x", title: nil, content: [.text("next")]),
      .link(destination: "https://swift.org/a.zip", title: nil, content: [.text("away")]),
      .link(destination: "./images/a%20b.svg", title: nil, content: [.text("again")]))
    let material = LessonMaterial(
      lesson: builder.lesson, run: LessonRun(cells: [], inlineValues: []), tokens: LessonTokens(cells: []))
    let site = SiteRenderer(lessonsFolder: folder.url, shownValues: .bars).render([material])
    #expect(site.diagnostics == [])
    #expect(site.files.filter { $0.path.hasPrefix("images") } == [SiteFile(path: "images/a b.svg", text: "<svg/>")])
    let broken = SiteRenderer(shownValues: .bars).render([material])
    #expect(broken.diagnostics.map(\.identifier) == ["missing-file"])
  }

  @Test func hiddenCodeAndHiddenOutputStayHidden() throws {
    var builder = LessonBuilder()
    builder.cell("let secret = 1") {
      $0.echo = false
      $0.output = false
    }
    let html = try Self.page(builder, outputs: [.text(.standardOutput, "whisper")])
    #expect(!html.contains("secret") && !html.contains("whisper"))
  }

  @Test func aHeavyPageIsAWarningAndAVeryHeavyOneAnError() {
    // Text that does not compress: a sequence of hexadecimal digits without a pattern.
    func noise(_ count: Int) -> String {
      var state: UInt64 = 1
      return String(
        (0..<count).map { _ in
          state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
          return Character(UnicodeScalar(UInt8(33 + (state >> 33) % 94)))
        })
    }
    func diagnostics(_ bytes: Int) -> [Diagnostic] {
      var builder = LessonBuilder()
      builder.cell("print(noise)")
      return Self.site(builder, outputs: [.text(.standardOutput, noise(bytes))]).diagnostics
    }
    #expect(diagnostics(60_000) == [])
    #expect(diagnostics(180_000).map(\.severity) == [.warning])
    let heavy = diagnostics(500_000)
    #expect(heavy.map(\.severity) == [.error])
    #expect(heavy.map(\.identifier) == ["heavy-page"])
  }

  @Test func figuresDoNotCountAsWeight() {
    var builder = LessonBuilder()
    builder.cell("show(plot)") { $0.alt = "Very many bars." }
    var state: UInt64 = 1
    let payload = (0..<40_000).map { _ -> UInt8 in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return UInt8(truncatingIfNeeded: (state >> 33) % 40)
    }
    #expect(Self.site(builder, outputs: [.shown(kind: "test.bars", payload: payload)]).diagnostics == [])
  }

  @Test func aMissingKatexIsToldOnce() {
    let renderer = SiteRenderer(katexFolder: URL(fileURLWithPath: "/nowhere"), shownValues: .bars)
    let site = renderer.render([SampleLesson.material()])
    #expect(site.diagnostics.map(\.identifier) == ["katex"])
    #expect(site.diagnostics.first?.stage == .environment)
    #expect(!site.isComplete)
  }
}
