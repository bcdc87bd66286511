extension SourceFile {
  /// A lesson of a file's bytes, without a byte order mark; or what is wrong with them, at its place.
  package static func read(_ bytes: [UInt8], path: String) -> Result<SourceFile, Diagnostic> {
    let bytes = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes[3...] : bytes[...]
    guard bytes.contains(where: { $0 > UInt8(ascii: " ") }) else {
      return .failure(
        Diagnostic(
          stage: .writing, identifier: "empty-lesson", summary: "the lesson '\(path)' is empty",
          remedy: "begin it with '---', the lines 'title:', 'summary:' and 'order:', and '---'"))
    }
    if let zero = bytes.firstIndex(of: 0) {
      return .failure(
        broken(
          bytes, at: zero, path, "nul-byte", "a byte here is zero; the file is no text",
          "save it as UTF-8 (UTF-16 holds such bytes)"))
    }
    if let text = String(validating: bytes, as: UTF8.self) {
      return .success(SourceFile(path: path, text: text))
    }
    let place = firstInvalid(bytes)
    let hex = String(bytes[place], radix: 16, uppercase: true)
    return .failure(
      broken(
        bytes, at: place, path, "not-utf-8", "the byte 0x\(hex) here is not UTF-8", "save the file as UTF-8"))
  }

  private static func firstInvalid(_ bytes: ArraySlice<UInt8>) -> Int {
    var decoder = UTF8()
    var iterator = bytes.makeIterator()
    var offset = bytes.startIndex
    while case .scalarValue(let scalar) = decoder.decode(&iterator) { offset += UTF8.width(scalar) }
    return min(offset, bytes.endIndex - 1)
  }

  private static func broken(
    _ bytes: ArraySlice<UInt8>, at offset: Int, _ path: String, _ identifier: String, _ summary: String,
    _ remedy: String
  ) -> Diagnostic {
    let before = bytes[..<offset]
    let newline = UInt8(ascii: "\n")
    let line = before.count { $0 == newline } + 1
    let column = offset - (before.lastIndex(of: newline).map { $0 + 1 } ?? bytes.startIndex) + 1
    let start = SourcePosition(line: line, column: column)
    let range = SourceRange(start: start, end: SourcePosition(line: line, column: column + 1))
    let shown = SourceFile(path: path, text: String(decoding: bytes, as: UTF8.self))
    return Diagnostic(
      stage: .writing, identifier: identifier, summary: summary, location: shown.location(range), remedy: remedy)
  }
}
