/// The escaping that HTML and XML have in common. What it writes is read back by both as the characters given.
enum Escaping {
  enum Context { case text, attribute }

  static func append(_ text: String, in context: Context, to output: inout String) {
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": output += "&amp;"
      case "<": output += "&lt;"
      case ">": output += "&gt;"
      case "\"" where context == .attribute: output += "&quot;"
      // A parser folds a raw carriage return into a line feed, and XML folds white space in attributes into spaces.
      case "\r": output += "&#13;"
      case "\n" where context == .attribute: output += "&#10;"
      case "\t" where context == .attribute: output += "&#9;"
      default: output.unicodeScalars.append(isAllowed(scalar) ? scalar : "\u{FFFD}")
      }
    }
  }

  /// The characters that an XML 1.0 document may contain; the others have no escape.
  private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x09, 0x0A, 0x0D, 0x20...0x7E, 0xA0...0xFDCF, 0xFDF0...0xFFFD: true
    case 0x10000...: scalar.value & 0xFFFE != 0xFFFE
    default: false
    }
  }
}
