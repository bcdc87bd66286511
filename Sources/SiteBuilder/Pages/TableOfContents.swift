internal import Lessons
internal import Markup

/// The headings below the title, down to level 3, as nested lists of links.
struct TableOfContents {
  struct Entry {
    var anchor: String
    var content: [Node]
    var children: [Entry] = []
  }

  struct Heading {
    var level: Int
    var anchor: String
    var content: [Node]
  }

  private var entries: [Entry] = []

  /// - Parameter content: a heading's text without links and footnotes, which cannot stand inside a link.
  init(_ blocks: [Block], content: ([Inline]) -> [Node]) {
    self.init(
      headings: blocks.compactMap { block in
        switch block.kind {
        case .heading(let level, let anchor, let inlines):
          return Heading(level: level, anchor: anchor, content: content(inlines))
        case .exercise(let exercise):
          let title = exercise.title.isEmpty ? [] : [Node.text(": ")] + content(exercise.title)
          return Heading(
            level: exercise.level, anchor: exercise.anchor, content: [.text("Exercise \(exercise.number)")] + title)
        default: return nil
        }
      })
  }

  init(headings: [Heading]) {
    for heading in headings where heading.level == 2 || heading.level == 3 {
      let entry = Entry(anchor: heading.anchor, content: heading.content)
      if heading.level == 3, !entries.isEmpty {
        entries[entries.count - 1].children.append(entry)
      } else {
        entries.append(entry)
      }
    }
  }

  var isEmpty: Bool { entries.isEmpty }

  /// Beside the text, where there is room.
  func sidebar() -> Node {
    .element(
      "nav", [("class", "contents"), ("aria-label", "On this page")],
      [.element("p", [("class", "contents-title")], ["On this page"]), Self.list(entries)])
  }

  /// Above the text, folded, where there is not.
  func folded() -> Node {
    .element(
      "details", [("class", "contents-fold")],
      [
        .element("summary", [], ["On this page"]),
        .element("nav", [("aria-label", "Sections")], [Self.list(entries)]),
      ])
  }

  private static func list(_ entries: [Entry]) -> Node {
    .element(
      "ol", [],
      entries.map { entry in
        .element(
          "li", [],
          [.element("a", [("href", "#" + AnchorText.fragment(entry.anchor))], entry.content)]
            + (entry.children.isEmpty ? [] : [list(entry.children)]))
      })
  }
}
