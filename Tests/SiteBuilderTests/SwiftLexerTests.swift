import SiteBuilder
import Testing

@Suite struct SwiftLexerTests {
  private func tokens(_ code: String) -> [String] {
    let bytes = Array(code.utf8)
    return SwiftLexer.tokens(of: code).map { token in
      "\(token.kind.rawValue) \(String(decoding: bytes[token.offset..<token.offset + token.length], as: UTF8.self))"
    }
  }

  @Test func keywordsAreWordsOfTheirOwn() {
    #expect(tokens("let letter = inout") == ["keyword let", "keyword inout"])
    #expect(tokens("a.default.in") == [])
    #expect(tokens("self.x = .init(1)") == ["keyword self", "keyword init", "number 1"])
  }

  @Test func typesAndCallsAreKnownBySpelling() {
    #expect(tokens("Linear(a).norm(b)") == ["type Linear", "function norm"])
  }

  @Test(arguments: ["1", "1_000", "0x1F", "0xF.8p-3", "1.5e-3", "6.02E+23", "0b10"])
  func numbersAreWhole(_ number: String) { #expect(tokens(number) == ["number \(number)"]) }

  @Test func aRangeIsNoPartOfItsNumbers() {
    #expect(tokens("0..<10") == ["number 0", "number 10"])
    #expect(tokens("1-e2") == ["number 1"])
    #expect(tokens("3.max(4)") == ["number 3", "function max", "number 4"])
  }

  @Test func commentsNestAndEnd() {
    #expect(
      tokens("a /* b /* c */ d */ let // e\nvar") == [
        "comment /* b /* c */ d */", "keyword let", "comment // e", "keyword var",
      ])
    #expect(tokens("/* never closed") == ["comment /* never closed"])
    #expect(tokens("/*") == ["comment /*"])
  }

  @Test func stringsHoldCodeWhereTheySay() {
    #expect(tokens("\"a \\(let(1)) b\"") == ["string \"a ", "keyword let", "number 1", "string  b\""])
    #expect(tokens("#\"a \\(b) \\#(if) \" \"#") == ["string #\"a \\(b) ", "keyword if", "string  \" \"#"])
    #expect(tokens("\"\"\"\na \"b\"\n\"\"\" let") == ["string \"\"\"\na \"b\"\n\"\"\"", "keyword let"])
    #expect(tokens("\"a\\\"b\" let") == ["string \"a\\\"b\"", "keyword let"])
  }

  @Test func unfinishedStringsEndWithTheLine() {
    #expect(tokens("\"abc\nlet") == ["string \"abc", "keyword let"])
    #expect(tokens("\"a\\") == ["string \"a\\"])
    #expect(tokens("\"a\\(") == ["string \"a"])
  }

  @Test func signsBeforeNamesBelongToThem() {
    #expect(tokens("@discardableResult #if `let` $0") == ["attribute @discardableResult", "macro #if", "number 0"])
  }

  /// Whatever is given, tokens are in order, apart, and inside the code.
  @Test func tokensNeverOverlap() {
    let pieces = [
      "\"", "\\(", ")", "#", "/*", "*/", "//", "\n", "let ", "é", "🎉", "0x", "1e", "@", "`", "\"\"\"", "\\",
    ]
    var state: UInt64 = 7
    for _ in 0..<2_000 {
      var code = ""
      for _ in 0..<12 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        code += pieces[Int(state >> 33) % pieces.count]
      }
      var end = 0
      for token in SwiftLexer.tokens(of: code) {
        #expect(token.offset >= end && token.length > 0, "\(code.debugDescription)")
        end = token.offset + token.length
      }
      #expect(end <= code.utf8.count, "\(code.debugDescription)")
    }
  }
}
