extension Hover {
  /// Reads the Markdown of the language server: a Swift fence with a declaration, then its documentation, which may hold
  /// fences of its own; where a name means several things, several of these between rules.
  init?(markdown: String) {
    var declarations: [String] = []
    var paragraphs: [String] = []
    var fence: [Substring]?
    var paragraph: [Substring] = []
    var hasDeclaration = false
    func end(_ paragraph: inout [Substring], _ paragraphs: inout [String]) {
      if !paragraph.isEmpty { paragraphs.append(paragraph.joined(separator: " ")) }
      paragraph = []
    }
    for line in markdown.split(separator: "\n", omittingEmptySubsequences: false) {
      if let code = fence {
        if line.hasPrefix("```") {
          let declaration = Self.withoutAttributes(code.drop(while: \.isEmpty).joined(separator: "\n"))
          if !hasDeclaration, !declaration.isEmpty { declarations.append(declaration) }
          hasDeclaration = true
          fence = nil
        } else {
          fence = code + [line]
        }
      } else if line.hasPrefix("```") {
        end(&paragraph, &paragraphs)
        fence = []
      } else if line == "---" {
        end(&paragraph, &paragraphs)
        hasDeclaration = false
      } else if line.isEmpty || line == "## Multiple results" {
        end(&paragraph, &paragraphs)
      } else {
        paragraph.append(line)
      }
    }
    end(&paragraph, &paragraphs)
    guard !declarations.isEmpty else { return nil }
    self.init(declarations: declarations, documentation: paragraphs.first ?? "")
  }

  /// Drops what tells the compiler how to compile, and a reader nothing.
  private static func withoutAttributes(_ declaration: String) -> String {
    var rest = declaration[...]
    while let attribute = rest.prefixMatch(of: /@(_\w+|inlinable|frozen|usableFromInline|inline)(\([^)]*\))?\s+/) {
      rest = rest[attribute.range.upperBound...]
    }
    return String(rest)
  }

  /// Whether the compiler could not tell a type, and wrote `_` for it: something that the lesson needs was not found.
  var isUnresolved: Bool { declarations.contains { $0.hasSuffix(": _") || $0.contains("<<error type>>") } }
}
