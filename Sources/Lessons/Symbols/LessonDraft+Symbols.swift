extension LessonDraft {
  /// The formulas of the table of symbols: the symbols, and what their meanings hold.
  var symbolFormulas: [Formula] {
    (frontMatter?.symbols ?? []).flatMap { symbol in
      [Formula(tex: symbol.tex, isDisplay: false, range: symbol.range)] + symbol.meaningFormulas
    }
  }
}
