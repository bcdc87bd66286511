import Foundation
import Lessons
import SiteBuilder
import SnippetRunner
import Testing

@Suite struct SyntaxHighlighterTests {
  /// The language server beside the compiler that built this test.
  private static let server: String? = {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    return folders.map { "\($0)/sourcekit-lsp" }.first { FileManager.default.isExecutableFile(atPath: $0) }
  }()

  private static func toolchain(_ server: String, fingerprint: String = "one") -> SyntaxHighlighter.Toolchain {
    // Every toolchain has the module `Swift`; colours do not depend on the lessons' own.
    SyntaxHighlighter.Toolchain(
      languageServer: server, compilerArguments: ["-swift-version", "5"], lessonModule: "Swift",
      fingerprint: fingerprint)
  }

  private static func lesson() -> Lesson {
    var builder = LessonBuilder()
    builder.cell("/// Twice as much.\nfunc double(_ x: Int) -> Int { x + x }\nlet 🎉 = \"é🎉\"; let after = double(21)")
    builder.cell("notSwift(at all") { $0.ignore = true }
    builder.cell("print(\"\\(after)\")  // shown")
    return builder.lesson
  }

  private static func described(_ tokens: LessonTokens, _ cell: Int, of lesson: Lesson) -> [String] {
    let bytes = Array(lesson.cells[cell].code.utf8)
    return tokens.cells[cell].map { token in
      "\(token.kind.rawValue) \(String(decoding: bytes[token.offset..<token.offset + token.length], as: UTF8.self))"
    }
  }

