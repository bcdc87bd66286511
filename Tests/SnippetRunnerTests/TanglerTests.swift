internal import Lessons
internal import SnippetRunner
internal import Testing

struct TanglerTests {
  @Test func programsAreExact() throws {
    let lesson = try FixtureLessons.load("Good/tour")
    let tangled = Tangler().tangle(lesson)
    var text = "=== main\n" + tangled.main
    for program in tangled.separate {
      text += "=== \(lesson.cells[program.cell].name): \(program.purpose)\n" + program.text
    }
    try Golden.expect(text, matches: "tour-tangled.txt")
  }

  /// What is written in a lesson stands in the program at the same column, below a directive that names its line.
  @Test func linesAndColumnsAreTheMarkdowns() throws {
    let lesson = try FixtureLessons.load("Good/tour")
    var line: Int?
    var checked = 0
    for text in Tangler().tangle(lesson).main.split(separator: "\n", omittingEmptySubsequences: false) {
      if text.hasPrefix("#sourceLocation") {
        line = text.split(separator: "line: ").dropFirst().first.flatMap { Int($0.dropLast()) }
      } else if let current = line {
        let original = lesson.source.lines[current - 1]
        if text.contains(where: { $0 != " " }) {
          let isInline = lesson.inlineExpressions.contains { text.hasSuffix($0.code) && original.contains("`{swift}") }
          let code = text.drop { $0 == " " }
          #expect(isInline ? original.dropFirst(text.count - code.count).hasPrefix(code) : original == text)
          checked += 1
        }
        line = current + 1
      }
    }
    #expect(checked > 15)
  }

  @Test func aPathMayHoldQuotes() throws {
    let text = "---\ntitle: A\nsummary: B.\norder: 1\n---\n\n# A\n\n```swift\nprint(1)\n```\n"
    let lesson = try FixtureLessons.parse(text, path: "lessons/a\"b\\c.md")
    #expect(Tangler().tangle(lesson).main.contains(#"#sourceLocation(file: "lessons/a\"b\\c.md", line: 10)"#))
  }
}
