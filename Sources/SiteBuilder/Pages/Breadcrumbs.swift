internal import Markup

/// Where a page stands in the site, from the outermost to the page itself.
enum Breadcrumbs {
  /// - Parameter trail: names with their addresses; the page itself has none.
  static func node(_ trail: [(name: String, address: String?)]) -> Node {
    .element(
      "nav", [("class", "crumbs"), ("aria-label", "Breadcrumbs")],
      [
        .element(
          "ol", [],
          trail.map { name, address in
            guard let address else { return .element("li", [("aria-current", "page")], [.text(name)]) }
            return .element("li", [], [.element("a", [("href", address)], [.text(name)])])
          })
      ])
  }
}
