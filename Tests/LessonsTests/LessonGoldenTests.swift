internal import Lessons
internal import Testing

@Suite("Parsed lessons")
struct LessonGoldenTests {
  @Test("Each fixture parses without a mistake and dumps as it did", arguments: FixtureLessons.names)
  func dump(name: String) throws {
    let result = LessonParser.parse(try FixtureLessons.source(name), among: try FixtureLessons.index())
    let told = DiagnosticRenderer().render(result.diagnostics)
    #expect(told == "")
    let lesson = try #require(result.lesson)
    try Golden.expect(LessonDump.of(lesson), matches: "Lessons/\(name.dropLast(3)).txt")
  }
}
