internal import CPNG

/// Why a picture could not be written or read, in libpng's words or ours.
public struct PNGFailure: Error, Equatable {
  public let message: String
}

/// Writes pictures as PNG through libpng's simplified interface, which catches libpng's long jumps on the C side.
///
/// The bytes depend on the pixels and on the versions of libpng and zlib alone: no time, no text is written.
public enum PNGWriter {
  public enum Layout: Int, Sendable {
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

  /// A picture of `width` x `height` pixels, row by row from the top, channels last, 8 bits each.
  ///
  /// Throws when the sizes are not positive, do not agree with the count of bytes, or are beyond libpng's limits.
  public static func png(_ pixels: [UInt8], width: Int, height: Int, layout: Layout) throws(PNGFailure) -> [UInt8] {
    let (area, overflow) = width.multipliedReportingOverflow(by: height)
    guard width > 0, height > 0, !overflow, area <= pixels.count, pixels.count == area * layout.rawValue else {
      throw PNGFailure(message: "\(pixels.count) bytes for \(width)x\(height) pixels of \(layout.rawValue) channels")
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
      throw PNGFailure(message: message(of: image))
    }
    var succeeded = false
    let bytes = [UInt8](unsafeUninitializedCapacity: Int(size)) { buffer, count in
      succeeded = png_image_write_to_memory(&image, buffer.baseAddress, &size, 0, pixels, stride, nil) != 0
      count = succeeded ? Int(size) : 0
    }
    guard succeeded else { throw PNGFailure(message: message(of: image)) }
    return bytes
  }

  private static func message(of image: png_image) -> String {
    withUnsafeBytes(of: image.message) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
  }
}

/// A picture as PNG holds it.
package struct PNGPicture: Sendable, Equatable {
  package let width: Int
  package let height: Int
  /// 1 for grey, 3 for red, green and blue.
  package let channels: Int
  /// The largest sample that the file's depth allows: 255 or 65,535. Depths below 8 bits are stretched to 8.
  package let maximum: UInt16
  /// Row by row from the top, channels last.
  package let samples: [UInt16]
}

/// Reads pictures through libpng, with the samples as they are stored: no gamma, no colour profile is applied.
package enum PNGReader {
  /// Deflate cannot expand a byte to more than this many.
  private static let bestRatio = 1032

  /// The picture in a PNG file's bytes: grey or colour, of any depth, with or without a palette, interlaced or not.
  ///
  /// Throws when the bytes are no whole PNG, when the header promises more pixels than the bytes can hold, and when a
  /// pixel is not opaque.
  package static func picture(_ bytes: UnsafeRawBufferPointer) throws(PNGFailure) -> PNGPicture {
    guard let base = bytes.baseAddress, let png = wt_png_open(base.assumingMemoryBound(to: UInt8.self), bytes.count)
    else {
      throw PNGFailure(message: "it holds no bytes")
    }
    defer { wt_png_close(png) }
    try check(png)
    let (width, height, channels) = (Int(png.pointee.width), Int(png.pointee.height), Int(png.pointee.channels))
    let sampleBytes = Int(png.pointee.depth) / 8
    // A palette's bit may become four bytes, hence the factor.
    guard width * height <= bytes.count * bestRatio * 8 else {
      throw PNGFailure(
        message: "its header promises \(width) x \(height) pixels, which \(bytes.count) bytes cannot hold")
    }
    var raw = [UInt8](repeating: 0, count: width * height * channels * sampleBytes)
    raw.withUnsafeMutableBufferPointer { wt_png_read(png, $0.baseAddress) }
    try check(png)

    let hasAlpha = channels == 2 || channels == 4
    let kept = hasAlpha ? channels - 1 : channels
    let maximum: UInt16 = sampleBytes == 2 ? .max : 255
    var samples: [UInt16] = []
    samples.reserveCapacity(width * height * kept)
    var isOpaque = true
    raw.withUnsafeBytes { raw in
      for index in 0..<width * height * channels {
        let sample =
          sampleBytes == 2 ? raw.loadUnaligned(fromByteOffset: 2 * index, as: UInt16.self) : UInt16(raw[index])
        if index % channels < kept {
          samples.append(sample)
        } else if sample != maximum {
          isOpaque = false
        }
      }
    }
    guard isOpaque else { throw PNGFailure(message: "it has transparent pixels, which have no one colour") }
    return PNGPicture(width: width, height: height, channels: kept, maximum: maximum, samples: samples)
  }

  private static func check(_ png: UnsafeMutablePointer<wt_png>) throws(PNGFailure) {
    let message = withUnsafeBytes(of: png.pointee.message) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    guard message.isEmpty else { throw PNGFailure(message: message) }
  }
}
