/// Holds a lesson's table of symbols against its formulas and its code.
struct SymbolCheck {
  let symbols: [LessonSymbol]
  let mistakes: MistakeList

  func check(_ formulas: [Formula], labelled: [SourceRange], _ cells: [Cell], _ source: SourceFile) {
    guard !symbols.isEmpty else { return }
    let doubled = checkDoubles()
    let finder = SymbolFinder(symbols)
    var used: Set<Int> = []
    var told: Set<String> = []
    for formula in formulas {
      let reading = finder.read(formula.tex)
      used.formUnion(reading.matches.map(\.symbol))
      guard labelled.contains(formula.range) else { continue }
      for range in reading.unknown {
        let text = String(decoding: Array(formula.tex.utf8)[range], as: UTF8.self)
        if told.insert(text).inserted { reportUnknown(text, at: place(of: range, in: formula, source)) }
      }
    }
    for (index, symbol) in symbols.enumerated() where !used.contains(index) && !doubled.contains(index) {
      mistakes.add(
        "unused-symbol", "no formula has the symbol '\(symbol.tex)'", at: symbol.range,
        remedy: "write it as the formulas do, or take it out")
    }
    checkNames(cells)
  }

  /// Tells of symbols that were defined before, and gives their numbers.
  private func checkDoubles() -> Set<Int> {
    var doubled: Set<Int> = []
    var first: [[String]: LessonSymbol] = [:]
    var names: [String: LessonSymbol] = [:]
    for (index, symbol) in symbols.enumerated() {
      let tokens = TeXToken.tokens(of: symbol.tex).map(\.text)
      if let other = first[tokens] {
        doubled.insert(index)
        mistakes.add(
          "duplicate-symbol", "the symbol '\(symbol.tex)' is defined twice", at: symbol.range,
          notes: [mistakes.note("first defined here", at: other.range)], remedy: "keep one of the two")
      } else {
        first[tokens] = symbol
      }
      for name in symbol.names {
        if let other = names[name] {
          mistakes.add(
            "duplicate-symbol", "'\(name)' stands for two symbols", at: symbol.range,
            notes: [mistakes.note("the other one", at: other.range)], remedy: "name it for one of the two")
        }
        names[name] = symbol
      }
    }
    return doubled
  }

  private func reportUnknown(_ text: String, at place: SourceRange) {
    mistakes.add(
      "undefined-symbol", "the symbol '\(text)' is not defined", at: place,
      remedy: text == "d"
        ? "add it to 'symbols:' in the front matter; the d of an integral is written '\\mathrm{d}'"
        : "add '- symbol: \(text)' with its 'meaning' to 'symbols:' in the front matter")
  }

  private func checkNames(_ cells: [Cell]) {
    var known: Set<String> = []
    for cell in cells {
      for word in cell.code.split(whereSeparator: { !$0.isLetter && !$0.isNumber && $0 != "_" }) {
        known.insert(String(word))
      }
    }
    for symbol in symbols {
      for name in symbol.names where !known.contains(name) {
        mistakes.add(
          "unknown-name", "no cell has the name '\(name)' that stands for the symbol '\(symbol.tex)'", at: symbol.range,
          remedy: NearestName.of(name, among: known.sorted()).map { "did you mean '\($0)'?" }
            ?? "take 'code: \(name)' out, or mend it")
      }
    }
  }

  /// From the place in the TeX to the place in the file; the formula's where the two are not the same text.
  private func place(of range: Range<Int>, in formula: Formula, _ source: SourceFile) -> SourceRange {
    guard source.slice(formula.range) == formula.tex else { return formula.range }
    let before = Array(formula.tex.utf8)[..<range.lowerBound]
    let lineBreaks = before.count { $0 == UInt8(ascii: "\n") }
    let column: Int
    if let last = before.lastIndex(of: UInt8(ascii: "\n")) {
      column = range.lowerBound - last
    } else {
      column = formula.range.start.column + range.lowerBound
    }
    let start = SourcePosition(line: formula.range.start.line + lineBreaks, column: column)
    return SourceRange(start: start, end: SourcePosition(line: start.line, column: column + range.count))
  }
}
