/// A diagnostic as text for a terminal, with an excerpt of the lesson, carets under the place, and what to do:
///
///     lessons/02-autoencoder.md:12:5: error: unknown option 'captoin'
///        12 | //| captoin: Eight modes
///           |     ^~~~~~~
///     help: did you mean 'caption'?
package struct DiagnosticRenderer: Sendable {
  /// Colour and weight by ANSI escapes.
  package var usesColor: Bool
  /// Lines of the excerpt that are wider are cut around the place.
  package var width: Int

  package init(usesColor: Bool = false, width: Int = 100) {
    self.usesColor = usesColor
    self.width = width
  }

  /// All of them, with an empty line between two.
  package func render(_ diagnostics: [Diagnostic]) -> String {
    diagnostics.map(render).joined(separator: "\n")
  }

  /// Every line ends with a newline.
  package func render(_ diagnostic: Diagnostic) -> String {
    let isError = diagnostic.severity == .error
    let severity = styled(diagnostic.severity.rawValue + ":", isError ? "1;31" : "1;35")
    var text = place(diagnostic.location) + severity + " " + styled(safe(diagnostic.summary), "1") + "\n"
    if let location = diagnostic.location { text += excerpt(location, caretColor: isError ? "1;31" : "1;35") }
    for note in diagnostic.notes {
      text += place(note.location) + styled("note:", "1;36") + " " + safe(note.message) + "\n"
      if let location = note.location { text += excerpt(location, caretColor: "1;36") }
    }
    if let remedy = diagnostic.remedy { text += styled("help:", "1;32") + " " + safe(remedy) + "\n" }
    return text
  }

  private func place(_ location: Diagnostic.Location?) -> String {
    guard let location else { return "" }
    return styled("\(location.path):\(location.range.start.line):\(location.range.start.column):", "1") + " "
  }

  private func styled(_ text: String, _ code: String) -> String {
    usesColor ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
  }

  /// Without control characters, which could drive the terminal.
  private func safe(_ text: String) -> String {
    String(text.map { $0.isNewline ? " " : ExcerptLine.isControl($0) ? "\u{FFFD}" : $0 })
  }

  // MARK: Excerpts

  private func excerpt(_ location: Diagnostic.Location, caretColor: String) -> String {
    let range = location.range
    // Of a long range its first and last lines say enough.
    let all = Array(location.excerpt.enumerated())
    let shown = all.count > 5 ? Array(all.prefix(2)) + Array(all.suffix(1)) : all
    let digits = max(4, String(range.start.line + location.excerpt.count).count)
    var text = ""
    var last = -1
    for (index, content) in shown {
      if index > last + 1 { text += String(repeating: " ", count: digits) + " " + styled("...", "2") + "\n" }
      last = index
      let number = range.start.line + index
      let length = content.utf8.count
      let from = number == range.start.line ? range.start.column - 1 : ExcerptLine.indentation(of: content)
      let to = number == range.end.line ? range.end.column - 1 : length
      let line = ExcerptLine(content, marking: from..<max(from, to), width: max(20, width - digits - 3))
      let gutter = String(repeating: " ", count: max(0, digits - String(number).count)) + String(number)
      text += styled(gutter + " |", "2") + (line.text.isEmpty ? "" : " " + line.text) + "\n"
      let carets =
        number == range.start.line
        ? "^" + String(repeating: "~", count: line.markWidth - 1)
        : String(repeating: "~", count: line.markWidth)
      if number > range.start.line, line.text.isEmpty { continue }
      text += styled(String(repeating: " ", count: digits) + " |", "2") + " "
      text += String(repeating: " ", count: line.markStart) + styled(carets, caretColor) + "\n"
    }
    return text
  }
}
