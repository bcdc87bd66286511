/// Colours Swift by its spelling alone: keywords, attributes, literals, comments, and names that start with a capital.
///
/// It stands in where no compiler can say more: for cells that are not compiled, for fenced Swift that is not a cell, and
/// where the toolchain has no language server.
package struct SwiftLexer {
  private let bytes: [UInt8]
  private var position = 0
  private var tokens: [CodeToken] = []

  private init(_ code: String) { bytes = Array(code.utf8) }

  package static func tokens(of code: String) -> [CodeToken] {
    var lexer = SwiftLexer(code)
    lexer.scan(untilClosingParenthesis: false)
    return lexer.tokens
  }

  /// Scans to the end, or to the parenthesis that closes a string's interpolation.
  private mutating func scan(untilClosingParenthesis: Bool) {
    var depth = 0
    while let byte = peek() {
      switch byte {
      case UInt8(ascii: "/") where peek(1) == UInt8(ascii: "/"): scanLineComment()
      case UInt8(ascii: "/") where peek(1) == UInt8(ascii: "*"): scanBlockComment()
      case UInt8(ascii: "\""): scanString(pounds: 0)
      case UInt8(ascii: "#"): scanPound()
      case UInt8(ascii: "@"): scanWord(from: position, prefix: 1, kind: .attribute)
      case UInt8(ascii: "`"): skipQuotedName()
      case UInt8(ascii: "0")...UInt8(ascii: "9"): scanNumber()
      case _ where Self.startsName(byte): scanName()
      case UInt8(ascii: "("):
        depth += 1
        position += 1
      case UInt8(ascii: ")"):
        if untilClosingParenthesis && depth == 0 { return }
        depth -= 1
        position += 1
      default: position += 1
      }
    }
  }

  private func peek(_ distance: Int = 0) -> UInt8? {
    position + distance < bytes.count ? bytes[position + distance] : nil
  }

  private static func startsName(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "_") || byte >= 0x80
      || (byte | 0x20) >= UInt8(ascii: "a") && (byte | 0x20) <= UInt8(ascii: "z")
  }

  private static func continuesName(_ byte: UInt8) -> Bool {
    startsName(byte) || byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
  }

  private mutating func add(from start: Int, _ kind: CodeToken.Kind) {
    if start < position { tokens.append(CodeToken(offset: start, length: position - start, kind: kind)) }
  }

  private mutating func scanLineComment() {
    let start = position
    while let byte = peek(), byte != UInt8(ascii: "\n") { position += 1 }
    add(from: start, .comment)
  }

  /// Swift's block comments nest.
  private mutating func scanBlockComment() {
    let start = position
    var depth = 0
    repeat {
      if peek() == UInt8(ascii: "/"), peek(1) == UInt8(ascii: "*") {
        depth += 1
        position += 2
      } else if peek() == UInt8(ascii: "*"), peek(1) == UInt8(ascii: "/") {
        depth -= 1
        position += 2
      } else {
        position += 1
      }
    } while depth > 0 && position < bytes.count
    position = min(position, bytes.count)
    add(from: start, .comment)
  }

  /// A raw string, a directive such as `#if`, or a macro.
  private mutating func scanPound() {
    var pounds = 0
    while peek(pounds) == UInt8(ascii: "#") { pounds += 1 }
    if peek(pounds) == UInt8(ascii: "\"") {
      scanString(pounds: pounds)
    } else {
      scanWord(from: position, prefix: pounds, kind: .macro)
    }
  }

  private mutating func scanWord(from start: Int, prefix: Int, kind: CodeToken.Kind) {
    position += prefix
    while let byte = peek(), Self.continuesName(byte) { position += 1 }
    add(from: start, kind)
  }

  private mutating func scanString(pounds: Int) {
    var start = position
    position += pounds
    let quotes = peek(1) == UInt8(ascii: "\"") && peek(2) == UInt8(ascii: "\"") ? 3 : 1
    position += quotes
    while let byte = peek() {
      if byte == UInt8(ascii: "\n"), quotes == 1 { break }
      if byte == UInt8(ascii: "\\"), follows(1, pounds) {
        if peek(1 + pounds) == UInt8(ascii: "(") {
          add(from: start, .string)
          position += 2 + pounds
          scan(untilClosingParenthesis: true)
          start = min(position + 1, bytes.count)
          position = start
        } else {
          position = min(position + 2 + pounds, bytes.count)
        }
      } else if byte == UInt8(ascii: "\""), closes(quotes: quotes, pounds: pounds) {
        position += quotes + pounds
        break
      } else {
        position += 1
      }
    }
    add(from: start, .string)
  }

  private func follows(_ distance: Int, _ pounds: Int) -> Bool {
    (0..<pounds).allSatisfy { peek(distance + $0) == UInt8(ascii: "#") }
  }

  private func closes(quotes: Int, pounds: Int) -> Bool {
    (0..<quotes).allSatisfy { peek($0) == UInt8(ascii: "\"") } && follows(quotes, pounds)
  }

  private mutating func skipQuotedName() {
    position += 1
    while let byte = peek(), byte != UInt8(ascii: "`"), byte != UInt8(ascii: "\n") { position += 1 }
    position = min(position + 1, bytes.count)
  }

  private mutating func scanNumber() {
    let start = position
    let isHexadecimal = peek() == UInt8(ascii: "0") && peek(1) == UInt8(ascii: "x")
    while let byte = peek() {
      let previous = position > start ? bytes[position - 1] | 0x20 : 0
      let isExponentSign =
        (byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+"))
        && previous == UInt8(ascii: isHexadecimal ? "p" : "e")
      let isPoint =
        byte == UInt8(ascii: ".") && peek(1).map { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") } == true
      guard Self.continuesName(byte) || isExponentSign || isPoint else { break }
      position += 1
    }
    add(from: start, .number)
  }

  private mutating func scanName() {
    let start = position
    while let byte = peek(), Self.continuesName(byte) { position += 1 }
    let afterPoint = start > 0 && bytes[start - 1] == UInt8(ascii: ".")
    let name = String(decoding: bytes[start..<position], as: UTF8.self)
    if !afterPoint && Self.keywords.contains(name) || name == "self" || name == "init" {
      add(from: start, .keyword)
    } else if bytes[start] >= UInt8(ascii: "A"), bytes[start] <= UInt8(ascii: "Z") {
      add(from: start, .type)
    } else if peek() == UInt8(ascii: "(") {
      add(from: start, .function)
    }
  }

  /// Words that are keywords wherever they stand alone in the code of a lesson.
  private static let keywords: Set<String> = [
    "actor", "any", "as", "associatedtype", "async", "await", "break", "case", "catch", "class", "consuming",
    "continue",
    "default", "defer", "deinit", "do", "else", "enum", "extension", "fallthrough", "false", "fileprivate", "final",
    "for",
    "func", "guard", "if", "import", "in", "indirect", "infix", "init", "inout", "internal", "is", "lazy", "let",
    "mutating", "nil", "nonisolated", "nonmutating", "operator", "override", "package", "postfix", "precedencegroup",
    "prefix", "private", "protocol", "public", "repeat", "rethrows", "return", "self", "Self", "some", "static",
    "struct",
    "subscript", "super", "switch", "throw", "throws", "true", "try", "typealias", "unowned", "var", "weak", "where",
    "while",
  ]
}
