/// How much of a page has to be sent before it can be read.
package enum PageWeight {
  /// Past this a build warns.
  static let comfortable = 100 * 1_024
  /// Past this a build fails.
  static let limit = 300 * 1_024

  /// About how many bytes a web server sends for `html` under deflate (RFC 1951).
  package static func compressedSize(of html: String) -> Int {
    var estimate = DeflateEstimate(Array(html.utf8))
    return estimate.size()
  }
}
