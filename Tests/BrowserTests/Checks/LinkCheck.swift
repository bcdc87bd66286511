internal import Foundation

/// Follows every link between the pages of a folder.
enum LinkCheck {
  private struct Links: Decodable {
    struct Link: Decodable {
      var element: String
      var address: String
      /// `link` for what a reader follows, `resource` for what the page is made of.
      var kind: String
    }
    var links: [Link]
    var ids: [String]
  }

  /// The violations of each page.
  static func violations(in site: SiteFolder, browser: Browser, script: Bool) throws -> [String: [Violation]] {
    var pages: [String: Links] = [:]
    let expression = try CheckScript.scope("return (\(CheckScript.text(of: "links")))();")
    for page in site.pages {
      pages[page] = try browser.withTab { tab in
        try tab.open(
          site.address(of: page), under: Condition(viewport: .desktop, theme: .light, script: script))
        return try tab.evaluate(expression, as: Links.self)
      }
    }
    let ids = pages.mapValues { Set($0.ids) }
    return pages.mapValues { page in
      page.links.compactMap { link in
        problem(of: link, site: site, ids: ids).map {
          Violation(
            rule: link.kind == "resource" && $0.outside ? .outsideRequest : .brokenLink,
            element: link.element, detail: "\(link.address) \($0.text)")
        }
      }
    }
  }

  private static func problem(
    of link: Links.Link, site: SiteFolder, ids: [String: Set<String>]
  ) -> (text: String, outside: Bool)? {
    guard let url = URL(string: link.address), let scheme = url.scheme else { return ("is no address", false) }
    guard scheme == "file" else {
      let follows = ["https", "http", "mailto"].contains(scheme)
      if link.kind == "link" { return follows ? nil : ("has a scheme that no reader can follow", false) }
      return scheme == "data" ? nil : ("is outside the site's folder", true)
    }
    guard let path = site.path(of: link.address) else { return ("leads out of the site's folder", true) }
    guard site.hasFile(at: path) else {
      return (
        FileManager.default.fileExists(atPath: site.root.appending(path: path).path)
          ? "leads to a folder, which opens no page from a disk" : "leads to a file that is not there", false
      )
    }
    guard let fragment = url.fragment(percentEncoded: false), !fragment.isEmpty, fragment != "top",
      let known = ids[path], !known.contains(fragment)
    else { return nil }
    return ("leads to an id that is not there", false)
  }
}
