internal import CPNG

/// Writes pictures as PNG through libpng's simplified interface, which catches libpng's long jumps on the C side.
///
/// The bytes depend on the pixels and on the versions of libpng and zlib alone: no time, no text is written.
package enum PNGWriter {
  package enum Layout: Int, Sendable {
    case gray = 1
    case grayAlpha = 2
    case rgb = 3
    case rgba = 4

    /// `PNG_FORMAT_FLAG_ALPHA` and `PNG_FORMAT_FLAG_COLOR`.
    fileprivate var format: UInt32 {
      switch self {
      case .gray: 0
      case .grayAlpha: 1
      case .rgb: 2
      case .rgba: 3
      }
    }
  }

  package struct Failure: Error, Equatable { package let message: String }

  /// A picture of `width` x `height` pixels, row by row from the top, channels last, 8 bits each.
  ///
  /// Throws when the sizes are not positive, do not agree with the count of bytes, or are beyond libpng's limits.
  package static func png(_ pixels: [UInt8], width: Int, height: Int, layout: Layout) throws(Failure) -> [UInt8] {
    let (area, overflow) = width.multipliedReportingOverflow(by: height)
    guard width > 0, height > 0, !overflow, area <= pixels.count, pixels.count == area * layout.rawValue else {
      throw Failure(message: "\(pixels.count) bytes for \(width)x\(height) pixels of \(layout.rawValue) channels")
    }
    var image = png_image()
    image.version = UInt32(PNG_IMAGE_VERSION)
    image.width = UInt32(clamping: width)
    image.height = UInt32(clamping: height)
    image.format = layout.format
    defer { png_image_free(&image) }
    let stride = Int32(clamping: width * layout.rawValue)
    var size = png_alloc_size_t(0)
    guard png_image_write_to_memory(&image, nil, &size, 0, pixels, stride, nil) != 0 else {
      throw Failure(message: message(of: image))
    }
    var succeeded = false
    let bytes = [UInt8](unsafeUninitializedCapacity: Int(size)) { buffer, count in
      succeeded = png_image_write_to_memory(&image, buffer.baseAddress, &size, 0, pixels, stride, nil) != 0
      count = succeeded ? Int(size) : 0
    }
    guard succeeded else { throw Failure(message: message(of: image)) }
    return bytes
  }

  private static func message(of image: png_image) -> String {
    withUnsafeBytes(of: image.message) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
  }
}
