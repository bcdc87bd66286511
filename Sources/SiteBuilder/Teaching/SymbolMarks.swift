internal import Lessons

/// Marks a lesson's symbols where they stand in formulas and code, so that the page's script can light them up together.
struct SymbolMarks {
  let symbols: [LessonSymbol]
  private let finder: SymbolFinder
  private let numbers: [String: Int]

  init(_ symbols: [LessonSymbol]) {
    self.symbols = symbols
    finder = SymbolFinder(symbols)
    numbers = Dictionary(
      symbols.enumerated().flatMap { index, symbol in symbol.names.map { ($0, index) } },
      uniquingKeysWith: { first, _ in first })
  }

  /// The symbol that a name in code stands for.
  func symbol(named name: some StringProtocol) -> Int? { numbers.isEmpty ? nil : numbers[String(name)] }

  /// The TeX with each symbol inside of `\htmlData{s=…}`; nil where it has none.
  func marked(_ tex: String) -> String? {
    guard !symbols.isEmpty else { return nil }
    let matches = finder.matches(in: tex)
    guard !matches.isEmpty else { return nil }
    let bytes = Array(tex.utf8)
    var result = ""
    var position = 0
    for match in matches {
      result += String(decoding: bytes[position..<match.range.lowerBound], as: UTF8.self)
      // Braces around it all, because an index may be a symbol: x_\alpha.
      result += "{\\htmlData{s=\(match.symbol)}{" + String(decoding: bytes[match.range], as: UTF8.self) + "}}"
      position = match.range.upperBound
    }
    return result + String(decoding: bytes[position...], as: UTF8.self)
  }
}
