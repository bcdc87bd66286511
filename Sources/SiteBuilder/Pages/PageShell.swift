internal import Markup

/// What all pages have in common: head, bar, landmarks, footer.
struct PageShell {
  var title: String
  var description: String
  /// Of the page in the site.
  var path = "index.html"
  /// The page of the list of lessons carries the site's name as its title.
  var isIndex = false
  /// Whether the site has a reference of what lessons can call.
  var hasReference = false
  /// Where the site is published, if its publisher has said so.
  var address: SiteAddress?
  var usesMath = false
  var sidebar: Node?
  var main: [Node]
  /// The Markdown that the page was made from.
  var source: String?
  var hovers: [Node] = []

  /// A path as readers may see it: of one that begins at the machine's root, the file and its folder.
  private static func published(_ path: String) -> String {
    path.hasPrefix("/") ? path.split(separator: "/").suffix(2).joined(separator: "/") : path
  }

  static let siteName = "walkthrough"

  /// What leads from a page to the site's folder: nothing from a page that lies in it, or `../` for each folder.
  static func toRoot(from path: String) -> String {
    String(repeating: "../", count: path.count { $0 == "/" })
  }

  static let notFoundPath = "404.html"

  /// A server shows the page of a missing address at any depth, so it can only name the site's folder in whole.
  private var toRoot: String {
    path == Self.notFoundPath ? address?.text ?? "" : Self.toRoot(from: path)
  }

  func document() -> Node {
    .fragment([.doctype, .element("html", [("lang", "en")], [head, "\n", body]), "\n"])
  }

  private var head: Node {
    let title = isIndex ? self.title : "\(self.title) · \(Self.siteName)"
    func meta(_ name: String, _ content: String) -> Node { .element("meta", [("name", name), ("content", content)]) }
    func property(_ name: String, _ content: String) -> Node {
      .element("meta", [("property", name), ("content", content)])
    }
    func styleSheet(_ path: String) -> Node { .element("link", [("rel", "stylesheet"), ("href", toRoot + path)]) }
    var nodes: [Node] = [
      .element("meta", [("charset", "utf-8")]),
      meta("viewport", "width=device-width, initial-scale=1"),
      .element("title", [], [.text(title)]),
      meta("description", description),
      meta("color-scheme", "light dark"),
      property("og:title", self.title),
      property("og:description", description),
      property("og:type", isIndex ? "website" : "article"),
      property("og:site_name", Self.siteName),
    ]
    if let address, path != Self.notFoundPath {
      let own = address.address(of: path)
      nodes += [property("og:url", own), .element("link", [("rel", "canonical"), ("href", own)])]
    }
    if address != nil {
      nodes.append(
        .element(
          "link",
          [
            ("rel", "alternate"), ("type", "application/rss+xml"), ("title", IndexRenderer.title),
            ("href", toRoot + Announcements.feedPath),
          ]))
    }
    nodes += [
      .element("link", [("rel", "icon"), ("type", "image/svg+xml"), ("href", toRoot + "assets/favicon.svg")])
    ]
    if usesMath { nodes.append(styleSheet("assets/katex.css")) }
    nodes.append(styleSheet("assets/site.css"))
    // Not deferred: it sets the remembered theme before anything is painted.
    nodes.append(.element("script", [("src", toRoot + "assets/site.js")]))
    if source != nil { nodes.append(.element("script", [("src", toRoot + "assets/lesson.js"), ("defer", "")])) }
    return .element("head", [], ["\n"] + nodes.flatMap { [$0, "\n"] })
  }

  private var body: Node {
    var nodes: [Node] = [
      .element("a", [("class", "skip"), ("href", "#page:main")], ["Skip to the text"]),
      .element(
        "header", [("class", "bar")],
        [
          .element(
            "a", [("class", "site-name"), ("href", toRoot + "index.html"), ("aria-current", isIndex ? "page" : nil)],
            [.text(Self.siteName)])
        ] + (hasReference ? [Self.referenceLink(toRoot)] : [])),
    ]
    let main = Node.element("main", [("id", "page:main"), ("tabindex", "-1")], main)
    nodes.append(
      .element(
        "div", [("class", sidebar == nil ? "page" : "page with-contents")], (sidebar.map { [$0] } ?? []) + [main]))
    let origin: [Node] =
      source.map {
        [
          "This page is made from ", .element("code", [], [.text(Self.published($0))]),
          "; its figures and numbers come from running the code on it.",
        ]
      } ?? ["Every figure and number in these lessons comes from running the code beside it."]
    nodes.append(.element("footer", [("class", "foot")], [.element("p", [], origin)]))
    if !hovers.isEmpty { nodes.append(.element("div", [("id", "page:types"), ("hidden", "")], hovers)) }
    return .element("body", [], ["\n"] + nodes.flatMap { [$0, "\n"] })
  }

  private static func referenceLink(_ toRoot: String) -> Node {
    .element(
      "nav", [("class", "site-nav"), ("aria-label", "Site")],
      [.element("a", [("href", toRoot + APIPages.index)], [.text(APIIndexRenderer.title)])])
  }
}
