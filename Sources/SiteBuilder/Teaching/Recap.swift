internal import Lessons
internal import Markup
internal import SnippetProtocol
internal import SnippetRunner

/// What a lesson has proven: the claims of its own cells, in their order. What an exercise's solution claims is not the
/// lesson's.
struct ProvenClaims {
  struct Entry: Equatable {
    var cell: String
    var claim: Claim
  }

  let entries: [Entry]

  init(_ lesson: Lesson, _ run: LessonRun) {
    entries = zip(lesson.cells, run.cells).filter { $0.0.scope == nil }.flatMap { cell, result in
      result.outputs.compactMap { output in
        if case .claim(let claim) = output, claim.holds { Entry(cell: cell.name, claim: claim) } else { nil }
      }
    }
  }

  /// The lesson's blocks, with a section for the claims at the end where its author wrote none.
  func placed(in blocks: [Block]) -> [Block] {
    guard !entries.isEmpty, !blocks.contains(where: { $0.kind == .recap }), let last = blocks.last else {
      return blocks
    }
    let end = SourceRange(start: last.range.end, end: last.range.end)
    let section = [
      Block(
        .heading(level: 2, anchor: Self.anchor, content: [.text(Lessons.Recap.heading)]), range: end),
      Block(.recap, range: end),
    ]
    let place = blocks.lastIndex { if case .footnotes = $0.kind { true } else { false } } ?? blocks.endIndex
    return Array(blocks[..<place]) + section + Array(blocks[place...])
  }

  /// With capitals, so that no heading of an author's has it.
  private static let anchor = "Claims"
}

package enum ClaimText {
  /// A claim with a capital at its beginning, unless that is a symbol: of Greek, or a letter or a name with digits alone.
  package static func sentence(_ text: String) -> String {
    let word = text.prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "(" }
    let isWord = word.utf8.allSatisfy { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) }
    guard isWord, word.count > 1 || word == "a" else { return text }
    return text.prefix(1).uppercased() + text.dropFirst()
  }
}

extension PageRenderer {
  /// The list of what the run has borne out, each with its value and a way to the cell that claims it.
  func recap() -> Node {
    let claims = ProvenClaims(lesson, run)
    guard !claims.entries.isEmpty else { return .fragment([]) }
    let items = claims.entries.map { entry -> Node in
      let text = entry.claim.text
      let link = Node.element(
        "a", [("href", "#" + AnchorText.fragment("cell:" + entry.cell))],
        [.text(ClaimText.sentence(text))])
      let detail =
        entry.claim.detail.isEmpty
        ? [] : [Node.text(" "), .element("span", [("class", "detail")], [.text(entry.claim.detail)])]
      return .element("li", [], [link] + detail)
    }
    return .element(
      "div", [("class", "recap")],
      [
        .element("p", [("class", "recap-title")], ["Proven on this page, each time it is built:"]),
        .element("ul", [], items),
      ])
  }
}
