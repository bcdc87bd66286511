/// One message of the compiler, in its `llvm` style: `path:line:column: severity: text`.
package struct CompilerMessage: Equatable, Sendable {
  package enum Severity: String, Sendable { case error, warning, note }

  package var path: String
  package var line: Int
  package var column: Int
  package var severity: Severity
  package var text: String

  package init(path: String, line: Int, column: Int, severity: Severity, text: String) {
    self.path = path
    self.line = line
    self.column = column
    self.severity = severity
    self.text = text
  }

  /// Takes the messages out of the compiler's output. The excerpts between them are left out: they are cut from the
  /// tangled program.
  package static func parse(_ output: String) -> [CompilerMessage] {
    output.split(separator: "\n").compactMap(parseLine)
  }

  /// The compiler ends some messages with the name of their group: ` [#no-usage]`.
  private static func withoutGroup(_ text: Substring) -> Substring {
    guard text.last == "]", let mark = text.ranges(of: " [#").last else { return text }
    return text[..<mark.lowerBound]
  }

  private static func parseLine(_ line: Substring) -> CompilerMessage? {
    for severity in [Severity.error, .warning, .note] {
      guard let mark = line.firstRange(of: ": \(severity.rawValue): ") else { continue }
      let text = withoutGroup(line[mark.upperBound...])
      // The path may hold colons; the numbers come last.
      var fields = line[..<mark.lowerBound].split(separator: ":", omittingEmptySubsequences: false)
      guard fields.count >= 2 else { continue }
      let last = fields.removeLast()
      guard let number = Int(last) else { continue }
      if fields.count >= 2, let lineNumber = Int(fields[fields.count - 1]) {
        fields.removeLast()
        return CompilerMessage(
          path: fields.joined(separator: ":"), line: lineNumber, column: number, severity: severity, text: String(text))
      }
      return CompilerMessage(
        path: fields.joined(separator: ":"), line: number, column: 0, severity: severity, text: String(text))
    }
    return nil
  }
}
