internal import Foundation
internal import Lessons
internal import Markup

/// Renders doc-comments: their text, their formulas, and links to the symbols that they name.
struct DocCommentRenderer {
  let math: MathRenderer
  let pages: APIPages
  /// What leads from the page to the site's folder, such as `../../`.
  let toRoot: String
  /// The type whose page it is: names are looked for in it first.
  let scope: [String]

  private(set) var usesMath = false

  init(math: MathRenderer, pages: APIPages, toRoot: String, scope: [String]) {
    self.math = math
    self.pages = pages
    self.toRoot = toRoot
    self.scope = scope
  }

  mutating func render(_ blocks: [Block]) -> [Node] { blocks.map { render($0) } }

  private mutating func render(_ block: Block) -> Node {
    switch block.kind {
    case .paragraph(let text): .element("p", [], render(text))
    case .list(let list):
      .element(
        list.start == nil ? "ul" : "ol", [],
        list.items.map { .element("li", [], item($0, isTight: list.isTight)) })
    case .quote(let content): .element("blockquote", [], render(content))
    case .table(let table): self.table(table)
    case .code(let language, let text): code(text, language: language)
    case .math(let tex, _): equation(tex)
    case .thematicBreak: .element("hr")
    // A doc-comment has none of these.
    case .heading, .alert, .cell, .footnotes, .prediction, .exercise, .recap: .fragment([])
    }
  }

  private mutating func item(_ item: Block.List.Item, isTight: Bool) -> [Node] {
    item.content.map { block in
      if isTight, case .paragraph(let text) = block.kind { return .fragment(render(text)) }
      return render(block)
    }
  }

  private mutating func table(_ table: Block.Table) -> Node {
    let header = table.header.map { Node.element("th", [("scope", "col")], render($0)) }
    let rows = table.rows.map { row in Node.element("tr", [], row.map { .element("td", [], render($0)) }) }
    return .element(
      "div", [("class", "table"), ("role", "group"), ("aria-label", "Table"), ("tabindex", "0")],
      [.element("table", [], [.element("thead", [], [.element("tr", [], header)]), .element("tbody", [], rows)])])
  }

  /// An indented block is a formula where it can be read as one, and code otherwise.
  private mutating func code(_ text: String, language: String?) -> Node {
    if language == nil, let tex = PlainFormula.tex(text), let formula = formula(tex, isDisplay: true) {
      return Self.equation(formula)
    }
    return .element(
      "div", [("class", "code")],
      [
        .element(
          "pre", [("tabindex", "0")],
          [.element("code", [("class", "language-swift")], CodeText.nodes(text, SwiftLexer.tokens(of: text)))])
      ])
  }

  private mutating func equation(_ tex: String) -> Node {
    guard let formula = formula(tex, isDisplay: true) else {
      return .element("p", [], [.element("code", [], [.text(tex)])])
    }
    return Self.equation(formula)
  }

  private static func equation(_ formula: Node) -> Node {
    .element(
      "div", [("class", "equation")],
      [
        .element(
          "div", [("class", "equation-body"), ("tabindex", "0"), ("role", "group"), ("aria-label", "Equation")],
          [formula])
      ])
  }

  private mutating func formula(_ tex: String, isDisplay: Bool) -> Node? {
    guard let formula = try? math.render(tex, isDisplay: isDisplay) else { return nil }
    usesMath = true
    return formula
  }

  mutating func render(_ inlines: [Inline]) -> [Node] { inlines.map { render($0) } }

  private mutating func render(_ inline: Inline) -> Node {
    switch inline {
    case .text(let text): .text(text)
    case .softBreak: "\n"
    case .lineBreak: .element("br")
    case .code(let code): .element("code", [], [.text(code)])
    case .emphasis(let content): .element("em", [], render(content))
    case .strong(let content): .element("strong", [], render(content))
    case .strikethrough(let content): .element("del", [], render(content))
    case .link(let destination, let title, let content): link(destination, title, content)
    case .math(let tex):
      formula(tex, isDisplay: false).map { .element("span", [("class", "math")], [$0]) }
        ?? .element("code", [], [.text(tex)])
    case .image, .expression, .reference, .footnoteReference: .fragment([])
    }
  }

  private mutating func link(_ destination: String, _ title: String?, _ content: [Inline]) -> Node {
    guard destination.hasPrefix(DocComment.symbolScheme) else {
      return .element("a", [("href", destination), ("title", title)], render(content))
    }
    let name = String(destination.dropFirst(DocComment.symbolScheme.count))
    // Comments write a member's path with a slash, as the compiler's documentation does.
    let text = Node.element("code", [], [.text(name.split(separator: "/").joined(separator: "."))])
    guard name.count > 1, let address = pages.address(ofName: name, in: scope) else { return text }
    return .element("a", [("href", toRoot + address)], [text])
  }
}
