import Lessons

/// Makes lessons out of blocks, with cells and expressions numbered in their order.
struct LessonBuilder {
  var title = "A lesson"
  var summary = "What it is about."
  var order = 1
  var slug = "01-lesson"
  var folder = "lessons"
  var text = ""
  var blocks: [Block] = []
  var cells: [Cell] = []
  var expressions: [InlineExpression] = []
  var formulas: [Formula] = []
  var labels: [String: LabelTarget] = [:]

  static let nowhere = SourceRange(
    start: SourcePosition(line: 1, column: 1), end: SourcePosition(line: 1, column: 2))

  mutating func add(_ kind: Block.Kind) {
    if case .math(let tex, let label) = kind {
      formulas.append(Formula(tex: tex, isDisplay: true, range: Self.nowhere))
      if let label { name(label, .equation) }
    }
    blocks.append(Block(kind, range: Self.nowhere))
  }

  private mutating func name(_ label: String, _ kind: LabelTarget.Kind) {
    let number = labels.values.count { $0.kind == kind } + 1
    labels[label] = LabelTarget(kind: kind, number: number, range: Self.nowhere)
  }

  mutating func heading(_ level: Int, _ text: String) {
    let anchor = text.lowercased().split { !$0.isLetter && !$0.isNumber }.joined(separator: "-")
    add(.heading(level: level, anchor: anchor, content: [.text(text)]))
  }

  mutating func paragraph(_ content: Inline...) {
    for case .math(let tex) in content {
      formulas.append(Formula(tex: tex, isDisplay: false, range: Self.nowhere))
    }
    add(.paragraph(content))
  }

  mutating func cell(_ code: String, _ configure: (inout CellOptions) -> Void = { _ in }) {
    var options = CellOptions()
    configure(&options)
    if let label = options.label, label.hasPrefix("fig-") { name(label, .figure) }
    let start = SourcePosition(line: 10, column: 1)
    cells.append(
      Cell(
        index: cells.count, options: options, code: code + "\n", codeStart: start, range: Self.nowhere, indentation: 0))
    add(.cell(index: cells.count - 1))
  }

  /// The inline to put into a paragraph.
  mutating func expression(_ code: String) -> Inline {
    expressions.append(
      InlineExpression(index: expressions.count, code: code, range: Self.nowhere, precedingCells: cells.count))
    return .expression(index: expressions.count - 1)
  }

  var lesson: Lesson {
    Lesson(
      source: SourceFile(path: "\(folder)/\(slug).md", text: text), slug: slug,
      frontMatter: FrontMatter(title: title, summary: summary, order: order), blocks: blocks, cells: cells,
      inlineExpressions: expressions, formulas: formulas, labels: labels)
  }

  static func block(_ kind: Block.Kind) -> Block { Block(kind, range: nowhere) }
}
