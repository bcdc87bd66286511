internal import Lessons
internal import Markup

extension PageRenderer {
  /// The table of the lesson's symbols, folded; nil where it defines none.
  mutating func symbolTable() -> Node? {
    guard !symbols.symbols.isEmpty else { return nil }
    let hasNames = symbols.symbols.contains { !$0.names.isEmpty }
    let columns = ["Symbol", "Meaning"] + (hasNames ? ["In code"] : [])
    let head = columns.map { Node.element("th", [("scope", "col")], [.text($0)]) }
    var rows: [Node] = []
    for (index, symbol) in symbols.symbols.enumerated() {
      let formula = Node.element("span", [("class", "math short")], [formula(symbol.tex, isDisplay: false)])
      var cells = [
        // Not a heading of its row: checkers find no text in a formula, which is read out as MathML.
        Node.element("td", [("class", "symbol")], [formula]),
        .element("td", [("class", "meaning")], render(symbol.meaning)),
      ]
      if hasNames {
        let names = symbol.names.enumerated().flatMap { number, name -> [Node] in
          (number > 0 ? [.text(", ")] : []) + [.element("code", [("data-s", String(index))], [.text(name)])]
        }
        cells.append(.element("td", [], names))
      }
      rows.append(.element("tr", [("id", "symbol:\(index)")], cells))
    }
    let table = Node.element(
      "table", [],
      [.element("thead", [], [.element("tr", [], head)]), .element("tbody", [], rows)])
    return .element(
      "details", [("class", "symbols")],
      [
        .element("summary", [], ["Symbols"]),
        .element(
          "div", [("class", "table"), ("role", "group"), ("aria-label", "Symbols"), ("tabindex", "0")], [table]),
      ])
  }
}
