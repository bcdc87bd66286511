/// Judges what a page said and asked for.
enum LogCheck {
  static func violations(in log: TabLog, site: SiteFolder) -> [Violation] {
    var found = log.errors.map { Violation(rule: .consoleError, element: "console", detail: $0) }
    for url in log.requests where !isOwn(url, site) {
      found.append(Violation(rule: .outsideRequest, element: url, detail: "is outside the site's folder"))
    }
    for (url, reason) in log.failures where isOwn(url, site) {
      found.append(Violation(rule: .failedRequest, element: site.path(of: url) ?? url, detail: reason))
    }
    return found
  }

  private static func isOwn(_ url: String, _ site: SiteFolder) -> Bool {
    url.hasPrefix("data:") || url.hasPrefix("blob:") || url == "about:blank" || site.path(of: url) != nil
  }
}
