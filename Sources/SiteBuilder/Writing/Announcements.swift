internal import Lessons
internal import Markup

/// The files by which machines find the pages of a published site.
///
/// They carry no dates. Equal lessons give equal bytes, so the time of a build cannot be among them, and a date that
/// nobody keeps would be false soon. A sitemap may do without, and so may an RSS feed, where an Atom feed must claim one:
/// hence RSS. A reader of feeds sees a lesson as new when its address is new.
struct Announcements {
  let address: SiteAddress
  /// In the order in which they are to be read.
  let lessons: [Lesson]

  static let feedPath = "feed.xml"

  /// - Parameter pages: the paths of all pages that are worth finding.
  func files(pages: [String]) -> [SiteFile] {
    [
      SiteFile(path: "sitemap.xml", text: Serializer.xml(sitemap(pages))),
      SiteFile(path: Self.feedPath, text: Serializer.xml(feed)),
    ]
  }

  private func sitemap(_ pages: [String]) -> Element {
    Element(
      "urlset", [("xmlns", "http://www.sitemaps.org/schemas/sitemap/0.9")],
      pages.sorted().flatMap { ["\n", .element("url", [], [Self.text("loc", address.address(of: $0))])] } + ["\n"])
  }

  /// The last lesson comes first, as what is new is expected there.
  private var feed: Element {
    let items = lessons.reversed().map { lesson -> Node in
      let page = address.address(of: lesson.slug + ".html")
      return .element(
        "item", [],
        [
          Self.text("title", lesson.frontMatter.title), Self.text("link", page),
          Self.text("description", lesson.frontMatter.summary),
          .element("guid", [("isPermaLink", "true")], [.text(page)]),
        ])
    }
    let channel: [Node] = [
      Self.text("title", IndexRenderer.title), Self.text("link", address.text),
      Self.text("description", IndexRenderer.summary), Self.text("language", "en"),
      .element(
        "atom:link",
        [("href", address.address(of: Self.feedPath)), ("rel", "self"), ("type", "application/rss+xml")]),
    ]
    return Element(
      "rss", [("version", "2.0"), ("xmlns:atom", "http://www.w3.org/2005/Atom")],
      [.element("channel", [], (channel + items).flatMap { ["\n", $0] } + ["\n"])])
  }

  private static func text(_ name: String, _ text: String) -> Node { .element(name, [], [.text(text)]) }
}
