/// A doc-comment, parsed: its text as blocks, and what it says about parameters, results and errors.
///
/// The Markdown is that of lessons, without cells, labels and footnotes. A symbol between double backticks becomes a
/// link whose destination is `symbol:` and its name; who knows the symbols decides where it leads.
package struct DocComment: Hashable, Sendable {
  package struct Parameter: Hashable, Sendable {
    package var name: String
    package var content: [Block]
  }

  /// The scheme of links to symbols.
  package static let symbolScheme = "symbol:"

  package private(set) var content: [Block] = []
  package private(set) var parameters: [Parameter] = []
  package private(set) var returns: [Block] = []
  /// What it throws.
  package private(set) var failures: [Block] = []

  package init(_ markdown: String) {
    guard case .document(let blocks) = MarkdownParser.parse(markdown).kind else { return }
    for block in blocks {
      if case .list(nil, let isTight, let items) = block.kind {
        let rest = items.filter { !takeField($0) }
        if !rest.isEmpty, let list = DocText.block(.list(start: nil, isTight: isTight, items: rest)) {
          content.append(list)
        }
      } else if let block = DocText.block(block.kind) {
        content.append(block)
      }
    }
  }

  /// The first paragraph: what there is room for in a list.
  package var abstract: [Inline] {
    guard case .paragraph(let text)? = content.first?.kind else { return [] }
    return text
  }

  /// Takes `- Parameters:`, `- Parameter NAME:`, `- Returns:` and `- Throws:`; false for an ordinary item.
  private mutating func takeField(_ item: MarkdownBlock) -> Bool {
    guard case .item(nil, let blocks) = item.kind, let (word, rest) = Self.field(blocks) else { return false }
    switch word.lowercased() {
    case "parameters":
      for case .list(_, _, let items) in blocks.dropFirst().map(\.kind) {
        for case .item(nil, let blocks) in items.map(\.kind) {
          guard let (name, rest) = Self.field(blocks) else { continue }
          parameters.append(Parameter(name: name, content: rest))
        }
      }
    case let word where word.hasPrefix("parameter "):
      parameters.append(Parameter(name: String(word.dropFirst("parameter ".count)), content: rest))
    case "returns": returns += rest
    case "throws": failures += rest
    default: return false
    }
    return true
  }

  /// What stands before the first colon of an item's text, and its content from there on.
  private static func field(_ blocks: [MarkdownBlock]) -> (word: String, rest: [Block])? {
    guard case .paragraph(var text)? = blocks.first?.kind, case .text(let first)? = text.inlines.first?.kind,
      let colon = first.firstIndex(of: ":")
    else { return nil }
    let word = String(first[..<colon])
    guard word.split(separator: " ").count <= 2 else { return nil }
    let after = first[first.index(after: colon)...].drop { $0 == " " }
    text.inlines[0].kind = .text(String(after))
    if after.isEmpty { text.inlines.removeFirst() }
    let opening = text.inlines.isEmpty ? [] : [MarkdownBlock.Kind.paragraph(text)]
    return (word, (opening + blocks.dropFirst().map(\.kind)).compactMap(DocText.block))
  }
}

/// Turns what the Markdown parser saw into a doc-comment's blocks.
private enum DocText {
  /// Nothing refers to a place in a doc-comment.
  private static let nowhere = SourceRange(
    start: SourcePosition(line: 1, column: 1), end: SourcePosition(line: 1, column: 1))

  static func block(_ kind: MarkdownBlock.Kind) -> Block? {
    let value: Block.Kind
    switch kind {
    case .quote(let blocks): value = .quote(blocks.compactMap { block($0.kind) })
    case .list(let start, let isTight, let items):
      value = .list(Block.List(start: start, isTight: isTight, items: items.compactMap(item)))
    case .code(let code): value = .code(language: code.info.isEmpty ? nil : code.info, text: code.literal)
    case .displayMath(let literal): value = .math(tex: inner(literal, by: 2), label: nil)
    case .html(let literal): value = .paragraph([.text(literal)])
    case .paragraph(let text): value = .paragraph(inlines(text))
    case .heading(_, _, let text): value = .paragraph([.strong(inlines(text))])
    case .thematicBreak: value = .thematicBreak
    case .table(let alignments, let rows):
      let cells = rows.map { $0.map(inlines) }
      value = .table(Block.Table(alignments: alignments, header: cells.first ?? [], rows: Array(cells.dropFirst())))
    case .document, .item, .footnoteDefinition, .tooDeep: return nil
    }
    return Block(value, range: nowhere)
  }

  private static func item(_ block: MarkdownBlock) -> Block.List.Item? {
    guard case .item(let task, let content) = block.kind else { return nil }
    return Block.List.Item(task: task, content: content.compactMap { self.block($0.kind) })
  }

  private static func inlines(_ text: MarkdownText) -> [Inline] {
    var rest = String(decoding: text.content, as: UTF8.self)[...]
    return text.inlines.flatMap { inlines($0, &rest) }
  }

  /// - Parameter rest: the text from here on as it was written, which alone tells single from double backticks.
  private static func inlines(_ inline: MarkdownInline, _ rest: inout Substring) -> [Inline] {
    func all(_ content: [MarkdownInline]) -> [Inline] { content.flatMap { inlines($0, &rest) } }
    switch inline.kind {
    case .text(let text), .html(let text): return [.text(text)]
    case .softBreak: return [.softBreak]
    case .lineBreak: return [.lineBreak]
    case .code(let code):
      let isSymbol = takeCode(code, &rest)
      return [
        isSymbol ? .link(destination: DocComment.symbolScheme + code, title: nil, content: [.code(code)]) : .code(code)
      ]
    case .emphasis(let content): return [.emphasis(all(content))]
    case .strong(let content): return [.strong(all(content))]
    case .strikethrough(let content): return [.strikethrough(all(content))]
    case .link(let url, let title, let content):
      return [.link(destination: url, title: title.isEmpty ? nil : title, content: all(content))]
    case .image(_, _, let content): return all(content)
    case .lifted(let text, _):
      guard text.hasPrefix("$") else { return [.text(text)] }
      return [.math(inner(text, by: text.hasPrefix("$$") ? 2 : 1))]
    case .footnoteReference, .tooDeep: return []
    }
  }

  /// Moves `rest` behind a code span; whether the span stood between double backticks.
  private static func takeCode(_ code: String, _ rest: inout Substring) -> Bool {
    guard let single = rest.firstRange(of: "`" + code + "`") else { return false }
    let isDouble = rest[..<single.lowerBound].last == "`" && rest[single.upperBound...].first == "`"
    rest = rest[single.upperBound...].drop { $0 == "`" }
    return isDouble
  }

  private static func inner(_ formula: String, by count: Int) -> String {
    var text = formula[...]
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text.dropFirst(count).dropLast(count))
  }
}
