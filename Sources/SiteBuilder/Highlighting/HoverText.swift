extension Hover {
  /// Reads the Markdown of the language server: Swift fences with declarations, each followed by its documentation,
  /// several of them under a heading of their own and between rules.
  init?(markdown: String) {
    var declarations: [String] = []
    var paragraphs: [String] = []
    var fence: [Substring]?
    var paragraph: [Substring] = []
    func end(_ paragraph: inout [Substring], _ paragraphs: inout [String]) {
      if !paragraph.isEmpty { paragraphs.append(paragraph.joined(separator: "\n")) }
      paragraph = []
    }
    for line in markdown.split(separator: "\n", omittingEmptySubsequences: false) {
      if let code = fence {
        if line == "```" {
          let declaration = code.drop(while: \.isEmpty).joined(separator: "\n")
          if !declaration.isEmpty { declarations.append(declaration) }
          fence = nil
        } else {
          fence = code + [line]
        }
      } else if line == "```swift" {
        end(&paragraph, &paragraphs)
        fence = []
      } else if line.isEmpty || line == "---" || line == "## Multiple results" {
        end(&paragraph, &paragraphs)
      } else {
        paragraph.append(line)
      }
    }
    end(&paragraph, &paragraphs)
    guard !declarations.isEmpty else { return nil }
    self.init(declarations: declarations, documentation: paragraphs.first ?? "")
  }
}
