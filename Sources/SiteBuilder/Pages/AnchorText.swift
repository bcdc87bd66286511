/// An element's id as the fragment of an address.
enum AnchorText {
  /// Percent-encodes what may not stand in a fragment, such as the sign of an operator.
  static func fragment(_ anchor: String) -> String {
    var text = ""
    for byte in anchor.utf8 {
      let character = Character(UnicodeScalar(byte))
      if byte < 0x80, character.isLetter || character.isNumber || "-._~:(),!*+/=".contains(character) {
        text.append(character)
      } else {
        let digits = String(byte, radix: 16, uppercase: true)
        text += "%" + (digits.count == 1 ? "0" + digits : digits)
      }
    }
    return text
  }
}
