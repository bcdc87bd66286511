/// Reads a formula as doc-comments write it, in plain letters, and gives it as TeX.
///
///     p(x) = sum_k w_k N(x; mu_k, s_k^2 I)   →   p(x) = \sum_k w_k N(x; \mu_k, s_k^2 I)
///
/// A comment has to be readable in an editor, which sets no TeX, so the core writes formulas with the letters of a
/// keyboard: names of Greek letters, `sum`, `sqrt(…)`, `a / b`, `x_i`, `x^2`, `x_(i + 1)`, `E_{x ~ p}`, `!=`, `+-`. What
/// cannot be read so is code, not a formula.
package enum PlainFormula {
  /// A block of lines, each a formula or several of them with wide spaces between; nil when one of the lines is none.
  package static func tex(_ block: String) -> String? {
    var lines: [String] = []
    for line in block.split(separator: "\n") {
      var parts: [String] = []
      for part in formulas(on: String(line)) {
        guard let tokens = PlainFormulaToken.tokens(of: part) else { return nil }
        var parser = PlainFormulaParser(tokens: tokens)
        guard let tex = parser.parse() else { return nil }
        parts.append(tex)
      }
      lines.append(parts.joined(separator: " \\qquad "))
    }
    guard let first = lines.first else { return nil }
    return lines.count == 1 ? first : aligned(lines)
  }

  /// Two or more spaces behind a comma separate formulas that share a line.
  private static func formulas(on line: String) -> [String] {
    var parts: [String] = []
    var rest = line[...]
    while let gap = rest.firstMatch(of: /,\ {2,}/) {
      parts.append(String(rest[..<gap.range.lowerBound]) + ",")
      rest = rest[gap.range.upperBound...]
    }
    return parts + [String(rest)]
  }

  /// Below each other, by their first sign of equality.
  private static func aligned(_ lines: [String]) -> String {
    let rows = lines.map { line -> String in
      guard let sign = line.firstRange(of: " = ") else { return "& " + line }
      return line[..<sign.lowerBound] + " &= " + line[sign.upperBound...]
    }
    return "\\begin{aligned} " + rows.joined(separator: " \\\\ ") + " \\end{aligned}"
  }
}

enum PlainFormulaToken: Equatable {
  case word(String)
  case number(String)
  /// Whether a space stands before it, and one behind it.
  case sign(String, spaceBefore: Bool, spaceAfter: Bool)

  /// Nil where a character has no place in a formula.
  static func tokens(of text: String) -> [PlainFormulaToken]? {
    let characters = Array(text)
    var tokens: [PlainFormulaToken] = []
    var index = 0
    func run(_ condition: (Character) -> Bool) -> String {
      let start = index
      while index < characters.count, condition(characters[index]) { index += 1 }
      return String(characters[start..<index])
    }
    while index < characters.count {
      let character = characters[index]
      guard character.isASCII else { return nil }
      if character == " " {
        index += 1
      } else if character.isLetter {
        let word = run { $0.isLetter }
        tokens.append(.word(word + run { $0 == "'" }))
      } else if character.isNumber {
        var digits = run { $0.isNumber }
        if index + 1 < characters.count, characters[index] == ".", characters[index + 1].isNumber {
          index += 1
          digits += "." + run { $0.isNumber }
        }
        tokens.append(.number(digits))
      } else {
        let before = index > 0 && characters[index - 1] == " "
        let rest = String(characters[index...].prefix(3))
        guard let sign = signs.first(where: { rest.hasPrefix($0) }) else { return nil }
        index += sign.count
        let after = index < characters.count && characters[index] == " "
        tokens.append(.sign(sign, spaceBefore: before, spaceAfter: after))
      }
    }
    return tokens
  }

  /// Longer ones first.
  private static let signs = [
    "...", "->", "!=", "<=", ">=", "+-", "+", "-", "*", "/", "=", "<", ">", "~", "(", ")", "[", "]", "{", "}", "|", "_",
    "^", ",", ";",
  ]
}
