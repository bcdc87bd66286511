/// The grammar of ``PlainFormula``: a row of factors and signs, where a factor may have an index and a power.
struct PlainFormulaParser {
  private let tokens: [PlainFormulaToken]
  private var index = 0

  init(tokens: [PlainFormulaToken]) { self.tokens = tokens }

  /// One piece of a row: TeX, and whether a fraction may take it as its numerator.
  private struct Piece {
    var tex: String
    var isFactor = false
    /// The same without the parentheses around it.
    var bare: String?
    /// A word of a sentence, which ``joined(_:)`` sets upright, together with those beside it.
    var isText = false

    /// As the content of a fraction or an index.
    var inside: String { isText ? "\\text{\(tex)}" : bare ?? tex }
  }

  mutating func parse() -> String? {
    guard let pieces = row(until: nil, inScript: false), index == tokens.count, !pieces.isEmpty else { return nil }
    return Self.joined(pieces)
  }

  private func sign(at position: Int) -> String? {
    guard tokens.indices.contains(position), case .sign(let sign, _, _) = tokens[position] else { return nil }
    return sign
  }

  /// Pieces up to the closing sign, which is passed; nil where something does not fit.
  private mutating func row(until closing: String?, inScript: Bool) -> [Piece]? {
    var pieces: [Piece] = []
    while index < tokens.count {
      if let closing, sign(at: index) == closing {
        index += 1
        return pieces
      }
      if sign(at: index) == "/", let last = pieces.last, last.isFactor, !inScript {
        index += 1
        guard let below = factor(inScript: false) else { return nil }
        pieces[pieces.count - 1] = Piece(tex: "\\frac{\(last.inside)}{\(below.inside)}")
      } else if let piece = factor(inScript: inScript) ?? plainSign() {
        pieces.append(piece)
      } else {
        return nil
      }
    }
    return closing == nil ? pieces : nil
  }

  private mutating func plainSign() -> Piece? {
    guard index < tokens.count, case .sign(let sign, let before, let after) = tokens[index] else { return nil }
    guard let tex = Self.signs[sign] else { return nil }
    index += 1
    // A bar with room on both sides is a condition, any other belongs to a norm.
    guard sign == "|" else { return Piece(tex: tex) }
    return before && after ? Piece(tex: "\\mid") : withScripts(Piece(tex: "|"))
  }

  private static let signs: [String: String] = [
    "...": "\\dots", "->": "\\to", "!=": "\\ne", "<=": "\\le", ">=": "\\ge", "+-": "\\pm", "+": "+", "-": "-",
    "*": "\\cdot", "/": "/", "=": "=", "<": "<", ">": ">", "~": "\\sim", "|": "|", ",": ",", ";": ";",
  ]

  /// A name, a number or something in brackets, with its scripts.
  private mutating func factor(inScript: Bool) -> Piece? {
    guard index < tokens.count, let piece = atom(inScript: inScript) else { return nil }
    return withScripts(piece)
  }

  private mutating func withScripts(_ piece: Piece) -> Piece? {
    var piece = piece
    while let script = sign(at: index), script == "_" || script == "^" {
      index += 1
      guard let content = self.script() else { return nil }
      piece = Piece(tex: piece.tex + "\(script){\(content)}", isFactor: piece.isFactor)
    }
    return piece
  }

  private mutating func script() -> String? {
    guard index < tokens.count else { return nil }
    switch tokens[index] {
    case .sign("(", _, _): return inner(")")
    case .sign("{", _, _): return inner("}")
    case .sign("-", _, _):
      index += 1
      return script().map { "-" + $0 }
    case .number(let digits):
      index += 1
      // A power such as 1/2, written without spaces.
      if case .sign("/", false, false)? = tokens.indices.contains(index) ? tokens[index] : nil,
        tokens.indices.contains(index + 1), case .number(let below) = tokens[index + 1]
      {
        index += 2
        return digits + "/" + below
      }
      return digits
    case .word: return atom(inScript: true)?.inside
    case .sign: return nil
    }
  }

