internal import Foundation

/// Where a site is published, which only its publisher knows: what needs whole addresses is written when it is given.
package struct SiteAddress: Equatable, Sendable {
  /// Ends with a slash.
  package let text: String

  /// Nil for what is no address of a folder on the web: another scheme than `http` and `https`, no host, or a query or
  /// fragment.
  package init?(_ text: String) {
    guard let url = URL(string: text), let scheme = url.scheme?.lowercased(), ["http", "https"].contains(scheme),
      url.host()?.isEmpty == false, url.query() == nil, url.fragment() == nil
    else { return nil }
    self.text = text.hasSuffix("/") ? text : text + "/"
  }

  /// The address of a page; the first page is the folder itself.
  func address(of path: String) -> String {
    if path == "index.html" { return text }
    return text + (path.addingPercentEncoding(withAllowedCharacters: .urlPathAllowed) ?? path)
  }
}
