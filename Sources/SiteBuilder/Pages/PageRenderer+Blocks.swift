internal import Lessons
internal import Markup

extension PageRenderer {
  mutating func render(_ block: Block) -> Node {
    switch block.kind {
    case .heading(let level, let anchor, let content): return heading(level, anchor, content)
    case .paragraph(let content): return .element("p", [], render(content))
    case .list(let list): return render(list)
    case .quote(let content): return .element("blockquote", [], content.map { render($0) })
    case .alert(let kind, let content): return alert(kind, content)
    case .prediction(let question, let answer): return prediction(question, answer)
    case .exercise(let exercise): return self.exercise(exercise)
    case .recap: return recap()
    case .table(let table): return render(table)
    case .code(let language, let text): return codeBlock(language, text)
    case .cell(let index): return cell(index)
    case .math(let tex, let label): return equation(tex, label)
    case .thematicBreak: return .element("hr")
    case .footnotes(let notes): return footnotes(notes)
    }
  }

  private mutating func heading(_ level: Int, _ anchor: String, _ content: [Inline]) -> Node {
    let text = render(content)
    let name = "h\(min(max(level, 1), 6))"
    guard level > 1 else { return .element(name, [("id", anchor)], text) }
    // The sign is drawn by the style sheet, so that a copied or spoken heading is its text alone.
    let link = Node.element(
      "a", [("class", "anchor"), ("href", "#" + anchor), ("aria-label", "Link to this section")])
    return .element(name, [("id", anchor)], text + [link])
  }

  private mutating func render(_ list: Block.List) -> Node {
    let isTaskList = list.items.contains { $0.task != nil }
    let items = list.items.map { item -> Node in
      var content = item.content.map { block -> Node in
        if list.isTight, case .paragraph(let text) = block.kind {
          return .fragment(render(text))
        }
        return render(block)
      }
      if let isDone = item.task {
        let box = Node.element(
          "input",
          [
            ("type", "checkbox"), ("disabled", ""), ("checked", isDone ? "" : nil),
            ("aria-label", isDone ? "Done" : "To do"),
          ])
        content = [box, .text(" ")] + content
      }
      return .element("li", [("class", item.task == nil ? nil : "task")], content)
    }
    let taskClass = isTaskList ? "tasks" : nil
    guard let start = list.start else { return .element("ul", [("class", taskClass)], items) }
    return .element("ol", [("class", taskClass), ("start", start == 1 ? nil : String(start))], items)
  }

  private mutating func alert(_ kind: Block.AlertKind, _ content: [Block]) -> Node {
    let title = kind.rawValue.prefix(1).uppercased() + kind.rawValue.dropFirst()
    return .element(
      "div", [("class", "alert \(kind.rawValue)"), ("role", "note"), ("aria-label", title)],
      [.element("p", [("class", "alert-title"), ("aria-hidden", "true")], [.text(title)])]
        + content.map { render($0) })
  }

  private mutating func render(_ table: Block.Table) -> Node {
    func alignment(_ column: Int) -> String? {
      guard table.alignments.indices.contains(column), table.alignments[column] != .none else { return nil }
      return "align-" + table.alignments[column].rawValue
    }
    let header = table.header.enumerated().map { column, content -> Node in
      // A corner without words is no header of anything.
      guard !content.isEmpty else { return .element("td", [("class", alignment(column))]) }
      return .element("th", [("scope", "col"), ("class", alignment(column))], render(content))
    }
    let rows = table.rows.map { row in
      Node.element(
        "tr", [],
        row.enumerated().map { column, content in
          Node.element("td", [("class", alignment(column))], render(content))
        })
    }
    let body = rows.isEmpty ? [] : [Node.element("tbody", [], rows)]
    return .element(
      "div", [("class", "table"), ("role", "group"), ("aria-label", "Table"), ("tabindex", "0")],
      [.element("table", [], [.element("thead", [], [.element("tr", [], header)])] + body)])
  }

  private mutating func codeBlock(_ language: String?, _ text: String) -> Node {
    let code = language == "swift" ? CodeText.nodes(text, SwiftLexer.tokens(of: text)) : [.text(text)]
    return .element("div", [("class", "code")], [Self.preformatted(code, language: language)])
  }

  private mutating func equation(_ tex: String, _ label: String?) -> Node {
    let formula = formula(tex, isDisplay: true)
    let scroll = Node.element(
      "div", [("class", "equation-body"), ("tabindex", "0"), ("role", "group"), ("aria-label", "Equation")], [formula])
    guard let label, let number = lesson.labels[label]?.number else {
      return .element("div", [("class", "equation")], [scroll])
    }
    let link = Node.element(
      "a", [("class", "equation-number"), ("href", "#" + label), ("aria-label", "Equation \(number)")],
      [.text("(\(number))")])
    return .element("div", [("class", "equation"), ("id", label)], [scroll, link])
  }

  private mutating func footnotes(_ notes: [Block.Footnote]) -> Node {
    let items = notes.map { note -> Node in
      var content = note.content.map { render($0) }
      let links = (1...max(note.references, 1)).flatMap { reference -> [Node] in
        let label = note.references > 1 ? "Back to reference \(reference)" : "Back to the text"
        let arrow = note.references > 1 ? "↩\(reference)" : "↩"
        let target = "#" + Self.footnoteReference(note.number, reference)
        return [
          .text(" "), .element("a", [("href", target), ("class", "back"), ("aria-label", label)], [.text(arrow)]),
        ]
      }
      // The way back stands in the note's last paragraph, not on a line of its own.
      if case .element(var last)? = content.last, last.name == "p" {
        last.children += links
        content[content.count - 1] = .element(last)
      } else {
        content.append(.element("p", [], links))
      }
      return .element("li", [("id", "fn:\(note.number)")], content)
    }
    return .element(
      "section", [("class", "footnotes"), ("aria-label", "Footnotes")],
      [.element("h2", [("class", "visually-hidden")], [.text("Footnotes")]), .element("ol", [], items)])
  }

  static func footnoteReference(_ number: Int, _ reference: Int) -> String { "fnref:\(number):\(reference)" }
}
