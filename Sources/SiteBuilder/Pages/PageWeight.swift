internal import Compression

/// How much of a page has to be sent before it can be read.
package enum PageWeight {
  /// Past this a build warns.
  static let comfortable = 100 * 1_024
  /// Past this a build fails.
  static let limit = 300 * 1_024

  /// How many bytes a web server sends for `html`.
  package static func compressedSize(of html: String) -> Int { Gzip.size(of: Array(html.utf8)) }
}