  @Test(.enabled(if: server != nil)) func namesCarryWhatTheCompilerKnows() throws {
    let lesson = Self.lesson()
    let highlighter = SyntaxHighlighter(toolchain: Self.toolchain(try #require(Self.server)), cacheFolder: nil)
    let result = highlighter.highlight(lesson)
    #expect(result.warnings == [])
    #expect(
      Self.described(result.tokens, 0, of: lesson) == [
        "comment /// Twice as much.", "keyword func", "variable double", "variable x", "type Int", "type Int",
        "variable x", "functionOperator +", "variable x", "keyword let", "variable 🎉", "string \"é🎉\"", "keyword let",
        "variable after", "function double", "number 21",
      ])
    #expect(Self.described(result.tokens, 1, of: lesson) == ["function notSwift"])
    #expect(
      Self.described(result.tokens, 2, of: lesson) == [
        "function print", "string \"", "variable after", "string \"", "comment // shown",
      ])
    let call = try #require(result.tokens.cells[0].last { $0.kind == .function }?.hover)
    #expect(
      result.tokens.hovers[call]
        == Hover(
          declarations: ["func double(_ x: Int) -> Int"], documentation: "Twice as much.",
          symbols: ["s:4main6doubleyS2iF"]))
    #expect(Set(result.tokens.hovers).count == result.tokens.hovers.count)
  }

  @Test(.enabled(if: server != nil)) func answersAreKeptUnderTheCodeAndTheToolchain() throws {
    let lesson = Self.lesson()
    let cache = try TemporaryFolder()
    let first = SyntaxHighlighter(toolchain: Self.toolchain(try #require(Self.server)), cacheFolder: cache.url)
    let tokens = first.highlight(lesson).tokens
    // A server that does not exist is not missed as long as nothing has to be asked.
    let second = SyntaxHighlighter(toolchain: Self.toolchain("/nowhere/server"), cacheFolder: cache.url)
    #expect(second.highlight(lesson).tokens == tokens)
    #expect(second.highlight(lesson).warnings == [])
    let other = SyntaxHighlighter(
      toolchain: Self.toolchain("/nowhere/server", fingerprint: "two"), cacheFolder: cache.url)
    #expect(other.highlight(lesson).warnings.count == 1)
    // An entry that belongs to another key is none, whatever its name says.
    let kept = try #require(try cache.files().first)
    let otherCache = try TemporaryFolder()
    _ = SyntaxHighlighter(
      toolchain: Self.toolchain(try #require(Self.server), fingerprint: "two"), cacheFolder: otherCache.url
    ).highlight(lesson)
    try otherCache.write(kept.value, to: try #require(try otherCache.names().first))
    let misled = SyntaxHighlighter(
      toolchain: Self.toolchain("/nowhere/server", fingerprint: "two"), cacheFolder: otherCache.url)
    #expect(misled.highlight(lesson).warnings.count == 1)
    for name in try cache.names() { try cache.write("{ damaged", to: name) }
    #expect(second.highlight(lesson).warnings.count == 1)
  }

  /// The whole way, with the library as it was built beside this test.
  @Test(.enabled(if: server != nil)) func theLessonsOwnModulesAreUnderstood() async throws {
    let cache = try TemporaryFolder()
    let editor = await EditorSupport(
      toolchain: try await SnippetRunner.Toolchain.find(), cacheFolder: cache.url.path)
    let toolchain = SyntaxHighlighter.Toolchain(
      languageServer: try #require(editor.languageServer), compilerArguments: editor.compilerArguments,
      lessonModule: editor.lessonModule, fingerprint: editor.fingerprint)
    var builder = LessonBuilder()
    builder.cell("let twice = Tensor([[1, 2], [3, 4]]) + 1\nprint(twice.shape)")
    let result = SyntaxHighlighter(toolchain: toolchain, cacheFolder: nil).highlight(builder.lesson)
    #expect(result.warnings == [])
    let shape = result.tokens.hovers.first { $0.declarations.first?.contains("shape") == true }
    #expect(shape?.documentation.isEmpty == false)
  }

  @Test(arguments: [
    ("exit 0", "ended before it answered"), ("exec sleep 30", "took too long to answer"),
    ("exec cat", "gave an answer to initialize that is not understood"),
    ("printf 'Content-Length: 2\\r\\n\\r\\n{}'; exec sleep 30", "took too long to answer"),
    ("printf 'Content-Length: 3\\r\\n\\r\\nabc'; exec sleep 30", "gave an answer to initialize that is not understood"),
  ])
  func aServerThatFailsLeavesColoursBySpelling(_ script: String, _ reason: String) throws {
    let folder = try TemporaryFolder()
    let lesson = Self.lesson()
    // Long where the server does something, or a busy machine would decide the result.
    let timeout: Duration = reason.contains("too long") ? .milliseconds(200) : .seconds(60)
    let highlighter = SyntaxHighlighter(
      toolchain: Self.toolchain(try folder.script(script)), cacheFolder: nil, timeout: timeout)
    let result = highlighter.highlight(lesson)
    #expect(result.tokens == SyntaxHighlighter.lexicalTokens(of: lesson))
    #expect(result.warnings.map(\.severity) == [.warning])
    #expect(result.warnings.first?.summary.contains(reason) == true, "\(result.warnings)")
  }

  @Test func aMissingServerIsNamed() {
    let highlighter = SyntaxHighlighter(toolchain: Self.toolchain("/nowhere/server"), cacheFolder: nil)
    let warnings = highlighter.highlight(Self.lesson()).warnings
    #expect(warnings.map(\.identifier) == ["language-server"])
    #expect(warnings.first?.summary.contains("could not be started (No such file or directory)") == true)
    #expect(warnings.first?.remedy == "Check that /nowhere/server runs.")
  }

  @Test(.enabled(if: server != nil)) func codeThatIsNotUnderstoodIsNotGuessedAt() throws {
    let cache = try TemporaryFolder()
    let highlighter = SyntaxHighlighter(toolchain: Self.toolchain(try #require(Self.server)), cacheFolder: cache.url)
    var builder = LessonBuilder()
    builder.cell("let network = NoSuchThing(width: 32)")
    let result = highlighter.highlight(builder.lesson)
    #expect(result.tokens == SyntaxHighlighter.lexicalTokens(of: builder.lesson))
    #expect(result.warnings.first?.summary.contains("does not find what the code uses") == true)
    #expect(try cache.names() == [])
    var failing = LessonBuilder()
    failing.cell("let network = NoSuchThing(width: 32)") { $0.error = "NoSuchThing" }
    #expect(highlighter.highlight(failing.lesson).warnings == [])
  }

  @Test(.enabled(if: server != nil)) func labelsAndTheLibrarysOperatorsStayQuiet() throws {
    var builder = LessonBuilder()
    builder.cell(
      """
      /// A pair.
      ///
      /// ```swift
      /// let pair = Pair(a: 1)
      /// ```
      struct Pair { var a = 1 }
      infix operator +-
      func +- (left: Pair, right: Pair) -> Int { left.a + right.a }
      let sum = Pair(a: 1) +- Pair(a: 2)
      """)
    let lesson = builder.lesson
    let highlighter = SyntaxHighlighter(toolchain: Self.toolchain(try #require(Self.server)), cacheFolder: nil)
    let tokens = highlighter.highlight(lesson).tokens
    let described = Self.described(tokens, 0, of: lesson)
    let hasHover = Dictionary(
      zip(described, tokens.cells[0].map { $0.hover != nil }), uniquingKeysWith: { $0 || $1 })
    #expect(hasHover["functionOperator +"] == false)
    #expect(hasHover["functionOperator +-"] == true)
    #expect(hasHover["parameter a"] == true)
    let type = tokens.hovers.first { $0.declarations.first == "struct Pair" }
    #expect(type?.documentation == "A pair.")
    #expect(tokens.hovers.allSatisfy { !$0.declarations.contains { $0.contains("let pair") } })
  }

  @Test func withoutToolchainNothingIsAsked() {
    let result = SyntaxHighlighter(toolchain: nil, cacheFolder: nil).highlight(Self.lesson())
    #expect(result.warnings == [])
    #expect(result.tokens.cells.count == 3)
  }
}
