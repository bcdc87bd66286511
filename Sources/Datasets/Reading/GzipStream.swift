internal import CZlib

/// A gzip member read piece by piece through zlib. The only file that knows zlib.
///
/// Its compressed bytes belong to `file`, which it keeps alive.
final class GzipStream {
  private let file: FileContents
  /// zlib keeps a pointer back to this record, so it must not move.
  private let stream: UnsafeMutablePointer<z_stream>
  private var ended = false

  /// Begins reading, or returns nil when the bytes do not start with gzip's signature or zlib has no memory.
  init?(_ file: FileContents) {
    guard file.bytes.count >= 18, file.bytes[0] == 0x1f, file.bytes[1] == 0x8b,
      let base = file.bytes.baseAddress, let size = UInt32(exactly: file.bytes.count)
    else { return nil }
    self.file = file
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
  enum Outcome: Equatable {
    /// That many bytes were written; fewer than asked for means that the stream has ended, its check sum right.
    case bytes(Int)
    /// The compressed bytes stop before the stream does.
    case truncated(after: Int)
    /// zlib rejects the bytes, for this reason.
    case corrupt(reason: String, after: Int)
  }

  /// Fills `target` as far as the stream reaches.
  func read(into target: UnsafeMutableRawBufferPointer) -> Outcome {
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
