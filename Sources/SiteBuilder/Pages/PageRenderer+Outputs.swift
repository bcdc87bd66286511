internal import Lessons
internal import Markup
internal import SnippetProtocol
internal import SnippetRunner

extension PageRenderer {
  /// What a cell gave, in its order; figures that follow each other share one `<figure>`.
  mutating func outputs(_ outputs: [CellOutput], of cell: Cell) -> [Node] {
    let groups = OutputGroup.groups(of: outputs)
    let lastFigure = groups.lastIndex { if case .shown = $0 { true } else { false } }
    var nodes: [Node] = []
    var textual: [Node] = []
    func flush() {
      if !textual.isEmpty { nodes.append(.element("div", [("class", "output")], textual)) }
      textual = []
    }
    var shownBefore = 0
    for (index, group) in groups.enumerated() {
      switch group {
      case .text(.standardOutput, let text): textual.append(Self.text(text, "stdout", label: nil))
      case .text(.standardError, let text):
        textual.append(Self.text(text, "stderr", label: "Written to standard error"))
      case .expectedError(let text):
        textual.append(Self.text(text, "expected-error", label: "This cell fails, as it should"))
      case .claim(let claim): textual.append(Self.claim(claim))
      case .shown(let values):
        flush()
        nodes.append(figure(values, of: cell, firstIndex: shownBefore, isLast: index == lastFigure))
        shownBefore += values.count
      }
    }
    flush()
    return nodes
  }

  private static func text(_ text: String, _ kind: String, label: String?) -> Node {
    let trimmed = text.last == "\n" ? String(text.dropLast()) : text
    let samp = Node.element("samp", [], [.text(trimmed)])
    let block = Node.element("pre", [("class", kind), ("tabindex", "0")], [samp])
    guard let label else { return block }
    return .fragment([.element("p", [("class", "output-label")], [.text(label)]), block])
  }

  private static func claim(_ claim: Claim) -> Node {
    let detail =
      claim.detail.isEmpty ? [] : [Node.text(" "), .element("span", [("class", "detail")], [.text(claim.detail)])]
    return .element(
      "p", [("class", claim.holds ? "claim holds" : "claim fails")],
      [
        .element("span", [("class", "mark"), ("aria-hidden", "true")], [.text(claim.holds ? "✓" : "✗")]),
        .element("span", [("class", "visually-hidden")], [.text(claim.holds ? "Holds: " : "Fails: ")]),
        .element("span", [("class", "claim-text")], [.text(claim.text)] + detail),
      ])
  }

  private mutating func figure(
    _ values: [OutputGroup.Shown], of cell: Cell, firstIndex: Int, isLast: Bool
  ) -> Node {
    let label = cell.options.label
    guard let alternative = cell.options.alt, !alternative.allSatisfy(\.isWhitespace) else {
      report(
        "figure-without-alt", "the cell \(cell.name) shows a figure but has no `alt`", at: cell.range,
        remedy: "Add a line such as `//| alt: What the figure shows, for readers who do not see it.` to the cell.")
      return .fragment([])
    }
    var content: [Node] = []
    var links: [Node] = []
    for (offset, value) in values.enumerated() {
      let number = firstIndex + offset
      let identifier = "F\(cell.index + 1)" + (number == 0 ? "" : "-\(number + 1)")
      do throws(ShownValueRenderer.Failure) {
        let rendered = try shownValues.draw(
          .init(kind: value.kind, payload: value.payload, identifier: identifier, alternative: alternative))
        content.append(rendered.content)
        links += files(of: rendered, named: cell.name, number: number)
      } catch {
        report(
          "unknown-shown-value", "the cell \(cell.name) shows something that cannot be drawn: \(error.message)",
          at: cell.range, remedy: "Rebuild walkthrough and its LessonKit together; they disagree about figures.")
      }
    }
    let caption = isLast ? figureCaption(cell, links) : links.isEmpty ? nil : .element("figcaption", [], links)
    return .element(
      "figure", [("id", isLast && label?.hasPrefix("fig-") == true ? label : nil)],
      [Self.drawing(content)] + (caption.map { [$0] } ?? []))
  }

  /// Puts a figure's drawing and numbers into the site, for whoever wants to use them elsewhere; returns links to them.
  private mutating func files(of figure: RenderedFigure, named name: String, number: Int) -> [Node] {
    let name = number == 0 ? name : "\(name)-\(number + 1)"
    let suffix = number == 0 ? "" : " \(number + 1)"
    let parts = [
      (figure.csv, LessonFolders.data(lesson.slug) + "/\(name).csv", "Data"),
      (figure.document, LessonFolders.figures(lesson.slug) + "/\(name).svg", "SVG"),
    ]
    return parts.flatMap { content, path, word -> [Node] in
      guard let content else { return [] }
      figureFiles.append(SiteFile(path: path, text: content))
      let link = Node.element(
        "a", [("class", "data"), ("href", path), ("download", "")], [.text(word + suffix)])
      return [.text(" "), link]
    }
  }

  /// A drawing shrinks to the room there is; a table scrolls, and so has to be reached by keyboard.
  private static func drawing(_ content: [Node]) -> Node {
    let scrolls = content.contains { containsTable($0) }
    return .element(
      "div",
      [
        ("class", "drawing"), ("tabindex", scrolls ? "0" : nil), ("role", scrolls ? "group" : nil),
        ("aria-label", scrolls ? "Table" : nil),
      ], content)
  }

  private static func containsTable(_ node: Node) -> Bool {
    switch node {
    case .element(let element): element.name == "table" || element.children.contains { containsTable($0) }
    case .fragment(let nodes): nodes.contains { containsTable($0) }
    case .text, .doctype, .trusted: false
    }
  }

  private func figureCaption(_ cell: Cell, _ links: [Node]) -> Node? {
    var nodes: [Node] = []
    if let label = cell.options.label, let number = lesson.labels[label]?.number {
      nodes.append(
        .element("a", [("class", "figure-number"), ("href", "#" + label)], [.text("Figure\u{A0}\(number).")]))
    }
    if let caption = cell.options.caption {
      nodes.append(.text((nodes.isEmpty ? "" : " ") + caption))
    }
    nodes += links
    return nodes.isEmpty ? nil : .element("figcaption", [], nodes)
  }
}

/// Outputs that a page shows as one: text of one stream, or figures, that follow each other.
enum OutputGroup {
  struct Shown {
    var kind: String
    var payload: [UInt8]
  }

  case text(CellOutput.Stream, String)
  case shown([Shown])
  case claim(Claim)
  case expectedError(String)

  static func groups(of outputs: [CellOutput]) -> [OutputGroup] {
    var groups: [OutputGroup] = []
    for output in outputs {
      switch (output, groups.last) {
      case (.text(let stream, let text), .text(let previous, let before)?) where stream == previous:
        groups[groups.count - 1] = .text(stream, before + text)
      case (.text(let stream, let text), _): groups.append(.text(stream, text))
      case (.shown(let kind, let payload), .shown(let before)?):
        groups[groups.count - 1] = .shown(before + [Shown(kind: kind, payload: payload)])
      case (.shown(let kind, let payload), _): groups.append(.shown([Shown(kind: kind, payload: payload)]))
      case (.claim(let claim), _): groups.append(.claim(claim))
      case (.expectedError(let text), _): groups.append(.expectedError(text))
      }
    }
    return groups
  }
}
