internal import Markup

/// Renders the page that lists the modules of the reference.
enum APIIndexRenderer {
  static let title = "Reference"
  static let summary = "Everything that the code of a lesson can call, from its own comments."

  static func document(_ pages: APIPages, _ address: SiteAddress?) -> Node {
    let toRoot = PageShell.toRoot(from: APIPages.index)
    let modules = pages.pages.filter { $0.type == nil }
    let items = modules.flatMap { page -> [Node] in
      let types = pages.pages.count { $0.module == page.module && $0.type != nil }
      let counts = [
        types == 0 ? nil : types == 1 ? "1 type" : "\(types) types",
        page.members.isEmpty ? nil : page.members.count == 1 ? "1 function" : "\(page.members.count) functions",
      ].compactMap { $0 }
      return [
        .element(
          "dt", [], [.element("a", [("href", toRoot + page.path)], [.element("code", [], [.text(page.module)])])]),
        .element(
          "dd", [],
          [
            .text(APIModules.summary(of: page.module) ?? ""), " ",
            .element("span", [("class", "count")], [.text(counts.joined(separator: ", "))]),
          ]),
      ]
    }
    let article = Node.element(
      "article", [("class", "lesson api")],
      [
        .element("h1", [], [.text(title)]), .element("p", [("class", "summary")], [.text(summary)]),
        .element("h2", [("id", "Modules")], ["Modules"]),
        .element("dl", [("class", "names")], items),
      ])
    let shell = PageShell(
      title: title, description: summary, path: APIPages.index, hasReference: true, address: address,
      main: [Breadcrumbs.node([(title, nil)]), article])
    return shell.document()
  }
}
