internal import Lessons
internal import Markup
internal import SnippetRunner

extension PageRenderer {
  /// A cell: its code, the command that runs it, and what it gave.
  mutating func cell(_ index: Int) -> Node {
    guard lesson.cells.indices.contains(index) else { return .fragment([]) }
    let cell = lesson.cells[index]
    var children: [Node] = []
    if cell.options.echo { children.append(code(of: cell)) }
    let outputs = run.cells.indices.contains(index) ? run.cells[index].outputs : []
    if cell.options.output, !outputs.isEmpty { children += self.outputs(outputs, of: cell) }
    return .element("div", [("class", "cell"), ("id", "cell:" + cell.name)], children)
  }

  private mutating func code(of cell: Cell) -> Node {
    let cellTokens = tokens.cells.indices.contains(cell.index) ? tokens.cells[cell.index] : []
    let code = Self.preformatted(
      CodeText.nodes(
        cell.code, cellTokens, address: { token in token.hover.flatMap { referenceAddress(ofHover: $0) } },
        symbol: { symbols.symbol(named: $0) }), language: "swift")
    let block = Node.element("div", [("class", "code")], [code, command(for: cell)])
    guard cell.options.fold else { return block }
    return .element(
      "details", [("class", "fold")], [.element("summary", [], [.text("Code of \(cell.name)")]), block])
  }

  /// What a reader types to run the cell, or why there is nothing to run.
  private func command(for cell: Cell) -> Node {
    if cell.options.ignore { return .element("p", [("class", "command")], [.text("Not compiled, for reading only.")]) }
    if !cell.options.eval { return .element("p", [("class", "command")], [.text("Compiled, not run.")]) }
    // On a narrow screen the line breaks between the two, not behind one of the hyphens.
    func whole(_ text: String) -> Node { .element("span", [("class", "whole")], [.text(text)]) }
    return .element(
      "p", [("class", "command")],
      [
        .element("span", [("class", "prompt"), ("aria-hidden", "true")], [.text("$ ")]),
        .element("code", [], [whole("walkthrough run \(lesson.slug)"), .text(" "), whole("--cell \(cell.name)")]),
      ])
  }

  static func preformatted(_ code: [Node], language: String?) -> Node {
    let language = language.map { name in name.prefix { !$0.isWhitespace } }
    return .element(
      "pre", [("tabindex", "0")],
      [.element("code", [("class", language.map { "language-" + $0 })], code)])
  }

  func colored(_ code: String, _ tokens: [CodeToken]) -> [Node] {
    CodeText.nodes(code, tokens) { token in token.hover.flatMap { referenceAddress(ofHover: $0) } }
  }

  /// Where the reference tells about what a name is; the first of several, such as a type before its initializer.
  private func referenceAddress(ofHover index: Int) -> String? {
    guard let reference, tokens.hovers.indices.contains(index) else { return nil }
    return tokens.hovers[index].symbols.lazy.compactMap { reference.address(of: $0) }.first
  }

  /// The declarations that the page's script shows beside the code; hidden, and so without weight for readers without it.
  func hoverList() -> [Node] {
    tokens.hovers.enumerated().map { index, hover in
      let declarations = Node.element(
        "pre", [],
        [
          .element(
            "code", [],
            hover.declarations.enumerated().flatMap { index, declaration in
              (index > 0 ? [Node.text("\n")] : []) + colored(declaration, SwiftLexer.tokens(of: declaration))
            })
        ])
      let documentation =
        hover.documentation.isEmpty ? [] : [Node.element("p", [], Self.plainMarkdown(hover.documentation))]
      return .element(
        "div", [("id", "type:\(index)")], [declarations] + documentation + referenceLinks(ofHover: index))
    }
  }

  /// A finger has no other way to the reference: its tap opens the box.
  private func referenceLinks(ofHover index: Int) -> [Node] {
    guard let reference, let address = referenceAddress(ofHover: index),
      let symbol = tokens.hovers[index].symbols.lazy.compactMap({ reference.symbol($0) }).first
    else { return [] }
    let link = Node.element("a", [("href", address)], [.text("\(symbol.module): \(symbol.fullName)")])
    return [.element("p", [("class", "to-reference")], [link])]
  }

  /// A doc-comment's paragraph, with its code spans.
  private static func plainMarkdown(_ text: String) -> [Node] {
    text.split(separator: "`", omittingEmptySubsequences: false).enumerated().map { index, piece in
      index % 2 == 1 ? .element("code", [], [.text(String(piece))]) : .text(String(piece))
    }
  }
}
