/// Looks through plain text for markup that was meant and did not become any.
struct ProseCheck {
  let mistakes: MistakeList

  func check(_ text: String, _ reader: inout InlineReader) {
    let bytes = Array(text.utf8)
    var index = 0
    while index < bytes.count {
      switch bytes[index] {
      case UInt8(ascii: "["):
        let mark = bracketed(bytes, from: index)
        index = mark.map { checkMark($0, isInWord: isInWord(bytes, index), &reader) + index } ?? index + 1
      case UInt8(ascii: "$"):
        checkDollar(before: index + 1 < bytes.count ? bytes[index + 1] : nil, &reader)
        index += 1
      default: index += 1
      }
    }
  }

  // MARK: Brackets

  /// `[^name]` or `[text][label]`.
  private enum Mark {
    case footnote(String)
    case link(text: String, label: String)
    case other(length: Int)
  }

  private func bracketed(_ bytes: [UInt8], from start: Int) -> Mark? {
    guard let end = closing(bytes, from: start) else { return nil }
    let first = String(decoding: bytes[start...end], as: UTF8.self)
    if first.hasPrefix("[^"), first.utf8.count > 3, !first.contains(where: \.isWhitespace) { return .footnote(first) }
    guard end + 1 < bytes.count, bytes[end + 1] == UInt8(ascii: "["), let last = closing(bytes, from: end + 1) else {
      return .other(length: end + 1 - start)
    }
    return .link(text: first, label: String(decoding: bytes[(end + 1)...last], as: UTF8.self))
  }

  /// The bracket that closes the one at `start`, where none opens in between.
  private func closing(_ bytes: [UInt8], from start: Int) -> Int? {
    let end = bytes[(start + 1)...].firstIndex { $0 == UInt8(ascii: "]") || $0 == UInt8(ascii: "[") }
    return end.flatMap { bytes[$0] == UInt8(ascii: "]") ? $0 : nil }
  }

  /// Tells of a mark that has no target; returns its length.
  private func checkMark(_ mark: Mark, isInWord: Bool, _ reader: inout InlineReader) -> Int {
    switch mark {
    case .footnote(let name):
      // cmark leaves a reference to a footnote that is not there as the text that it is.
      if let place = reader.unescaped(name) {
        mistakes.add(
          "undefined-footnote", "there is no footnote '\(name.dropFirst(2).dropLast())'", at: place,
          remedy: "write it on a line of its own: '\(name): …'")
      }
      return name.utf8.count
    case .link(let text, let label):
      // `a[i][j]` is no link.
      if !isInWord, let place = reader.unescaped(text + label) {
        let name = label == "[]" ? text : label
        mistakes.add(
          "undefined-link", "nothing says where the link '\(name)' leads, so it stays text", at: place,
          severity: .warning,
          remedy: "write '\(name): address' on a line of its own, or a backslash before the bracket")
      }
      return text.utf8.count + label.utf8.count
    case .other(let length): return length
    }
  }

  private func isInWord(_ bytes: [UInt8], _ index: Int) -> Bool {
    index > 0 && (bytes[index - 1] >= 0x80 || isLetter(bytes[index - 1]))
  }

  // MARK: Dollars

  /// A dollar before a letter or a backslash begins a formula, not a price.
  private func checkDollar(before next: UInt8?, _ reader: inout InlineReader) {
    guard let place = reader.unescaped("$"), let next, isLetter(next) || next == UInt8(ascii: "\\") else { return }
    mistakes.add(
      "unclosed-formula", "this '$' opens no formula, so it stays text", at: place, severity: .warning,
      remedy: "close the formula in the same paragraph, with no space before the closing '$' and no digit behind it; "
        + "write '\\$' for a dollar")
  }

  private func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }
}
