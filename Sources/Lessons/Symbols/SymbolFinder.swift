/// Finds a lesson's symbols in its formulas.
///
/// A symbol is found where its tokens stand in a row, spaces aside; of several that begin at one place, the longest. What
/// wears an accent or another alphabet (`\hat{x}`) is a symbol of its own and not `x`.
package struct SymbolFinder: Sendable {
  package struct Match: Equatable, Sendable {
    /// Refers to the symbols that the finder was made with.
    package let symbol: Int
    /// In UTF-8 bytes of the TeX.
    package let range: Range<Int>
  }

  struct Reading {
    var matches: [Match] = []
    /// What looks like a symbol and is none of those defined.
    var unknown: [Range<Int>] = []
  }

  private let patterns: [(symbol: Int, texts: [String])]

  package init(_ symbols: [LessonSymbol]) {
    // The longest first.
    patterns = symbols.enumerated().map { ($0, TeXToken.tokens(of: $1.tex).map(\.text)) }
      .filter { !$0.texts.isEmpty }.sorted { $0.texts.count > $1.texts.count }
  }

  package func matches(in tex: String) -> [Match] { read(tex).matches }

  func read(_ tex: String) -> Reading {
    let tokens = TeXToken.tokens(of: tex)
    var reading = Reading()
    var index = 0
    while index < tokens.count {
      if let found = patterns.first(where: { Self.stands($0.texts, in: tokens, at: index) }) {
        let end = index + found.texts.count
        reading.matches.append(
          Match(symbol: found.symbol, range: tokens[index].range.lowerBound..<tokens[end - 1].range.upperBound))
        index = end
        continue
      }
      let token = tokens[index]
      if token.kind == .command, Self.namesText.contains(token.text) {
        index = tokens.endOfArgument(at: index + 1)
      } else if token.kind == .command, Self.dresses.contains(token.text) {
        let end = tokens.endOfArgument(at: index + 1)
        reading.unknown.append(token.range.lowerBound..<tokens[end - 1].range.upperBound)
        index = end
      } else {
        if token.kind == .letter || Self.letters.contains(token.text) { reading.unknown.append(token.range) }
        index += 1
      }
    }
    return reading
  }

  private static func stands(_ texts: [String], in tokens: [TeXToken], at start: Int) -> Bool {
    guard start + texts.count <= tokens.count else { return false }
    return zip(texts, tokens[start...]).allSatisfy { $0 == $1.text }
  }

  /// Commands whose argument is a word, not symbols.
  private static let namesText: Set = [
    "\\text", "\\textbf", "\\textit", "\\textrm", "\\texttt", "\\textsf", "\\operatorname", "\\begin", "\\end", "\\tag",
    "\\label", "\\color", "\\textcolor", "\\mathrm", "\\mbox", "\\hspace", "\\vspace", "\\phantom",
  ]

  /// Commands that make another symbol of their argument.
  private static let dresses: Set = [
    "\\hat", "\\widehat", "\\tilde", "\\widetilde", "\\bar", "\\vec", "\\dot", "\\ddot", "\\check", "\\mathcal",
    "\\mathbb", "\\mathbf", "\\boldsymbol", "\\bm", "\\mathfrak", "\\mathscr", "\\mathsf", "\\mathtt", "\\mathit",
  ]

  private static let letters: Set<String> = {
    let names = [
      "alpha", "beta", "gamma", "delta", "epsilon", "varepsilon", "zeta", "eta", "theta", "vartheta", "iota", "kappa",
      "lambda", "mu", "nu", "xi", "pi", "varpi", "rho", "varrho", "sigma", "varsigma", "tau", "upsilon", "phi",
      "varphi", "chi", "psi", "omega", "Gamma", "Delta", "Theta", "Lambda", "Xi", "Pi", "Sigma", "Upsilon", "Phi",
      "Psi",
      "Omega", "ell",
    ]
    return Set(names.map { "\\" + $0 })
  }()
}
