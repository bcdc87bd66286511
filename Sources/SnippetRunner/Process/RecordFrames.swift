package import SnippetProtocol

/// Takes records out of the bytes of a channel: four bytes of length, then the record.
package struct RecordFrames: Sendable {
  /// No record is larger; a length above is damage.
  package static let largest = 256 << 20

  private var bytes: [UInt8] = []

  package init() {}

  package mutating func append(_ more: [UInt8]) { bytes += more }

  /// The next whole record; nil when more bytes are needed.
  package mutating func next() throws(WireError) -> Record? {
    guard bytes.count >= 4 else { return nil }
    let length = (0..<4).reduce(0) { $0 | Int(bytes[$1]) << (8 * $1) }
    guard length <= Self.largest else { throw .countTooLarge(length) }
    guard bytes.count >= 4 + length else { return nil }
    var reader = WireReader(Array(bytes[4..<4 + length]))
    bytes.removeFirst(4 + length)
    let record = try reader.read(Record.self)
    try reader.finish()
    return record
  }
}
