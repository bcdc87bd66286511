internal import CZlib

/// Gzip (RFC 1952) through zlib. The only file that knows zlib.
package enum Gzip {
  /// How many bytes a web server sends for `bytes` at the usual level, 6; their own count where zlib has no memory.
  package static func size(of bytes: [UInt8]) -> Int {
    var stream = z_stream()
    // zlib keeps a pointer back to this record, so one pointer serves all calls.
    return withUnsafeMutablePointer(to: &stream) { compressedSize(of: bytes, through: $0) ?? bytes.count }
  }

  private static func compressedSize(of bytes: [UInt8], through stream: UnsafeMutablePointer<z_stream>) -> Int? {
    guard let count = UInt32(exactly: bytes.count) else { return nil }
    // 15 is the largest window; 16 more asks for gzip's header and check sum; 8 is the usual amount of memory.
    var code = deflateInit2_(
      stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, zlibVersion(), Int32(MemoryLayout<z_stream>.size))
    guard code == Z_OK else { return nil }
    defer { deflateEnd(stream) }
    var input = bytes
    var output = [UInt8](repeating: 0, count: 1 << 16)
    input.withUnsafeMutableBufferPointer { input in
      output.withUnsafeMutableBufferPointer { output in
        stream.pointee.next_in = input.baseAddress
        stream.pointee.avail_in = count
        // Until the end deflate fills all the room that it is given; only the count of what it wrote is kept.
        while code == Z_OK {
          stream.pointee.next_out = output.baseAddress
          stream.pointee.avail_out = UInt32(output.count)
          code = deflate(stream, Z_FINISH)
        }
      }
    }
    return code == Z_STREAM_END ? Int(stream.pointee.total_out) : nil
  }
}

/// A gzip member read piece by piece.
package final class GzipStream {
  /// Keeps the compressed bytes where they are.
  private let owner: AnyObject
  /// zlib keeps a pointer back to this record, so it must not move.
  private let stream: UnsafeMutablePointer<z_stream>
  private var ended = false

  /// Begins reading, or returns nil when the bytes do not start with gzip's signature or zlib has no memory.
  ///
  /// - Parameter owner: what must live for the bytes to stay where they are.
  package init?(_ bytes: UnsafeRawBufferPointer, owner: AnyObject) {
    guard bytes.count >= 18, bytes[0] == 0x1f, bytes[1] == 0x8b, let base = bytes.baseAddress,
      let size = UInt32(exactly: bytes.count)
    else { return nil }
    self.owner = owner
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    stream.pointee.next_in = UnsafeMutablePointer(mutating: base.assumingMemoryBound(to: UInt8.self))
    stream.pointee.avail_in = size
    // 15 is the largest window; 16 more asks for gzip's header and check sum.
    let code = inflateInit2_(stream, 15 + 16, zlibVersion(), Int32(MemoryLayout<z_stream>.size))
    guard code == Z_OK else { return nil }
  }

  deinit {
    inflateEnd(stream)
    stream.deallocate()
  }

  /// What a read found.
  package enum Outcome: Equatable {
    /// That many bytes were written; fewer than asked for means that the stream has ended, its check sum right.
    case bytes(Int)
    /// The compressed bytes stop before the stream does.
    case truncated(after: Int)
    /// zlib rejects the bytes, for this reason.
    case corrupt(reason: String, after: Int)
  }

  /// Fills `target` as far as the stream reaches.
  package func read(into target: UnsafeMutableRawBufferPointer) -> Outcome {
    guard !ended, let base = target.baseAddress, let size = UInt32(exactly: target.count) else { return .bytes(0) }
    stream.pointee.next_out = base.assumingMemoryBound(to: UInt8.self)
    stream.pointee.avail_out = size
    while stream.pointee.avail_out > 0 {
      let code = inflate(stream, Z_NO_FLUSH)
      switch code {
      case Z_OK:
        continue
      case Z_STREAM_END:
        ended = true
        return .bytes(target.count - Int(stream.pointee.avail_out))
      case Z_BUF_ERROR:
        return .truncated(after: Int(stream.pointee.total_out))
      default:
        let reason = stream.pointee.msg.map { String(cString: $0) } ?? "zlib's error \(code)"
        return .corrupt(reason: reason, after: Int(stream.pointee.total_out))
      }
    }
    return .bytes(target.count)
  }
}
