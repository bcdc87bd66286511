/// Where formulas and references start and end in running text.
///
/// The rules for `$…$` are Pandoc's: the opening `$` is followed by something other than a space, the closing one
/// is preceded by something other than a space and not followed by a digit, and a backslash takes the meaning from
/// the character behind it. So "$5 and $10" stays text.
enum LiftedSyntax {
  private static let dollar = UInt8(ascii: "$")
  private static let backslash = UInt8(ascii: "\\")

  /// The end of what starts at `start` (a `$` or an `@`), or nil where nothing does.
  static func end(in bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
    switch bytes[start] {
    case dollar: formulaEnd(in: bytes, from: start)
    case UInt8(ascii: "@"): referenceEnd(in: bytes, from: start)
    default: nil
    }
  }

  private static func formulaEnd(in bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
    if start + 1 < bytes.count, bytes[start + 1] == dollar {
      return displayEnd(in: bytes, from: start + 2)
    }
    guard start + 1 < bytes.count, !isSpace(bytes[start + 1]) else { return nil }
    var index = start + 1
    while index < bytes.count {
      switch bytes[index] {
      case backslash: index += 2
      case dollar:
        guard !isSpace(bytes[index - 1]), index + 1 == bytes.count || !isDigit(bytes[index + 1]) else {
          // A closing dollar that cannot close: Pandoc gives up on this opening one too.
          return nil
        }
        return index + 1
      default: index += 1
      }
    }
    return nil
  }

  /// The end of the first `$$` at or after `start`.
  static func displayEnd(in bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
    var index = start
    while index + 1 < bytes.count {
      if bytes[index] == backslash {
        index += 2
      } else if bytes[index] == dollar, bytes[index + 1] == dollar {
        return index + 2
      } else {
        index += 1
      }
    }
    return nil
  }

  /// What figures and equations are referred to by, and what other tools' authors would write for tables and sections:
  /// those are refused, where they would otherwise stand in the text as they are.
  private static let referencePrefixes = ["fig-", "eq-", "table-", "tab-", "tbl-", "sec-"]

  private static func referenceEnd(in bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
    // Within a word or behind another @ it is an e-mail address or a name.
    if start > 0, isLabel(bytes[start - 1]) || bytes[start - 1] == UInt8(ascii: "@") || bytes[start - 1] >= 0x80 {
      return nil
    }
    let rest = bytes[(start + 1)...]
    guard let prefix = referencePrefixes.first(where: { rest.starts(with: $0.utf8) }) else { return nil }
    var end = start + 1 + prefix.utf8.count
    while end < bytes.count, isLabel(bytes[end]) { end += 1 }
    while bytes[end - 1] == UInt8(ascii: "-") || bytes[end - 1] == UInt8(ascii: "_") { end -= 1 }
    return end > start + 1 + prefix.utf8.count ? end : nil
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || (9...13).contains(byte)
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  private static func isLabel(_ byte: UInt8) -> Bool {
    isDigit(byte) || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
      || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
  }
}
