internal import Lessons
internal import Testing

@Suite("Any text at all")
struct RobustnessTests {
  private let frontMatter = "---\ntitle: T\nsummary: S\norder: 1\n---\n# T\n\n"

  /// Parses, and checks that every place that is told of lies in the file.
  @discardableResult
  private func parse(_ text: String) -> ParseResult {
    let source = SourceFile(path: "lessons/any.md", text: text)
    let result = LessonParser.parse(source, among: LessonIndex(lessons: [source]))
    for diagnostic in result.diagnostics {
      for location in [diagnostic.location] + diagnostic.notes.map(\.location) {
        guard let range = location?.range else { continue }
        #expect(
          source.slice(range) != nil, "\(diagnostic.identifier) \(LessonDump.format(range)) in \(text.prefix(2_000))")
      }
    }
    #expect((result.lesson == nil) == result.diagnostics.contains { $0.severity == .error })
    if let lesson = result.lesson { #expect(!LessonDump.of(lesson).isEmpty) }
    #expect(DiagnosticRenderer().render(result.diagnostics).isEmpty == result.diagnostics.isEmpty)
    return result
  }

  /// Pieces that mean something to one of the parsers.
  private static let pieces = [
    "`", "``", "```", "```swift\n", "~~~", "$", "$$", "$$\n", "@fig-a", "@eq-", "[", "]", "(", ")", "![", "](", "[^a]",
    "[^a]: ",
    "> ", "- ", "1. ", "\t", "    ", "\n", "\n\n", "\r\n", "\r", "|", "\\|", "|---|", "#", "## ", "***", "---", "===",
    "<!--",
    "-->", "<b>", "\\", "*", "_", "~~", "é", "漢", "👩‍🔬", "\u{0301}", "\u{0}", "\u{7}", "\u{FEFF}", "\u{2028}", "\u{85}",
    "//| ",
    "label: fig-a", ": ", "{", "}", "{#eq-a}", "{swift}", "`{swift} x`", "&amp;", "&#0;", "[!NOTE]", "https://a.b",
    "a@b.c", "[x]",
    "[ ]", "\"", "'", "!", "&a", "*a", "? ", "%", "title: ", "x",
  ]

  @Test("Mutated lessons parse or are told of, and crash nothing", arguments: 0..<400 as Range<UInt64>)
  func mutated(seed: UInt64) throws {
    var random = SplitMix(seed: seed)
    let folders =
      try FixtureLessons.names.map { "Lessons/\($0)" } + Golden.fixtures(in: "Mistakes").map { "Mistakes/\($0)" }
    var scalars = Array(try Golden.fixture(folders.randomElement(using: &random) ?? "").unicodeScalars)
    for _ in 0..<Int.random(in: 1...12, using: &random) {
      let place = Int.random(in: 0...scalars.count, using: &random)
      let end = min(scalars.count, place + Int.random(in: 0...20, using: &random))
      switch Int.random(in: 0..<3, using: &random) {
      case 0: scalars.removeSubrange(place..<end)
      case 1:
        scalars.insert(contentsOf: Array(scalars[place..<end]), at: Int.random(in: 0...scalars.count, using: &random))
      default: scalars.insert(contentsOf: (Self.pieces.randomElement(using: &random) ?? "").unicodeScalars, at: place)
      }
    }
    var text = String.UnicodeScalarView()
    text.append(contentsOf: scalars)
    parse(String(text))
  }

  @Test("So do heaps of markup", arguments: 0..<400 as Range<UInt64>)
  func heaps(seed: UInt64) {
    var random = SplitMix(seed: seed)
    let heap = (0..<Int.random(in: 1...200, using: &random)).map { _ in Self.pieces.randomElement(using: &random) ?? ""
    }
    parse((Bool.random(using: &random) ? frontMatter : "") + heap.joined())
  }

  @Test("Deep nesting is told of")
  func deepNesting() {
    for piece in [">", "> ", "- ", "1. ", "*a **b ", "[", "![a", "[a](", "*", "- > "] {
      let result = parse(frontMatter + String(repeating: piece, count: 10_000) + "x\n")
      if [">", "> ", "- ", "1. "].contains(piece) {
        #expect(result.diagnostics.map(\.identifier).contains("nested-too-deeply"))
      }
    }
    var emphasis = ""
    for _ in 0..<5_000 { emphasis += "*a **b " }
    for _ in 0..<5_000 { emphasis += "c** d* " }
    let result = parse(frontMatter + emphasis)
    #expect(result.diagnostics.map(\.identifier) == ["nested-too-deeply"])
  }

  @Test("Large texts are parsed in time that grows with their size", .timeLimit(.minutes(2)))
  func largeTexts() {
    let count = 20_000
    for piece in [
      "words and ", "`code` ", "$x$ ", "$", "$$ ", "@fig-a ", "[a](#t) ", "[a](#no) ", "[^n] ", "<b> ", "**b** ",
      "`{swift} x` ", "|",
      "é", "\\", "`", "``` ", "a\n", "$a\nb$ ", "`a\nb` ", "[a\nb](#t)\n", "> a\n", "- a\n", "\n\n", "```swift\n```\n",
      "$$x$$\n",
      "## a\n", "| a |\n", "//| a: b\n", "\t",
    ] {
      parse(frontMatter + String(repeating: piece, count: count))
    }
    parse("---\n" + String(repeating: "a: [\n", count: count) + "\n---\n")
    parse("---\n" + String(repeating: "a: b\n", count: count) + "\n---\n")
    parse(frontMatter + "```swift\n" + String(repeating: "//| a: b\n", count: count) + "```\n")
    parse(frontMatter + "| a |\n|---|\n" + String(repeating: "| `{swift} x` |\n", count: count))
  }

  @Test("Parsers on several threads do not disturb one another")
  func threads() async throws {
    let index = try FixtureLessons.index()
    let sources = try FixtureLessons.names.map(FixtureLessons.source)
    let expected = sources.map { LessonParser.parse($0, among: index).lesson.map(LessonDump.of) }
    await withTaskGroup(of: Bool.self) { group in
      for _ in 0..<50 {
        for (source, dump) in zip(sources, expected) {
          group.addTask { LessonParser.parse(source, among: index).lesson.map(LessonDump.of) == dump }
        }
      }
      for await isSame in group { #expect(isSame) }
    }
  }
}
