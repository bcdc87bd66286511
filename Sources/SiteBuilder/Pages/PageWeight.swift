internal import CZlib

/// How much of a page has to be sent before it can be read.
enum PageWeight {
  /// Past this a build warns.
  static let comfortable = 100 * 1_024
  /// Past this a build fails.
  static let limit = 300 * 1_024

  /// The size after zlib's best compression, what a web server sends.
  static func compressedSize(of html: String) -> Int {
    let bytes = Array(html.utf8)
    var size = compressBound(uLong(bytes.count))
    var output = [UInt8](repeating: 0, count: Int(size))
    let status = compress2(&output, &size, bytes, uLong(bytes.count), Z_BEST_COMPRESSION)
    // Only a lack of memory can fail here; the uncompressed size is then the safe answer.
    return status == Z_OK ? Int(size) : bytes.count
  }
}
