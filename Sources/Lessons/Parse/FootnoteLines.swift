/// Finds the footnotes that cmark drops without a word: those that nothing refers to, and second ones of a name.
struct FootnoteLines {
  private var used: [Int: String] = [:]
  private var skipped: [ClosedRange<Int>] = []

  /// Tells of a definition that cmark kept.
  mutating func use(_ start: SourcePosition, _ lines: SourceLines) {
    used[start.line] = Self.definition(lines.bytes(start.line))?.name ?? ""
  }

  /// Tells of lines that are code, a formula or a comment.
  mutating func skip(_ lines: ClosedRange<Int>) { skipped.append(lines) }

  func reportUnused(_ lines: SourceLines, _ mistakes: MistakeList) {
    let names = Set(used.values)
    var isSkipped = Array(repeating: false, count: lines.lines.count + 1)
    for range in skipped {
      for line in range where isSkipped.indices.contains(line) { isSkipped[line] = true }
    }
    for (index, text) in lines.lines.enumerated() where !isSkipped[index + 1] && used[index + 1] == nil {
      guard text.utf8.contains(UInt8(ascii: "^")), let (name, column) = Self.definition(Array(text.utf8)) else {
        continue
      }
      let range = SourceRange(
        start: SourcePosition(line: index + 1, column: column),
        end: SourcePosition(line: index + 1, column: column + name.utf8.count + 3))
      if names.contains(name) {
        mistakes.add(
          "duplicate-footnote", "the footnote '\(name)' is written twice", at: range, remedy: "rename one of the two")
      } else {
        mistakes.add(
          "unused-footnote", "nothing refers to the footnote '\(name)'", at: range,
          remedy: "write '[^\(name)]' in the text, or remove the footnote")
      }
    }
  }

  /// The name in lower case, and the column of its `[^`, where the line begins with `[^name]:`.
  private static func definition(_ line: [UInt8]) -> (name: String, column: Int)? {
    let start = line.prefix { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: ">") || $0 == UInt8(ascii: "\t") }.count
    let rest = line[start...]
    guard rest.starts(with: "[^".utf8), let end = rest.firstIndex(of: UInt8(ascii: "]")), end > start + 2,
      end + 1 < line.count, line[end + 1] == UInt8(ascii: ":")
    else { return nil }
    let name = line[(start + 2)..<end]
    guard !name.contains(where: { $0 <= UInt8(ascii: " ") }) else { return nil }
    return (String(decoding: name, as: UTF8.self).lowercased(), start + 1)
  }
}
