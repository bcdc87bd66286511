import Figures
import Foundation
import Lessons
import SiteBuilder
import SnippetProtocol
import SnippetRunner
import Testing

/// Exercises, predictions, the recap and the symbols, from Markdown to the site.
@Suite struct TeachingTests {
  private static let head = """
    ---
    title: T
    summary: S.
    order: 1
    symbols:
      - symbol: x
        meaning: a picture of $D$ pixels
        code: picture
      - symbol: D
        meaning: how many pixels
    ---

    # T

    > [!TIP]
    > **Predict first.** What is $x_D$?
    >
    > **Answer.** It is `{swift} picture`.[^one]

    $$
    x = D < 2
    $$ {#eq-x}

    ```swift
    let picture = 1
    ```

    """
  private static let exercise = """

    ## Exercise: find *it*

    The question of `picture`.

    ### Hint

    A nudge.

    ### Solution

    The secretword of $x^{77}$, and `{swift} secretvalue`.[^two]

    ```swift
    //| label: fig-secretfigure
    //| caption: The secretcaption.
    //| alt: The secretalternative.
    let secretcode = 1
    ```

    ## After

    The end.[^three]

    [^one]: Note one.
    [^two]: The secretnote.
    [^three]: Note three.

    """

  private static func material(_ text: String) throws -> LessonMaterial {
    let source = SourceFile(path: "lessons/01-t.md", text: text)
    let parsed = LessonParser.parse(source, among: LessonIndex(lessons: [source]))
    #expect(parsed.diagnostics == [])
    let lesson = try #require(parsed.lesson)
    var tokens = SyntaxHighlighter.lexicalTokens(of: lesson)
    tokens.hovers = [
      Hover(declarations: ["let picture: Int"], documentation: ""),
      Hover(declarations: ["let secretcode: Int"], documentation: "A secretdocumentation."),
    ]
    for (index, name) in ["picture", "secretcode"].enumerated() where index < lesson.cells.count {
      tokens.cells[index] = [CodeToken(offset: 4, length: name.utf8.count, kind: .variable, hover: index)]
    }
    let place = Place(file: lesson.source.path, line: 1, column: 1)
    var writer = WireWriter()
    writer.write(LineChart(x: [1, 2], y: ["secretseries": [1, 2]], xAxis: "a", yAxis: "b").figure)
    let runs = lesson.cells.map { cell -> CellRun in
      guard cell.scope != nil else {
        return CellRun(outputs: [.claim(Claim(text: "one is one", holds: true, detail: "1 < 2", place: place))])
      }
      return CellRun(outputs: [
        .text(.standardOutput, "secretoutput\n"), .shown(kind: Figure.wireKind, payload: writer.bytes),
        .claim(Claim(text: "secretclaim", holds: true, detail: "", place: place)),
      ])
    }
    let values = lesson.inlineExpressions.map { $0.code }
    return LessonMaterial(lesson: lesson, run: LessonRun(cells: runs, inlineValues: values), tokens: tokens)
  }

  private static func site(_ text: String, withSolutions: Bool = true) throws -> Site {
    let site = SiteRenderer().render([try material(text)], withSolutions: withSolutions)
    #expect(site.diagnostics == [])
    return site
  }

  private static func page(_ site: Site) throws -> String {
    let file = try #require(site.files.first { $0.path == "01-t.html" })
    return String(decoding: file.content, as: UTF8.self)
  }

  @Test func partsOfAnExerciseAreFoldedAndWellFormed() throws {
    let html = try Self.page(try Self.site(Self.head + Self.exercise))
    #expect(HTMLChecker(html).mistakes == [])
    #expect(html.contains(">Exercise 1: find <em>it</em>"))
    #expect(html.contains("<details class=\"part hint\"><summary>Hint</summary><p>A nudge.</p>"))
    #expect(html.contains("<details class=\"part solution\"><summary>Solution</summary>"))
    #expect(html.contains("<li><a href=\"#exercise-find-it\">Exercise 1: find <em>it</em></a></li>"))
    for word in ["secretword", "secretvalue", "secretcode", "secretoutput", "secretnote", "secretseries"] {
      #expect(html.contains(word), "\(word)")
    }
  }

  /// Not a byte of a solution is anywhere in the site that students get, and what is left is whole.
  @Test func aStudentsSiteHasNothingOfASolution() throws {
    let site = try Self.site(Self.head + Self.exercise, withSolutions: false)
    for file in site.files {
      let text = String(decoding: file.content, as: UTF8.self).lowercased()
      #expect(!text.contains("secret"), "\(file.path)")
      #expect(!file.path.contains("secret"), "\(file.path)")
      #expect(!text.contains("x^{77}"), "\(file.path)")
    }
    let html = try Self.page(site)
    #expect(HTMLChecker(html).mistakes == [])
    #expect(html.contains("A nudge."))
    #expect(!html.contains("part solution"))
    // The third footnote is the second of those that are left.
    #expect(html.contains("href=\"#fn:2\""))
    #expect(html.contains("<li id=\"fn:2\"><p>Note three."))
    #expect(!html.contains("fn:3"))
    #expect(html.contains("id=\"type:0\"") && !html.contains("id=\"type:1\""))
  }

