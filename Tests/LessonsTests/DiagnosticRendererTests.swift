internal import Lessons
internal import Testing

@Suite("Diagnostics as text")
struct DiagnosticRendererTests {
  private func render(
    _ text: String, _ start: (Int, Int), _ end: (Int, Int), width: Int = 100, color: Bool = false
  ) -> String {
    let source = SourceFile(path: "a.md", text: text)
    let range = SourceRange(
      start: SourcePosition(line: start.0, column: start.1), end: SourcePosition(line: end.0, column: end.1))
    let diagnostic = Diagnostic(
      stage: .writing, identifier: "x", summary: "what is wrong", location: source.location(range), remedy: "do it")
    return DiagnosticRenderer(usesColor: color, width: width).render(diagnostic)
  }

  @Test("Carets stand under the place, whatever stands before it")
  func carets() {
    #expect(
      render("ab cd\n", (1, 4), (1, 6)) == """
        a.md:1:4: error: what is wrong
           1 | ab cd
             |    ^~
        help: do it

        """)
    // A tab goes to the next stop, a wide character takes two columns, a joined one of many scalars two, a mark none.
    #expect(render("\tx", (1, 2), (1, 3)).contains("   1 |     x\n     |     ^\n"))
    #expect(render("a\tx", (1, 3), (1, 4)).contains("   1 | a   x\n     |     ^\n"))
    #expect(render("漢x", (1, 4), (1, 5)).contains("\n     |   ^\n"))
    #expect(render("👩‍🔬x", (1, 12), (1, 13)).contains("\n     |   ^\n"))
    #expect(render("e\u{301}x", (1, 4), (1, 5)).contains("\n     |  ^\n"))
    #expect(render("漢字", (1, 1), (1, 7)).contains("\n     | ^~~~\n"))
  }

  @Test("Places at the end of a line, of the file and outside it are marked with one caret")
  func ends() {
    #expect(render("ab", (1, 3), (1, 3)).contains("   1 | ab\n     |   ^\n"))
    #expect(render("ab", (1, 2), (1, 2)).contains("\n     |  ^\n"))
    #expect(render("", (1, 1), (1, 1)).contains("   1 |\n     | ^\n"))
    #expect(render("ab", (9, 1), (9, 2)) == "a.md:9:1: error: what is wrong\nhelp: do it\n")
    #expect(render("ab", (1, 40), (1, 50)).contains("   1 | ab\n     |   ^\n"))
  }

  @Test("Of many lines the first two and the last are shown")
  func manyLines() {
    let text = (1...12).map { "line \($0)" }.joined(separator: "\n")
    #expect(
      render(text, (3, 2), (11, 5)) == """
        a.md:3:2: error: what is wrong
           3 | line 3
             |  ^~~~~
           4 | line 4
             | ~~~~~~
             ...
          11 | line 11
             | ~~~~
        help: do it

        """)
  }

  @Test("A long line is cut around the place", arguments: [1, 40, 150, 290])
  func longLines(column: Int) throws {
    let line = (0..<300).map { String($0 % 10) }.joined()
    let shown = render(line, (1, column), (1, column + 3), width: 60).split(separator: "\n")
    #expect(shown.allSatisfy { $0.count <= 60 })
    let caret = try #require(shown[2].firstIndex(of: "^"))
    let offset = shown[2].distance(from: shown[2].startIndex, to: caret)
    let marked = shown[1].dropFirst(offset).prefix(3)
    #expect(String(marked) == String(line.dropFirst(column - 1).prefix(3)))
  }

  @Test("Color marks severity, place and carets, and takes no room")
  func color() {
    let colored = render("ab cd", (1, 4), (1, 6), color: true)
    #expect(colored.contains("\u{1B}[1;31merror:\u{1B}[0m"))
    #expect(colored.contains("\u{1B}[1;31m^~\u{1B}[0m"))
    var plain = ""
    var isEscape = false
    for character in colored {
      if character == "\u{1B}" { isEscape = true }
      if !isEscape { plain.append(character) }
      if isEscape, character == "m" { isEscape = false }
    }
    #expect(plain == render("ab cd", (1, 4), (1, 6)))
  }

  @Test("Notes have excerpts of their own, and nothing in a text drives the terminal")
  func notes() {
    let source = SourceFile(path: "a.md", text: "one \u{1B}[31m\ntwo")
    func range(_ line: Int) -> SourceRange {
      SourceRange(start: SourcePosition(line: line, column: 1), end: SourcePosition(line: line, column: 4))
    }
    let diagnostic = Diagnostic(
      severity: .warning, stage: .writing, identifier: "x", summary: "sum\u{1B}mary\nhere",
      location: source.location(range(2)),
      notes: [.init(message: "there", location: source.location(range(1))), .init(message: "nowhere")])
    #expect(
      DiagnosticRenderer().render(diagnostic) == """
        a.md:2:1: warning: sum\u{FFFD}mary here
           2 | two
             | ^~~
        a.md:1:1: note: there
           1 | one \u{FFFD}[31m
             | ^~~
        note: nowhere

        """)
  }
}
