/// Finds the exercises among a lesson's headings:
///
///     ### Exercise: a wider door      begins an exercise, up to the next heading of this level or above
///     #### Hint                       begins a part that is folded
///     #### Solution                   begins the folded part whose code is tested
///
/// It is shown every block of the document's top level, in order, and says for each where it belongs.
struct ExerciseHeadings {
  /// What a block of the top level is.
  enum Role {
    case ordinary
    /// The heading of an exercise; `titleStart` counts the bytes of its text before the title.
    case exercise(number: Int, level: Int, titleStart: Int)
    case part(CodeScope.Part)
    /// A block of the exercise's part that is open.
    case content
  }

  struct Found {
    var number: Int
    var level: Int
    var title: String
    var heading: SourcePosition
    var range: SourceRange
    var parts: [CodeScope.Part] = []
  }

  private(set) var found: [Found] = []
  /// By the place where cmark says that the block starts.
  private(set) var roles: [SourcePosition: Role] = [:]
  /// The part to which the code of a block belongs, by the place where cmark says that the block starts.
  private(set) var scopes: [SourcePosition: CodeScope] = [:]
  /// The part that is open.
  private var scope: CodeScope?
  private var scopeCount = 0

  /// Takes the next block, whose heading has this place, and gives the part to which its code belongs.
  mutating func take(_ block: MarkdownBlock, range: SourceRange, _ mistakes: MistakeList) -> CodeScope? {
    roles[block.place.start] = role(of: block, range: range, mistakes)
    // A footnote belongs to the page, wherever it is written.
    if case .footnoteDefinition = block.kind { return nil }
    scopes[block.place.start] = scope
    return scope
  }

  /// Tells of the last exercise if it lacks something.
  mutating func finish(_ mistakes: MistakeList) { close(mistakes) }

  private mutating func role(of block: MarkdownBlock, range: SourceRange, _ mistakes: MistakeList) -> Role {
    guard case .heading(let level, _, let text) = block.kind else {
      if case .footnoteDefinition = block.kind { return .ordinary }
      return scope == nil ? .ordinary : .content
    }
    let words = InlineText.plain(text.inlines)
    if scope != nil, let current = found.last, level > current.level {
      return innerHeading(words, level: level, of: current, at: range, mistakes)
    }
    close(mistakes)
    if let titleStart = Self.titleStart(words) {
      let title = String(decoding: Array(words.utf8).dropFirst(titleStart), as: UTF8.self)
      let number = found.count + 1
      found.append(Found(number: number, level: level, title: title, heading: block.place.start, range: range))
      open(.question)
      return .exercise(number: number, level: level, titleStart: titleStart)
    }
    if Self.partName(words) != nil {
      mistakes.add(
        "stray-part", "'\(words)' belongs to an exercise, and this one stands in none", at: range,
        remedy: "begin the exercise with a heading 'Exercise: …' one level above, or word this heading otherwise")
    }
    return .ordinary
  }

  private mutating func innerHeading(
    _ words: String, level: Int, of current: Found, at range: SourceRange, _ mistakes: MistakeList
  ) -> Role {
    guard level == current.level + 1, let part = Self.partName(words) else {
      mistakes.add(
        "misplaced-heading", "an exercise has no headings but 'Hint' and 'Solution', one level below its own",
        at: range, notes: [mistakes.note("the exercise", at: current.range)],
        remedy: "write '\(String(repeating: "#", count: current.level + 1)) Hint' or '… Solution', or bold text")
      return .content
    }
    if part == .solution, current.parts.contains(.solution) {
      mistakes.add(
        "second-solution", "this exercise has a solution already", at: range,
        notes: [mistakes.note("the exercise", at: current.range)], remedy: "join the two")
    } else if part == .hint, current.parts.contains(.solution) {
      mistakes.add(
        "late-hint", "a hint comes before the solution", at: range, remedy: "move it up, above the solution's heading")
    }
    found[found.count - 1].parts.append(part)
    open(part)
    return .part(part)
  }

  private mutating func open(_ part: CodeScope.Part) {
    scope = CodeScope(index: scopeCount, exercise: found.count, part: part)
    scopeCount += 1
  }

  private mutating func close(_ mistakes: MistakeList) {
    guard scope != nil, let last = found.last else { return }
    scope = nil
    guard !last.parts.contains(.solution) else { return }
    mistakes.add(
      "missing-solution", "this exercise has no solution", at: last.range,
      remedy: "write one below a heading '\(String(repeating: "#", count: last.level + 1)) Solution'")
  }

  /// How many bytes stand before the title in `Exercise: title` or `Exercise 2: title`; nil for another heading.
  private static func titleStart(_ words: String) -> Int? {
    let word = "exercise"
    guard words.lowercased().hasPrefix(word) else { return nil }
    let bytes = Array(words.utf8)
    var index = word.utf8.count
    func skip(_ isIncluded: (UInt8) -> Bool) { while index < bytes.count, isIncluded(bytes[index]) { index += 1 } }
    skip { $0 == UInt8(ascii: " ") }
    skip { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    if index == bytes.count { return index }
    guard bytes[index] == UInt8(ascii: ":") || bytes[index] == UInt8(ascii: ".") else { return nil }
    index += 1
    skip { $0 == UInt8(ascii: " ") }
    return index
  }

  private static func partName(_ words: String) -> CodeScope.Part? {
    switch words.lowercased() {
    case "hint", "another hint": .hint
    case "solution": .solution
    default: nil
    }
  }
}
