/// One file of a site.
package struct SiteFile: Equatable, Sendable {
  /// Relative to the site's folder, with `/` between its parts.
  package var path: String
  package var content: [UInt8]

  package init(path: String, content: [UInt8]) {
    self.path = path
    self.content = content
  }

  package init(path: String, text: String) { self.init(path: path, content: Array(text.utf8)) }
}
