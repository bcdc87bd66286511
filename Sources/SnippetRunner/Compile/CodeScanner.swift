package import Lessons

/// A word of Swift code, with its place in the Markdown.
package struct CodeWord: Equatable {
  package var text: String
  package var position: SourcePosition
  /// How many braces, brackets and parentheses are open around it.
  package var depth: Int
  /// Whether one point stands before it: a member, which no global hides. Three are the sign of a range.
  package var isMember: Bool
}

/// A word, a sign or a literal of Swift code.
struct CodeToken {
  /// Nil for signs and literals.
  var word: CodeWord?
  /// The first byte.
  var byte: UInt8
  var line: Int
  /// As a word's; a brace, bracket or parenthesis lies outside of what it encloses.
  var depth: Int
}

/// Finds identifiers in Swift code without parsing it: comments and the text of string literals are left out, the
/// expressions inside of `\(…)` are not.
///
/// It only proposes names; the compiler decides what they mean.
package struct CodeScanner {
  private let bytes: [UInt8]
  private var index = 0
  private var line: Int
  private var lineStart = 0
  private var depth = 0
  private let indentation: Int
  private var tokens: [CodeToken] = []

  package static func words(of cell: Cell) -> [CodeWord] { tokens(of: cell).compactMap(\.word) }

  package static func words(of expression: InlineExpression) -> [CodeWord] {
    let start = expression.range.start
    return tokens(of: CodeScanner(code: expression.code, line: start.line, indentation: start.column - 1))
      .compactMap(\.word)
  }

  static func tokens(of cell: Cell) -> [CodeToken] {
    tokens(of: CodeScanner(code: cell.code, line: cell.codeStart.line, indentation: cell.indentation))
  }

  private static func tokens(of scanner: CodeScanner) -> [CodeToken] {
    var scanner = scanner
    scanner.scanCode(until: nil)
    return scanner.tokens
  }

  private init(code: String, line: Int, indentation: Int) {
    bytes = Array(code.utf8)
    self.line = line
    self.indentation = indentation
  }

  private func peek(_ offset: Int = 0) -> UInt8? { index + offset < bytes.count ? bytes[index + offset] : nil }

  /// Counts the byte at hand as a sign, or as the start of a literal.
  private mutating func addSign() { tokens.append(CodeToken(byte: bytes[index], line: line, depth: depth)) }

  private mutating func advance() {
    if bytes[index] == UInt8(ascii: "\n") {
      line += 1
      lineStart = index + 1
    }
    index += 1
  }

  private mutating func scanCode(until end: UInt8?) {
    let outer = depth
    while let byte = peek() {
      if byte == end, depth == outer { return }
      switch byte {
      case UInt8(ascii: "/") where peek(1) == UInt8(ascii: "/"): skipLine()
      case UInt8(ascii: "/") where peek(1) == UInt8(ascii: "*"): skipComment()
      case UInt8(ascii: "\""):
        addSign()
        scanString(pounds: 0)
      case UInt8(ascii: "#") where startsRawString:
        addSign()
        scanRawString()
      case UInt8(ascii: "{"), UInt8(ascii: "("), UInt8(ascii: "["):
        addSign()
        depth += 1
        advance()
      case UInt8(ascii: "}"), UInt8(ascii: ")"), UInt8(ascii: "]"):
        depth -= 1
        addSign()
        advance()
      case _ where Self.startsWord(byte): scanWord()
      case _ where Self.isDigit(byte):
        addSign()
        skipNumber()
      case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"), UInt8(ascii: "\n"): advance()
      default:
        addSign()
        advance()
      }
    }
  }

  private mutating func scanWord() {
    let start = index
    let column = start - lineStart + 1 + indentation
    while let byte = peek(), Self.startsWord(byte) || Self.isDigit(byte) { advance() }
    let points = bytes[..<start].reversed().prefix { $0 == UInt8(ascii: ".") }.count
    let word = CodeWord(
      text: String(decoding: bytes[start..<index], as: UTF8.self),
      position: SourcePosition(line: line, column: column), depth: depth, isMember: points == 1)
    tokens.append(CodeToken(word: word, byte: bytes[start], line: line, depth: depth))
  }

  private mutating func skipNumber() {
    while let byte = peek(), Self.startsWord(byte) || Self.isDigit(byte) { advance() }
  }

  private mutating func skipLine() {
    while let byte = peek(), byte != UInt8(ascii: "\n") { advance() }
  }

  private mutating func skipComment() {
    var open = 0
    repeat {
      if peek() == UInt8(ascii: "/"), peek(1) == UInt8(ascii: "*") {
        open += 1
        advance()
      } else if peek() == UInt8(ascii: "*"), peek(1) == UInt8(ascii: "/") {
        open -= 1
        advance()
      }
      if peek() != nil { advance() }
    } while open > 0 && peek() != nil
  }

  private var startsRawString: Bool {
    var offset = 0
    while peek(offset) == UInt8(ascii: "#") { offset += 1 }
    return peek(offset) == UInt8(ascii: "\"")
  }

  private mutating func scanRawString() {
    var pounds = 0
    while peek() == UInt8(ascii: "#") {
      pounds += 1
      advance()
    }
    scanString(pounds: pounds)
  }

  private mutating func scanString(pounds: Int) {
    let quote = UInt8(ascii: "\"")
    let quotes = peek(1) == quote && peek(2) == quote ? 3 : 1
    for _ in 0..<quotes where peek() != nil { advance() }
    while let byte = peek() {
      if byte == quote, (0..<quotes).allSatisfy({ peek($0) == quote }),
        (0..<pounds).allSatisfy({ peek(quotes + $0) == UInt8(ascii: "#") })
      {
        for _ in 0..<quotes + pounds { advance() }
        return
      }
      if byte == UInt8(ascii: "\n"), quotes == 1 { return }
      guard byte == UInt8(ascii: "\\"), (0..<pounds).allSatisfy({ peek(1 + $0) == UInt8(ascii: "#") }) else {
        advance()
        continue
      }
      for _ in 0...pounds { advance() }
      if peek() == UInt8(ascii: "(") {
        advance()
        scanCode(until: UInt8(ascii: ")"))
      }
      if peek() != nil { advance() }
    }
  }

  private static func startsWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"), 0x80...: true
    default: false
    }
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
}
