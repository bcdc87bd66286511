extension LessonDraft {
  /// The formulas of the table of symbols: the symbols, and what their meanings hold.
  var symbolFormulas: [Formula] {
    (frontMatter?.symbols ?? []).flatMap { symbol in
      [Formula(tex: symbol.tex, isDisplay: false, range: symbol.range)]
        + symbol.meaning.compactMap { inline in
          if case .math(let tex) = inline { Formula(tex: tex, isDisplay: false, range: symbol.range) } else { nil }
        }
    }
  }
}
