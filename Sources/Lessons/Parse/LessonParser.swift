/// What parsing a lesson gave.
package struct ParseResult: Sendable {
  /// Nil where a diagnostic is an error.
  package let lesson: Lesson?
  /// All mistakes of the lesson, by place.
  package let diagnostics: [Diagnostic]
  package let source: SourceFile
  /// All formulas that were found, also of a lesson with mistakes, so that those of the formulas are told with them.
  package let formulas: [Formula]
}

/// The stage from text to tree.
package enum LessonParser {
  /// Parses a lesson and gathers all its mistakes, not just the first.
  ///
  /// `index` holds what its links may lead to. Parsing is a function of its arguments alone and safe to call from
  /// several threads at once.
  package static func parse(_ source: SourceFile, among index: LessonIndex) -> ParseResult {
    let draft = LessonDraft(source)
    var builder = LessonBuilder(draft: draft, index: index)
    let blocks = builder.document()
    let labelled = draft.formulas.values.filter { $0.label != nil }.map(\.texRange)
    SymbolCheck(symbols: draft.frontMatter?.symbols ?? [], mistakes: draft.mistakes)
      .check(builder.formulas, labelled: labelled, draft.cells, source)
    let diagnostics = draft.mistakes.sorted
    let formulas = (draft.symbolFormulas + builder.formulas).sorted { $0.range.start < $1.range.start }
    guard let frontMatter = draft.frontMatter, !diagnostics.contains(where: { $0.severity == .error }) else {
      return ParseResult(lesson: nil, diagnostics: diagnostics, source: source, formulas: formulas)
    }
    let name = source.name
    let lesson = Lesson(
      source: source, slug: name.hasSuffix(".md") ? String(name.dropLast(3)) : name, frontMatter: frontMatter,
      blocks: blocks, cells: draft.cells, inlineExpressions: builder.expressions,
      formulas: (draft.symbolFormulas + builder.formulas).sorted { $0.range.start < $1.range.start },
      labels: draft.labels,
      exercises: draft.exerciseOutlines)
    return ParseResult(lesson: lesson, diagnostics: diagnostics, source: source, formulas: formulas)
  }
}
