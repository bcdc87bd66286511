/// A piece of TeX that cannot be divided: a command, a letter, a digit, a brace. Spaces are left out.
struct TeXToken: Hashable {
  enum Kind { case command, letter, digit, open, close, sign }

  let kind: Kind
  let text: String
  /// In UTF-8 bytes from the start of the TeX.
  let range: Range<Int>

  static func tokens(of tex: String) -> [TeXToken] {
    let bytes = Array(tex.utf8)
    var tokens: [TeXToken] = []
    var index = 0
    while index < bytes.count {
      let start = index
      let byte = bytes[index]
      index += 1
      let kind: Kind
      switch byte {
      case UInt8(ascii: "\\"):
        if index < bytes.count, isLetter(bytes[index]) {
          while index < bytes.count, isLetter(bytes[index]) { index += 1 }
        } else if index < bytes.count {
          index += 1
        }
        kind = .command
      case UInt8(ascii: "%"):
        while index < bytes.count, bytes[index] != UInt8(ascii: "\n") { index += 1 }
        continue
      case UInt8(ascii: "{"): kind = .open
      case UInt8(ascii: "}"): kind = .close
      case _ where byte <= UInt8(ascii: " "): continue
      case _ where isLetter(byte): kind = .letter
      case UInt8(ascii: "0")...UInt8(ascii: "9"): kind = .digit
      default:
        // The rest of a character of several bytes.
        while index < bytes.count, bytes[index] & 0xC0 == 0x80 { index += 1 }
        kind = .sign
      }
      tokens.append(
        TeXToken(kind: kind, text: String(decoding: bytes[start..<index], as: UTF8.self), range: start..<index))
    }
    return tokens
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }
}

extension Array where Element == TeXToken {
  /// The index behind the group that opens at `start`, or behind the one token there.
  func endOfArgument(at start: Int) -> Int {
    guard start < count, self[start].kind == .open else { return Swift.min(start + 1, count) }
    var depth = 0
    for index in start..<count {
      if self[index].kind == .open { depth += 1 }
      if self[index].kind == .close { depth -= 1 }
      if depth == 0 { return index + 1 }
    }
    return count
  }
}
