/// What a command accepts. The parser, the help text and the error messages all read the same description.
struct CommandDescription: Sendable {
  struct Option: Sendable {
    /// With its dashes, such as `--jobs`.
    var name: String
    /// What the value is called in the help text; nil for a flag, which takes none.
    var value: String?
    var help: String
  }

  var name: String
  /// The rest of the usage line, such as `LESSON [--cell LABEL]`.
  var usage: String
  var summary: String
  /// Paragraphs below the usage line.
  var discussion: String
  var operands: ClosedRange<Int>
  var options: [Option]

  var helpText: String {
    var lines = ["usage: walkthrough \(name) \(usage)", "", summary, ""]
    if !discussion.isEmpty { lines += [discussion, ""] }
    let rows = (options + [Option(name: "--help", value: nil, help: "Show this text.")]).map { option in
      (option.value.map { "\(option.name) \($0)" } ?? option.name, option.help)
    }
    lines.append("options:")
    lines += Columns.aligned(rows)
    return lines.joined(separator: "\n")
  }
}

/// Text in columns: rows of two, the first as wide as its longest entry, and lines broken between words.
enum Columns {
  static func wrapped(_ text: String, to width: Int) -> [String] {
    var lines: [String] = []
    for word in text.split(separator: " ") {
      if let last = lines.last, last.count + 1 + word.count <= width {
        lines[lines.count - 1] += " " + word
      } else {
        lines.append(String(word))
      }
    }
    return lines
  }

  static func aligned(_ rows: [(String, String)]) -> [String] {
    let width = rows.map(\.0.count).max() ?? 0
    return rows.map { first, second in
      second.isEmpty ? "  \(first)" : "  \(first)\(String(repeating: " ", count: width - first.count))  \(second)"
    }
  }
}
