internal import Lessons
internal import Testing

@Suite("Mistakes in a lesson's writing")
struct MistakeGoldenTests {
  @Test("Each is told as it was", arguments: try Golden.fixtures(in: "Mistakes"))
  func told(name: String) throws {
    let text = try Golden.fixture("Mistakes/\(name)")
    let source = SourceFile(path: "lessons/\(name)", text: text)
    let index = try FixtureLessons.index()
    let result = LessonParser.parse(source, among: index)
    #expect(result.lesson == nil)
    #expect(!result.diagnostics.isEmpty)
    try Golden.expect(
      DiagnosticRenderer().render(result.diagnostics), matches: "Mistakes/\(name.dropLast(3)).txt")
  }

  @Test("A figure for the first page must be one of the lesson's", arguments: ["fig-rign", "eq-x", "fig-ring"])
  func posters(label: String) throws {
    let text = """
      ---
      title: T
      summary: S.
      order: 1
      part: The beginning
      poster: \(label)
      ---

      # T

      $$
      x
      $$ {#eq-x}

      ```swift
      //| label: fig-ring
      //| caption: c
      //| alt: a
      ```
      """
    let source = SourceFile(path: "lessons/01-t.md", text: text)
    let result = LessonParser.parse(source, among: LessonIndex(lessons: [source]))
    guard label != "fig-ring" else {
      #expect(result.lesson?.frontMatter.poster == "fig-ring")
      #expect(result.lesson?.frontMatter.part == "The beginning")
      return
    }
    #expect(result.diagnostics.map(\.summary) == ["there is no figure '\(label)' in this lesson"])
    #expect(result.diagnostics.first?.location?.range.start == SourcePosition(line: 6, column: 9))
  }

  @Test("A lesson with mistakes still gives its formulas, so that those are checked with the rest")
  func formulasOfABrokenLesson() throws {
    let text = "---\ntitle: T\nsummary: S.\n---\n\n# T\n\nText $x$ and @fig-none.\n\n$$\ny\n$$\n"
    let source = SourceFile(path: "lessons/01-t.md", text: text)
    let result = LessonParser.parse(source, among: LessonIndex(lessons: [source]))
    #expect(result.lesson == nil)
    #expect(result.formulas.map(\.tex) == ["x", "y"])
  }
}
