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

  @Test("A lesson with mistakes still gives its formulas, so that those are checked with the rest")
  func formulasOfABrokenLesson() throws {
    let text = "---\ntitle: T\nsummary: S.\n---\n\n# T\n\nText $x$ and @fig-none.\n\n$$\ny\n$$\n"
    let source = SourceFile(path: "lessons/01-t.md", text: text)
    let result = LessonParser.parse(source, among: LessonIndex(lessons: [source]))
    #expect(result.lesson == nil)
    #expect(result.formulas.map(\.tex) == ["x", "y"])
  }
}
