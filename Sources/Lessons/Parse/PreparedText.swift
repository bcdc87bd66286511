/// A lesson's text made ready for the parsers: line ends are `\n`, the front matter is cut off but its lines still count,
/// and characters that no page may hold are told of and replaced, byte by byte, so that no position moves.
struct PreparedText {
  /// The Markdown, below as many empty lines as the front matter has.
  let body: String
  /// Nil where the file does not start with `---`, or it never ends.
  let frontMatter: MappedText?
  let lines: [String]

  init(_ source: SourceFile, mistakes: MistakeList) {
    let lines = source.lines.enumerated().map { Self.checked($1, line: $0 + 1, mistakes) }
    self.lines = lines
    let end = Self.frontMatterEnd(lines)
    frontMatter = end.map { end in
      MappedText(lines: (1..<end).map { (lines[$0], SourcePosition(line: $0 + 1, column: 1)) })
    }
    if end == nil {
      let isOpen = lines.first.map(Self.isRule) ?? false
      let start = SourcePosition(line: 1, column: 1)
      mistakes.add(
        "missing-front-matter", isOpen ? "the front matter never ends" : "the lesson has no front matter",
        at: SourceRange(start: start, end: SourcePosition(line: 1, column: isOpen ? 4 : 1)),
        remedy: isOpen
          ? "end it with a line '---'"
          : "begin the file with '---', the lines 'title:', 'summary:' and 'order:', and '---'")
    }
    let skipped = end.map { $0 + 1 } ?? 0
    body = (Array(repeating: "", count: skipped) + lines[min(skipped, lines.count)...]).joined(separator: "\n")
  }

  private static func isRule(_ line: String) -> Bool {
    line.hasPrefix("---") && line.dropFirst(3).allSatisfy { $0 == " " }
  }

  private static func frontMatterEnd(_ lines: [String]) -> Int? {
    guard let first = lines.first, isRule(first) else { return nil }
    return lines.indices.dropFirst().first { isRule(lines[$0]) }
  }

  private static func checked(_ line: String, line number: Int, _ mistakes: MistakeList) -> String {
    guard line.unicodeScalars.contains(where: isForbidden) else { return line }
    var (result, column) = ("", 1)
    for scalar in line.unicodeScalars {
      let width = UTF8.width(scalar)
      if isForbidden(scalar) {
        let code = String(scalar.value, radix: 16, uppercase: true)
        mistakes.add(
          "forbidden-character",
          "the character U+\(String(repeating: "0", count: max(0, 4 - code.count)))\(code) cannot stand in a lesson",
          at: SourceRange(
            start: SourcePosition(line: number, column: column),
            end: SourcePosition(line: number, column: column + width)),
          remedy: "remove it; it is a control character that no page can show")
        result += String(repeating: " ", count: width)
      } else {
        result.unicodeScalars.append(scalar)
      }
      column += width
    }
    return result
  }

  /// Control characters other than the tab, and what Unicode says is no character.
  private static func isForbidden(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x09: false
    case 0..<0x20, 0x7F..<0xA0, 0x2028, 0x2029, 0xFDD0...0xFDEF, 0xFEFF: true
    default: scalar.value & 0xFFFE == 0xFFFE
    }
  }
}
