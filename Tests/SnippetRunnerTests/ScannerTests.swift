internal import Lessons
internal import SnippetRunner
internal import Testing

struct CodeScannerTests {
  private func words(_ code: String) throws -> [CodeWord] {
    CodeScanner.words(of: try FixtureLessons.lesson(cells: [code]).cells[0])
  }

  @Test func commentsAndStringsHoldNoNames() throws {
    let code = ##"""
      let a = "b \(c + d("e")) f" // g
      /* h /* i */ j */ let k = #"l \#(m) \(n)"#
      let o = """
        p "q" \(r)
        """; s
      """##
    #expect(try words(code).map(\.text) == ["let", "a", "c", "d", "let", "k", "m", "let", "o", "r", "s"])
  }

  @Test func placesAreTheMarkdowns() throws {
    let found = try words("let x = 0x1F\n  y.z { w }")
    #expect(found.map(\.text) == ["let", "x", "y", "z", "w"])
    #expect(
      found.map { [$0.position.line, $0.position.column] } == [[12, 1], [12, 5], [13, 3], [13, 5], [13, 9]])
    #expect(found.map(\.isMember) == [false, false, false, true, false])
    #expect(found.map(\.depth) == [0, 0, 0, 0, 1])
  }

  @Test func globalsAreDeclaredAtTheTop() throws {
    let code =
      "let a = 1\nif let b = c { let d = 2 }\nfunc e() { var f = 3 }\nvar g: Int\nguard let h else { fatalError() }"
    let cell = try FixtureLessons.lesson(cells: [code]).cells[0]
    #expect(CodeScanner.globals(of: cell).map(\.name.text) == ["a", "g"])
  }

  @Test func patternsAndListsDeclareAllOfTheirNames() throws {
    let code = """
      let (a, (b, _)) = (c, d)
      var (x: e, y: f) = g
      let h = i { j, k in
        j
      }, l: [Int] = [1,
        2], m =
        3
      let n: Dictionary<Int, o> = [:]
      p(q, r)
      let _ = s
      if let t = u, let v = w {}
      let (
        z, aa
      ) = bb; cc(dd)
      """
    let found = CodeScanner.globals(of: try FixtureLessons.lesson(cells: [code]).cells[0])
    #expect(found.map(\.name.text) == ["a", "b", "e", "f", "h", "l", "m", "n", "z", "aa"])
    #expect(found.map { $0.line - 12 } == [0, 0, 1, 1, 2, 2, 2, 7, 11, 11])
    #expect(found.map { $0.name.position.line - 12 } == [0, 0, 1, 1, 2, 4, 5, 7, 12, 12])
  }

  @Test func whatEndsARangeIsNoMember() throws {
    let found = try words("1...a; 0..<b; c.d; \\.e; .f; ...g")
    #expect(found.map(\.text) == ["a", "b", "c", "d", "e", "f", "g"])
    #expect(found.map(\.isMember) == [false, false, false, true, true, true, false])
  }

  @Test func inlineExpressionsHavePlacesToo() throws {
    let lesson = try FixtureLessons.lesson(cells: ["let a = 1"], prose: "It is `{swift} a + b.c`.")
    let found = CodeScanner.words(of: lesson.inlineExpressions[0])
    #expect(found.map(\.text) == ["a", "b", "c"])
    #expect(found.map { [$0.position.line, $0.position.column] } == [[9, 16], [9, 20], [9, 22]])
  }

  /// Code that does not parse reaches the scanner too.
  @Test(arguments: [
    "\"", "\"\"\"", "/*", "#", "##\"", "\"\\(", ")}]", "\"\\", "#\"\\#(", "let", "let (", "let (a", "let (a:", "let a,",
    "let a = 1,", "let ,", "var )",
  ])
  func unfinishedCodeIsNoTrap(code: String) throws {
    _ = try words(code)
    _ = CodeScanner.globals(of: try FixtureLessons.lesson(cells: [code]).cells[0])
  }
}

struct CompilerMessageTests {
  @Test func messagesAreTakenOutOfTheOutput() {
    let output = """
      lessons/a: b.md:12:5: error: cannot find 'x' in scope
      let y = x: error: no
              ^
      main.swift:3: warning: old [#deprecated]
      <unknown>:0: error: broken
      lessons/a: b.md:1:2: note: here
      error: emit-module command failed
      """
    #expect(
      CompilerMessage.parse(output) == [
        CompilerMessage(
          path: "lessons/a: b.md", line: 12, column: 5, severity: .error, text: "cannot find 'x' in scope"),
        CompilerMessage(path: "main.swift", line: 3, column: 0, severity: .warning, text: "old"),
        CompilerMessage(path: "<unknown>", line: 0, column: 0, severity: .error, text: "broken"),
        CompilerMessage(path: "lessons/a: b.md", line: 1, column: 2, severity: .note, text: "here"),
      ])
  }
}
