extension FrontMatter {
  private static let symbolKeys = ["symbol", "meaning", "code"]

  /// The symbols that the front matter defines:
  ///
  ///     symbols:
  ///       - symbol: \hat{x}
  ///         meaning: the picture rebuilt from $x$
  ///         code: rebuilt
  static func symbols(_ reader: OptionReader, mistakes: MistakeList) -> [LessonSymbol] {
    reader.records("symbols", knownKeys: symbolKeys, noun: "symbol key").compactMap { record in
      for key in ["symbol", "meaning"] where record.reader.isMissing(key) {
        mistakes.add(
          "missing-key", "this symbol has no '\(key)'", at: record.range,
          remedy: "add a line '\(key): …' to it")
      }
      let names = record.reader.stringOrStrings("code") ?? []
      guard let tex = record.reader.nonEmptyString("symbol"), let range = record.reader.valueRange("symbol"),
        let meaning = record.reader.nonEmptyString("meaning")
      else { return nil }
      if tex.contains("$") {
        mistakes.add(
          "malformed-symbol", "a symbol is written without dollars", at: range,
          remedy: "write '\(tex.filter { $0 != "$" })'")
        return nil
      }
      return LessonSymbol(tex: tex, meaning: inlines(meaning), names: names, range: range)
    }
  }

  /// Text with formulas in dollars and code in backticks.
  private static func inlines(_ text: String) -> [Inline] {
    var result: [Inline] = []
    var rest = Substring(text)
    while let start = rest.firstIndex(where: { $0 == "$" || $0 == "`" }) {
      let inner = rest[rest.index(after: start)...]
      guard let end = inner.firstIndex(of: rest[start]), end > inner.startIndex else { break }
      if start > rest.startIndex { result.append(.text(String(rest[..<start]))) }
      result.append(rest[start] == "$" ? .math(String(inner[..<end])) : .code(String(inner[..<end])))
      rest = rest[rest.index(after: end)...]
    }
    if !rest.isEmpty { result.append(.text(String(rest))) }
    return result
  }
}