  private mutating func inner(_ closing: String, inScript: Bool = true) -> String? {
    index += 1
    return row(until: closing, inScript: inScript).map(Self.joined)
  }

  private mutating func atom(inScript: Bool) -> Piece? {
    switch tokens[index] {
    case .number(let digits):
      index += 1
      return Piece(tex: digits, isFactor: true)
    case .word(let word):
      index += 1
      return named(word, inScript: inScript)
    case .sign(let opening, _, _):
      guard let closing = ["(": ")", "[": "]", "{": "}"][opening] else { return nil }
      index += 1
      guard let content = row(until: closing, inScript: inScript) else { return nil }
      let bare = Self.joined(content)
      let brackets = opening == "{" ? ("\\{", "\\}") : (opening, closing)
      return Piece(
        tex: "\\left\(brackets.0) \(bare) \\right\(brackets.1)", isFactor: true, bare: opening == "(" ? bare : nil)
    }
  }

  private mutating func named(_ word: String, inScript: Bool) -> Piece? {
    let primes = String(word.reversed().prefix { $0 == "'" })
    let name = String(word.dropLast(primes.count))
    if name == "sqrt", sign(at: index) == "(", let content = inner(")", inScript: false) {
      return Piece(tex: "\\sqrt{\(content)}", isFactor: true)
    }
    if name == "sum" || name == "prod", let over = sign(at: index), over == "_" {
      index += 1
      guard let range = script(), let term = term() else { return nil }
      return Piece(tex: "\\\(name)_{\(range)} \(term)", isFactor: true)
    }
    if Self.functions.contains(name) { return Piece(tex: "\\\(name)" + primes) }
    if Self.greek.contains(name) { return Piece(tex: "\\\(name)" + primes, isFactor: true) }
    if name == "E", let next = sign(at: index), ["_", "[", "("].contains(next) {
      return Piece(tex: "\\mathbb{E}")
    }
    if name.count == 1 { return Piece(tex: name + primes, isFactor: true) }
    // Two letters right before a bracket or an index are a name; standing free they are a word of the sentence.
    let next = sign(at: index)
    if next == "(" || next == "_" { return Piece(tex: "\\operatorname{\(name)}" + primes, isFactor: true) }
    return Piece(tex: name + primes, isFactor: true, isText: true)
  }

  /// What a sum is over: factors up to a sign.
  private mutating func term() -> String? {
    var pieces: [Piece] = []
    if sign(at: index) == "-", let minus = plainSign() { pieces.append(minus) }
    while index < tokens.count, sign(at: index) != "/", let next = factor(inScript: false) { pieces.append(next) }
    return pieces.isEmpty ? nil : Self.joined(pieces)
  }

  /// Words of a sentence that follow each other keep their spaces.
  private static func joined(_ pieces: [Piece]) -> String {
    var parts: [String] = []
    var words: [String] = []
    func flush() {
      if !words.isEmpty { parts.append("\\text{" + words.joined(separator: " ") + "}") }
      words = []
    }
    for (position, piece) in pieces.enumerated() {
      if piece.isText {
        words.append(piece.tex)
        continue
      }
      let isFree = !words.isEmpty && position > 0
      flush()
      parts.append((isFree ? "\\; " : "") + piece.tex)
    }
    flush()
    return parts.joined(separator: " ")
  }

  private static let functions: Set<String> = [
    "log", "ln", "exp", "max", "min", "cos", "sin", "tan", "tanh", "det", "arg", "sup", "inf",
  ]
  private static let greek: Set<String> = [
    "alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "kappa", "lambda", "mu", "nu", "xi", "pi",
    "rho", "sigma", "tau", "phi", "chi", "psi", "omega", "Gamma", "Delta", "Theta", "Lambda", "Sigma", "Phi", "Psi",
    "Omega",
  ]
}
