/// Predictions: a `[!TIP]` whose text begins with bold words that begin with `Predict`, and whose answer is the paragraph
/// that begins with bold `Answer`, with all below it.
///
///     > [!TIP]
///     > **Predict first.** Will its error be below PCA's?
///     >
///     > **Answer.** It is two thirds of it.
enum PredictionMarks {
  /// The question and the answer; nil where the tip is just a tip. A question without an answer is a mistake.
  static func split(
    _ content: [MarkdownBlock], lines: SourceLines, mistakes: MistakeList
  ) -> (question: [MarkdownBlock], answer: [MarkdownBlock])? {
    guard let first = content.first, begins(first, with: "predict") else { return nil }
    if let start = content.firstIndex(where: { begins($0, with: "answer") }) {
      return (Array(content[..<start]), Array(content[start...]))
    }
    mistakes.add(
      "prediction-without-answer", "this prediction has no answer",
      at: lines.range(first.place, through: first.place.startLine),
      remedy: "add an empty line '>' and a paragraph '> **Answer.** …' below it; it will be folded")
    return (content, [])
  }

  /// The blocks without the bold words that the page writes as a title of its own.
  static func withoutMark(_ blocks: [Block]) -> [Block] {
    guard var first = blocks.first, case .paragraph(var content) = first.kind, case .strong? = content.first else {
      return blocks
    }
    content.removeFirst()
    if case .text(let text)? = content.first {
      let rest = String(text.drop { $0.isWhitespace || $0 == ":" || $0 == "." })
      content = (rest.isEmpty ? [] : [.text(rest)]) + content.dropFirst()
    }
    if case .softBreak? = content.first { content.removeFirst() }
    guard !content.isEmpty else { return Array(blocks.dropFirst()) }
    first.kind = .paragraph(content)
    return [first] + blocks.dropFirst()
  }

  private static func begins(_ block: MarkdownBlock, with word: String) -> Bool {
    guard case .paragraph(let text) = block.kind, let first = visible(text).first,
      case .strong(let content) = first.kind
    else { return false }
    return InlineText.plain(content).lowercased().hasPrefix(word)
  }

  /// The marker of the call-out may have left a piece of nothing.
  private static func visible(_ text: MarkdownText) -> ArraySlice<MarkdownInline> {
    text.inlines.drop { inline in
      switch inline.kind {
      case .softBreak: true
      case .text(let text): text.allSatisfy(\.isWhitespace)
      default: false
      }
    }
  }
}
