/// The content of `<script>` and `<style>` in HTML, where a parser knows no escapes and stops at the end tag.
enum RawText {
  static let elements: Set<String> = ["script", "style"]

  /// The content with every sequence defused that would end the element, or hide its end.
  ///
  /// In a script the `<` of `</script`, `<script` and `<!--` becomes `\u003C`, which reads the same in the strings of
  /// JavaScript and of JSON, the only places where such a sequence makes sense. In a style sheet `</style` becomes
  /// `<\/style`, the same characters in CSS.
  static func defused(_ text: String, in element: String) -> String {
    let endings = element == "script" ? ["/script", "script", "!--"] : ["/style"]
    let bytes = Array(text.utf8)
    var output: [UInt8] = []
    output.reserveCapacity(bytes.count)
    for (index, byte) in bytes.enumerated() {
      let opens = byte == UInt8(ascii: "<") && endings.contains { matches($0, in: bytes, at: index + 1) }
      switch (opens, element) {
      case (false, _): output.append(byte)
      case (true, "script"): output.append(contentsOf: "\\u003C".utf8)
      case (true, _): output.append(contentsOf: "<\\".utf8)
      }
    }
    return String(decoding: output, as: UTF8.self)
  }

  private static func matches(_ word: String, in bytes: [UInt8], at start: Int) -> Bool {
    guard start + word.utf8.count <= bytes.count else { return false }
    return zip(word.utf8, bytes[start...]).allSatisfy { $0 == $1 || ($0 >= 0x61 && $0 == $1 | 0x20) }
  }
}