  /// The check above can fail: with solutions, every one of these words is somewhere.
  @Test func theWholeSiteHasThemAll() throws {
    let site = try Self.site(Self.head + Self.exercise)
    let all = site.files.map { String(decoding: $0.content, as: UTF8.self) }.joined()
    for word in [
      "word", "value", "code", "output", "note", "series", "claim", "caption", "alternative", "figure", "documentation",
    ] {
      #expect(all.contains("secret" + word), "secret\(word)")
    }
    #expect(site.files.contains { $0.path == "data/01-t/fig-secretfigure.csv" })
    #expect(site.files.contains { $0.path == "assets/search-index.js" && $0.content.count > 100 })
  }

  @Test func theAnswerOfAPredictionIsFolded() throws {
    let html = try Self.page(try Self.site(Self.head + Self.exercise))
    #expect(html.contains("<div class=\"alert predict\" role=\"note\" aria-label=\"Predict first\">"))
    #expect(html.contains("<details class=\"part answer\"><summary>Answer</summary><p>It is <span class=\"value\""))
    #expect(!html.contains("<strong>Predict"))
  }

  @Test(arguments: [
    ("one is one", "One is one"), ("a seed is enough", "A seed is enough"), ("β is small", "β is small"),
    ("x is small", "x is small"), ("x_1 is small", "x_1 is small"), ("ELBO rises", "ELBO rises"), ("", ""),
    ("Σ is whole", "Σ is whole"), ("L1's error is small", "L1's error is small"), ("é", "é"),
  ])
  func aClaimBeginsWithACapitalUnlessWithASymbol(_ claim: String, _ sentence: String) {
    #expect(ClaimText.sentence(claim) == sentence)
  }

  @Test func theLessonsClaimsAreListedAtItsEnd() throws {
    let html = try Self.page(try Self.site(Self.head + Self.exercise))
    let parts = html.components(separatedBy: "<div class=\"recap\">")
    #expect(parts.count == 2)
    let list = parts[1].prefix { $0 != "\n" }
    #expect(list.contains("<a href=\"#cell:cell-1\">One is one</a> <span class=\"detail\">1 &lt; 2</span>"))
    #expect(!list.contains("secretclaim"), "a solution's claims are not the lesson's")
    #expect(html.contains("<h2 id=\"Claims\">What you should now be able to say"))
    #expect(html.contains("<li><a href=\"#Claims\">What you should now be able to say</a></li>"))
  }

  @Test func theRecapStandsWhereItsHeadingIs() throws {
    let text =
      Self.head + "\n## What you should now be able to say\n\n- Words.\n\n## After\n\nThe end.\n\n[^one]: Note.\n"
    let html = try Self.page(try Self.site(text))
    #expect(!html.contains("id=\"Claims\""))
    let pieces = html.components(separatedBy: "<div class=\"recap\">")
    #expect(pieces.count == 2)
    #expect(pieces[0].contains("<li>Words.</li>") && !pieces[0].contains("<h2 id=\"after\">"))
    #expect(pieces[1].contains("<h2 id=\"after\">"))
  }

  @Test func symbolsCarryTheirNumberInFormulasCodeAndTable() throws {
    let html = try Self.page(try Self.site(Self.head + Self.exercise))
    let formula = try #require(html.components(separatedBy: "class=\"equation-body\"").dropFirst().first)
      .components(separatedBy: "class=\"equation-number\"")[0]
    #expect(formula.contains("<span class=\"enclosing\" data-s=\"0\"><span class=\"mord mathnormal\">x</span>"))
    #expect(formula.contains("data-s=\"1\""))
    #expect(formula.contains("<annotation encoding=\"application/x-tex\">x = D &lt; 2</annotation>"))
    #expect(html.contains("<span data-h=\"0\" data-s=\"0\">picture</span>"))
    #expect(html.contains("The question of <code data-s=\"0\">picture</code>"))
    #expect(html.contains("<tr id=\"symbol:0\"><td class=\"symbol\">"))
    #expect(!html.contains("htmlData"))
  }

  @Test func aFunctionThatIsASymbolKeepsItsIndex() throws {
    let text = #"""
      ---
      title: T
      summary: S.
      order: 1
      symbols:
        - symbol: \operatorname{KL}
          meaning: a divergence
      ---

      # T

      It is $\operatorname{KL}_q$.

      """#
    let html = try Self.page(try Self.site(text))
    #expect(HTMLChecker(html).mistakes == [])
    #expect(
      html.contains("<msub><mrow><mi mathvariant=\"normal\">KL</mi><mo>\u{2061}</mo></mrow><mi>q</mi></msub>"))
  }

  @Test func withoutSymbolsNothingIsMarked() throws {
    let start = try #require(Self.head.range(of: "symbols:")?.lowerBound)
    let end = try #require(Self.head.range(of: "---\n\n# T")?.lowerBound)
    var text = Self.head + "\n[^one]: Note.\n"
    text.removeSubrange(start..<end)
    let html = try Self.page(try Self.site(text))
    #expect(!html.contains("data-s"))
    #expect(!html.contains("class=\"symbols\""))
  }
}
