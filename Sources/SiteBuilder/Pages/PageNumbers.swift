internal import Lessons

/// The numbers that captions and equations carry: those with a label count, each kind for itself, in their order.
struct PageNumbers {
  private(set) var figures: [String: Int] = [:]
  private(set) var equations: [String: Int] = [:]

  init(_ lesson: Lesson) {
    for cell in lesson.cells {
      if let label = cell.options.label, label.hasPrefix("fig-") { figures[label] = figures.count + 1 }
    }
    visit(lesson.blocks)
  }

  private mutating func visit(_ blocks: [Block]) {
    for block in blocks {
      switch block.kind {
      case .math(_, let label?): equations[label] = equations.count + 1
      case .quote(let content), .alert(_, let content): visit(content)
      case .list(let list): for item in list.items { visit(item.content) }
      case .footnotes(let notes): for note in notes { visit(note.content) }
      default: break
      }
    }
  }
}
