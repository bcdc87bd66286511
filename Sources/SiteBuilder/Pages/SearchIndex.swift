internal import Foundation
internal import Lessons

/// The words of all lessons, by section, as a script that pages load when a reader first searches. A script, because a
/// page that was opened from a file may load scripts but not data.
struct SearchIndex {
  private struct Section: Encodable {
    var address: String
    var page: String
    var heading: String
    var text = ""

    func encode(to encoder: any Encoder) throws {
      var container = encoder.unkeyedContainer()
      for field in [address, page, heading, text] { try container.encode(field) }
    }
  }

  private var sections: [Section] = []

  /// The name of the function that the page's script defines before it loads the index.
  private static let function = "walkthroughSearch"

  mutating func add(_ lesson: Lesson) {
    let page = lesson.slug + ".html"
    var section = Section(
      address: page, page: lesson.frontMatter.title, heading: lesson.frontMatter.title, text: lesson.frontMatter.summary
    )
    for block in lesson.blocks {
      if case .heading(let level, let anchor, let content) = block.kind, level == 2 || level == 3 {
        sections.append(section)
        section = Section(
          address: "\(page)#\(anchor)", page: lesson.frontMatter.title, heading: Self.text(content, lesson))
      } else {
        if case .exercise(let exercise) = block.kind {
          sections.append(section)
          let title = Self.text(exercise.title, lesson)
          section = Section(
            address: "\(page)#\(exercise.anchor)", page: lesson.frontMatter.title,
            heading: "Exercise \(exercise.number)" + (title.isEmpty ? "" : ": \(title)"))
        }
        let text = Self.text(block, lesson)
        if !text.isEmpty { section.text += (section.text.isEmpty ? "" : " ") + text }
      }
    }
    sections.append(section)
  }

  mutating func add(_ entry: APISearch.Entry) {
    sections.append(Section(address: entry.address, page: entry.module, heading: entry.name, text: entry.text))
  }

  /// Strings only, so encoding cannot fail; an empty list would be the safe answer.
  func script() -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.withoutEscapingSlashes]
    let lines = sections.map { section in
      (try? encoder.encode(section)).map { String(decoding: $0, as: UTF8.self) } ?? "[]"
    }
    return "\(Self.function)([\n\(lines.joined(separator: ",\n"))\n]);\n"
  }

  private static func text(_ block: Block, _ lesson: Lesson) -> String {
    let pieces: [String]
    switch block.kind {
    // The title is the section's heading already.
    case .heading(level: 1, _, _), .math, .thematicBreak, .recap: pieces = []
    case .heading(_, _, let content), .paragraph(let content): pieces = [text(content, lesson)]
    case .list(let list): pieces = list.items.flatMap(\.content).map { text($0, lesson) }
    case .quote(let content), .alert(_, let content): pieces = content.map { text($0, lesson) }
    case .prediction(let question, let answer): pieces = (question + answer).map { text($0, lesson) }
    case .exercise(let exercise):
      pieces = (exercise.question + exercise.parts.flatMap(\.content)).map { text($0, lesson) }
    case .table(let table): pieces = ([table.header] + table.rows).joined().map { text($0, lesson) }
    case .code(_, let code): pieces = [code]
    case .cell(let index):
      let cell = lesson.cells[index]
      pieces = [cell.options.echo ? cell.code : "", cell.options.caption ?? ""]
    case .footnotes(let notes): pieces = notes.flatMap(\.content).map { text($0, lesson) }
    }
    return pieces.joined(separator: " ").split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  private static func text(_ inlines: [Inline], _ lesson: Lesson) -> String {
    inlines.map { inline in
      switch inline {
      case .text(let text), .code(let text): text
      case .softBreak, .lineBreak: " "
      case .emphasis(let content), .strong(let content), .strikethrough(let content), .link(_, _, let content):
        text(content, lesson)
      case .image(_, _, let alt): alt
      case .reference(let label, let number): PageRenderer.referenceText(label, number)
      // Nobody looks for TeX, and values change with the run.
      case .math, .expression, .footnoteReference: ""
      }
    }.joined()
  }
}
