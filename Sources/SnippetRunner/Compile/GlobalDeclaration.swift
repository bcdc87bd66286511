package import Lessons

/// A name that a cell's own `let` or `var` declares for the cells that follow.
package struct GlobalDeclaration {
  package var name: CodeWord
  /// Where the `let` or `var` stands.
  package var line: Int
}

extension CodeScanner {
  /// The names that a cell declares for the cells that follow: those of `let a = 1`, of `let a = 1, b = 2` and of patterns
  /// such as `let (a, (b, _)) = …`.
  package static func globals(of cell: Cell) -> [GlobalDeclaration] {
    let tokens = tokens(of: cell)
    return tokens.indices.flatMap { index -> [GlobalDeclaration] in
      guard tokens[index].depth == 0, let word = tokens[index].word, ["let", "var"].contains(word.text),
        index == 0 || !declaresForItsStatement(after: tokens[index - 1])
      else { return [] }
      return names(in: tokens[(index + 1)...]).map { GlobalDeclaration(name: $0, line: tokens[index].line) }
    }
  }

  /// `if let` and its kin declare for their own statement, and so does what follows in a list of conditions.
  private static func declaresForItsStatement(after token: CodeToken) -> Bool {
    guard let word = token.word else { return token.byte == UInt8(ascii: ",") }
    return ["if", "guard", "while", "case", "for", "catch"].contains(word.text)
  }

  /// The names of all patterns behind a `let` or `var`.
  private static func names(in tokens: ArraySlice<CodeToken>) -> [CodeWord] {
    var (names, rest) = pattern(at: tokens)
    while let comma = nextComma(in: rest) {
      let (more, tail) = pattern(at: rest[(comma + 1)...])
      // A pattern is given a value or a type; otherwise the comma is one between the arguments of a generic type.
      guard let next = tail.first, [UInt8(ascii: "="), UInt8(ascii: ":")].contains(next.byte) else { break }
      names += more
      rest = tail
    }
    return names
  }

  /// The names of one pattern, and what follows it.
  private static func pattern(at tokens: ArraySlice<CodeToken>) -> ([CodeWord], ArraySlice<CodeToken>) {
    guard let first = tokens.first else { return ([], tokens) }
    if let word = first.word { return (word.text == "_" ? [] : [word], tokens.dropFirst()) }
    guard first.byte == UInt8(ascii: "(") else { return ([], tokens) }
    let inner = tokens.dropFirst().prefix { $0.depth > first.depth }
    let names = inner.indices.compactMap { index -> CodeWord? in
      guard let word = inner[index].word, word.text != "_" else { return nil }
      // In `(x: a, y: b)` the labels are no names.
      let isLabel = index + 1 < inner.endIndex && inner[index + 1].byte == UInt8(ascii: ":")
      return isLabel ? nil : word
    }
    return (names, tokens[inner.endIndex...].dropFirst())
  }

  /// The comma between two patterns of one statement, if there is one before the statement ends.
  private static func nextComma(in tokens: ArraySlice<CodeToken>) -> Int? {
    for index in tokens.indices where tokens[index].depth == 0 {
      if tokens[index].byte == UInt8(ascii: ",") { return index }
      if tokens[index].byte == UInt8(ascii: ";") { return nil }
      // A line ends the statement, unless an equals sign ends the line or a closure's brace begins the next one.
      guard index > tokens.startIndex, tokens[index].line > tokens[index - 1].line else { continue }
      if tokens[index - 1].byte != UInt8(ascii: "="), !isClosing(tokens[index].byte) { return nil }
    }
    return nil
  }

  private static func isClosing(_ byte: UInt8) -> Bool {
    [UInt8(ascii: "}"), UInt8(ascii: ")"), UInt8(ascii: "]")].contains(byte)
  }
}
