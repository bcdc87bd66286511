internal import Lessons
internal import Markup

/// Renders the pages of the reference: one of a module, with its types and functions; one of a type, with its members.
struct APIPageRenderer {
  let page: APIPages.Page
  let pages: APIPages
  let uses: APIUses
  let address: SiteAddress?
  private var documentation: DocCommentRenderer

  private var toRoot: String { PageShell.toRoot(from: page.path) }

  init(page: APIPages.Page, pages: APIPages, uses: APIUses, math: MathRenderer, address: SiteAddress?) {
    self.page = page
    self.pages = pages
    self.uses = uses
    self.address = address
    documentation = DocCommentRenderer(
      math: math, pages: pages, toRoot: PageShell.toRoot(from: page.path), scope: page.type?.path ?? [])
  }

  static func document(_ renderer: APIPageRenderer) -> (node: Node, usesMath: Bool) {
    var renderer = renderer
    let document = renderer.page.type.map { renderer.typePage($0) } ?? renderer.modulePage()
    return (document, renderer.documentation.usesMath)
  }

  // MARK: A type

  private mutating func typePage(_ type: APISymbol) -> Node {
    let comment = DocComment(type.documentation)
    var content: [Node] = [
      .element("p", [("class", "symbol-kind")], [.text(type.kind.word(in: page.module))]),
      .element("h1", [], [.text(type.fullName)]),
      declaration(of: type),
    ]
    content += documentation.render(comment.content)
    content += conformances(of: type) + [place(of: type)].compactMap { $0 }
    content += usesOfType(type)
    content += nestedTypes(of: type)
    content += sections(page.members)
    return shell(
      title: type.fullName, description: Self.plain(comment.abstract, or: "\(type.fullName) of \(page.module)"), content
    )
  }

  /// Who makes a value uses the type.
  private func usesOfType(_ type: APISymbol) -> [Node] {
    let makers = page.members.filter { $0.kind == .initializer }.map(\.identifier)
    return useList(uses.of([type.identifier] + makers))
  }

  private func conformances(of type: APISymbol) -> [Node] {
    guard !type.conformances.isEmpty else { return [] }
    let names = type.conformances.map { name -> Node in
      let text = Node.element("code", [], [.text(name.spelling)])
      guard let address = name.identifier.flatMap(pages.address) else { return text }
      return .element("a", [("href", toRoot + address)], [text])
    }
    let list = names.enumerated().flatMap { $0 == 0 ? [$1] : [.text(", "), $1] }
    return [.element("p", [("class", "symbol-note")], [.text("Conforms to ")] + list)]
  }

  private mutating func nestedTypes(of type: APISymbol) -> [Node] {
    let nested = pages.nested(in: type)
    guard !nested.isEmpty else { return [] }
    return [Self.heading("Types")] + [typeList(nested)]
  }

  // MARK: A module

  private mutating func modulePage() -> Node {
    let summary = APIModules.summary(of: page.module)
    var content: [Node] = [
      .element("p", [("class", "symbol-kind")], ["Module"]),
      .element("h1", [], [.text(page.module)]),
    ]
    if let summary { content.append(.element("p", [("class", "summary")], [.text(summary)])) }
    for (room, types) in APIModules.rooms(pages, module: page.module) {
      content += [Self.heading(room), typeList(types)]
    }
    content += sections(page.members)
    return shell(title: page.module, description: summary ?? "The module \(page.module)", content)
  }

  private mutating func typeList(_ list: [APIPages.Page]) -> Node {
    .element(
      "dl", [("class", "names")],
      list.flatMap { page -> [Node] in
        guard let type = page.type else { return [] }
        let abstract = documentation.render(DocComment(type.documentation).abstract)
        return [
          .element(
            "dt", [],
            [.element("a", [("href", toRoot + page.path)], [.element("code", [], [.text(type.fullName)])])]),
          .element("dd", [], abstract),
        ]
      })
  }

  // MARK: Members

  private mutating func sections(_ members: [APISymbol]) -> [Node] {
    APISection.all.flatMap { section -> [Node] in
      let own = members.filter { section.kinds.contains($0.kind) }
      guard !own.isEmpty else { return [] }
      return [Self.heading(section.title)] + own.map { member($0) }
    }
  }

