internal import SnippetRunner
internal import Testing

/// Every kind of mistake, from the lesson's text to what its author reads.
@Suite(.serialized)
struct ErrorTests {
  @Test(arguments: try Golden.fixtures(in: "Errors"))
  func theDiagnosticIsExact(file: String) async throws {
    let name = String(file.dropLast(3))
    let lesson = try FixtureLessons.load("Errors/\(name)")
    let runner = try await FixtureLessons.runner { $0.outputBytesPerCell = 2_000 }
    let text = await Transcript.run(lesson, with: runner)
    try Golden.expect(text, matches: "Errors/\(name).txt")
  }
}
