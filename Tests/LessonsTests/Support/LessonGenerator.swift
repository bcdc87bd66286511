/// Writes random lessons whose every marked piece holds a word of its own, so that a test can find by searching the text
/// where the parser must say that it stands.
struct LessonGenerator {
  var random: SplitMix
  private var lines = [
    "---", "title: Größe", "summary: S", "order: 1", "---", "# Title", "",
  ]
  private var count = 0
  /// Words in code, in the order of the document.
  private(set) var codeWords: [String] = []
  private(set) var expressions: [String] = []
  private(set) var formulas: [String] = []
  /// Links that lead nowhere, whole, as written when on one line.
  private(set) var brokenLinks: [String] = []

  init(seed: UInt64) { random = SplitMix(seed: seed) }

  var text: String { lines.joined(separator: "\n") + "\n" }

  private mutating func word(_ kind: String) -> String {
    count += 1
    return "\(kind)\(count)q"
  }

  private mutating func pick<Value>(_ values: [Value]) -> Value {
    values.randomElement(using: &random) ?? values[0]
  }

  /// Appends `blocks` random blocks; `first` and `rest` are what stands before a block's first and later lines.
  mutating func write(blocks: Int, first: String = "", rest: String = "", depth: Int = 0) {
    var prefix = first
    for _ in 0..<blocks {
      let lines = block(depth: depth, prefix: &prefix, rest: rest)
      for line in lines {
        self.lines.append(line.isEmpty ? trimmed(prefix) : prefix + line)
        prefix = rest
      }
      self.lines.append(trimmed(rest))
    }
  }

  private func trimmed(_ prefix: String) -> String {
    var prefix = prefix
    while prefix.last == " " { prefix.removeLast() }
    return prefix
  }

  /// The lines of a leaf; a container writes itself.
  private mutating func block(depth: Int, prefix: inout String, rest: String) -> [String] {
    switch Int.random(in: 0..<(depth < 3 ? 10 : 7), using: &random) {
    case 0, 1, 2: return paragraph()
    case 3: return cell()
    case 4: return displayFormula()
    case 5: return table()
    case 6: return ["    plain code", "", "    more `{swift} no` $no$"]
    case 7:
      write(blocks: pick([1, 2]), first: prefix + "> ", rest: rest + "> ", depth: depth + 1)
      prefix = rest
    case 8:
      let marker = pick(["- ", "*   ", "+  "])
      write(
        blocks: pick([1, 2]), first: prefix + marker, rest: rest + String(repeating: " ", count: marker.count),
        depth: depth + 1)
      prefix = rest
    default:
      write(blocks: pick([1, 2]), first: prefix + "10. ", rest: rest + "    ", depth: depth + 1)
      prefix = rest
    }
    return ["<!-- between -->"]
  }

  private mutating func cell() -> [String] {
    let fence = pick(["```", "````", "~~~"])
    var code = [fence + "swift"]
    for _ in 0..<pick([1, 3]) {
      let name = word("code")
      codeWords.append(name)
      code.append(pick(["", "  ", "\t", "é "]) + "let \(name) = 1")
      if Bool.random(using: &random) { code.append("") }
    }
    return code + [fence]
  }

  private mutating func displayFormula() -> [String] {
    let tex = word("tex")
    formulas.append(tex)
    return pick([["$$\(tex)$$"], ["$$", tex, "$$"], ["$$ ", "  \(tex)  ", "  $$"]])
  }

  private mutating func table() -> [String] {
    ["| é | b |", "|---|:-:|"]
      + (0..<2).map { _ in "| \(piece(inTable: true)) | \(piece(inTable: true)) \\| \(piece(inTable: true)) |" }
  }

  private mutating func paragraph() -> [String] {
    var lines: [String] = []
    for _ in 0..<pick([1, 2, 4]) {
      var pieces: [String] = []
      for _ in 0..<pick([1, 3]) { pieces.append(piece(inTable: false)) }
      let separator = pick([" ", ", é ", " 漢字 "])
      let end = pick(["", ".", "  ", "\\"])
      let text: String = "Words " + pieces.joined(separator: separator) + end
      for line in text.split(separator: "\n") {
        let indentation = lines.isEmpty ? "" : pick(["", " ", "  "])
        lines.append(indentation + line)
      }
    }
    return lines
  }

  private mutating func piece(inTable: Bool) -> String {
    switch Int.random(in: 0..<(inTable ? 8 : 11), using: &random) {
    case 0: return "plain \\* &amp; \\$ text"
    case 1: return pick(["*e*", "**s** _x_", "~~d~~", "`code $x$`", "***"])
    case 2, 3:
      let name = word("expr")
      expressions.append(name)
      return pick(["`{swift} \(name)`", "`` {swift} \(name) ``", "**`{swift} \(name)`**"])
    case 4, 5:
      let tex = word("tex")
      formulas.append(tex)
      return pick(["$\(tex)$", "*$\(tex)$*", "($\(tex)$)", "[a $\(tex)$](#title)"])
    case 6:
      let link = "[é \(word("link"))](#no)"
      brokenLinks.append(link)
      return pick([link, "*\(link)*", "**a \(link)**"])
    case 7: return "https://example.org/a_b_c"
    case 8: return "$a\nb$"
    case 9: return "`code\nspan`"
    default: return "[over\nlines](#title)"
    }
  }
}