  private mutating func member(_ symbol: APISymbol) -> Node {
    let comment = DocComment(symbol.documentation)
    let anchor = pages.anchor(of: symbol)
    let link = Node.element(
      "a",
      [
        ("class", "anchor"), ("href", "#" + (pages.fragment(of: symbol) ?? "")),
        ("aria-label", "Link to \(symbol.name)"),
      ])
    var content: [Node] = [
      .element("h3", [("id", anchor)], [.element("code", [], Self.breakable(symbol.name)), link]),
      declaration(of: symbol),
    ]
    content += documentation.render(comment.content)
    content += fields(comment)
    content += [place(of: symbol)].compactMap { $0 } + useList(uses.of([symbol.identifier]))
    return .element("section", [("class", "symbol")], content.flatMap { [$0, "\n"] })
  }

  /// A name that may end a line behind each of its labels.
  private static func breakable(_ name: String) -> [Node] {
    let parts = name.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    return parts.enumerated().flatMap { index, part -> [Node] in
      index + 1 < parts.count ? [.text(part + ":"), .element("wbr")] : [.text(part)]
    }
  }

  private mutating func fields(_ comment: DocComment) -> [Node] {
    var rows: [Node] = comment.parameters.flatMap { parameter -> [Node] in
      [
        .element("dt", [], [.element("code", [], [.text(parameter.name)])]),
        .element("dd", [], documentation.render(parameter.content)),
      ]
    }
    for (word, content) in [("Returns", comment.returns), ("Throws", comment.failures)] where !content.isEmpty {
      rows += [.element("dt", [], [.text(word)]), .element("dd", [], documentation.render(content))]
    }
    return rows.isEmpty ? [] : [.element("dl", [("class", "fields")], rows)]
  }

  private func declaration(of symbol: APISymbol) -> Node {
    let code = DeclarationText(symbol.declaration).nodes { identifier in
      identifier == symbol.identifier ? nil : pages.address(of: identifier).map { toRoot + $0 }
    }
    return .element(
      "div", [("class", "code declaration")],
      [.element("pre", [("tabindex", "0")], [.element("code", [("class", "language-swift")], code)])])
  }

  private func place(of symbol: APISymbol) -> Node? {
    symbol.place.map { place in
      .element("p", [("class", "symbol-note")], [.element("code", [], [.text("\(place.path):\(place.line)")])])
    }
  }

  private func useList(_ uses: [APIUses.Use]) -> [Node] {
    guard !uses.isEmpty else { return [] }
    let items = uses.map { use -> Node in
      let cells = use.cells.enumerated().flatMap { index, cell -> [Node] in
        let link = Node.element(
          "a", [("href", "\(toRoot)\(use.slug).html#cell:\(cell.name)")], [.element("code", [], [.text(cell.name)])])
        return index == 0 ? [link] : [", ", link]
      }
      return .element(
        "li", [], [.element("a", [("href", "\(toRoot)\(use.slug).html")], [.text(use.title)]), ": "] + cells)
    }
    return [
      .element(
        "details", [("class", "uses")],
        [
          .element("summary", [], [.text(uses.count == 1 ? "Used in 1 lesson" : "Used in \(uses.count) lessons")]),
          .element("ul", [], items),
        ])
    ]
  }

  // MARK: Around the content

  private static func heading(_ title: String) -> Node {
    .element("h2", [("id", anchor(title))], [.text(title)])
  }

  /// With a capital, which no member's own anchor begins with.
  private static func anchor(_ title: String) -> String { title.split(separator: " ").joined(separator: "-") }

  private func crumbs() -> Node {
    var trail: [(String, String?)] = [("Reference", APIPages.index)]
    if let type = page.type {
      trail.append((page.module, "\(APIPages.folder)/\(page.module)/index.html"))
      if let owner = pages.owner(of: page), let name = owner.type?.fullName { trail.append((name, owner.path)) }
      trail.append((type.name, nil))
    } else {
      trail.append((page.module, nil))
    }
    return Breadcrumbs.node(trail.map { ($0.0, $0.1.map { toRoot + $0 }) })
  }

  private func shell(title: String, description: String, _ content: [Node]) -> Node {
    let contents = TableOfContents(headings: APISection.outline(content))
    let article = Node.element("article", [("class", "lesson api")], content.flatMap { [$0, "\n"] })
    let shell = PageShell(
      title: title, description: description, path: page.path, hasReference: true, address: address,
      usesMath: documentation.usesMath, sidebar: contents.isEmpty ? nil : contents.sidebar(), main: [crumbs(), article])
    return shell.document()
  }

  static func plain(_ abstract: [Inline], or fallback: String) -> String {
    let text = APISearch.text(abstract)
    return text.isEmpty ? fallback : text
  }
}
