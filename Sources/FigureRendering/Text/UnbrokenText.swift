/// Text in which a number stays on one line with what belongs to it.
package enum UnbrokenText {
  /// No line is broken around ± and ×, nor before %.
  package static func of(_ text: String) -> String {
    guard text.utf8.contains(where: { $0 == UInt8(ascii: "%") || $0 == 0xC2 || $0 == 0xC3 }) else { return text }
    return text.replacing(" ± ", with: "\u{A0}±\u{A0}").replacing(" × ", with: "\u{A0}×\u{A0}")
      .replacing(" %", with: "\u{A0}%")
  }
}
