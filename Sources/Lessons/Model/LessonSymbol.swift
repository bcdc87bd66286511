/// A symbol of the lesson's formulas, defined once in the front matter.
package struct LessonSymbol: Hashable, Sendable {
  /// As it is written in formulas, such as `\hat{x}`.
  package let tex: String
  /// Running text, formulas and code.
  package let meaning: [Inline]
  /// What stands for it in the lesson's code.
  package let names: [String]
  /// Where `tex` stands.
  package let range: SourceRange
  /// The formulas of the meaning.
  package let meaningFormulas: [Formula]

  package init(
    tex: String, meaning: [Inline], names: [String], range: SourceRange, meaningFormulas: [Formula] = []
  ) {
    self.tex = tex
    self.meaning = meaning
    self.names = names
    self.range = range
    self.meaningFormulas = meaningFormulas
  }
}
