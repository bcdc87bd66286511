internal import Foundation
internal import SnippetProtocol

/// A value that is kept between builds, as a file.
///
/// The whole key is stored with the value. A file that cannot be read, or that belongs to another key, is a miss.
struct KeptValue<Value: WireCodable & Sendable>: Sendable {
  let file: URL
  /// Everything that the value depends on.
  let key: String

  func load() -> Value? {
    guard let data = try? Data(contentsOf: file) else { return nil }
    var reader = WireReader(Array(data))
    do {
      guard try reader.readString() == key else { return nil }
      let value: Value = try reader.read()
      try reader.finish()
      return value
    } catch {
      return nil
    }
  }

  /// A file that cannot be written makes the next build slower, nothing else; so failures are not reported.
  func store(_ value: Value) {
    var writer = WireWriter()
    writer.write(key)
    writer.write(value)
    try? FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try? Data(writer.bytes).write(to: file, options: .atomic)
  }
}

extension WireReader {
  /// A case that was written as its raw value.
  mutating func readName<Value: RawRepresentable<String>>(_: Value.Type = Value.self) throws(WireError) -> Value {
    guard let value = Value(rawValue: try readString()) else { throw .invalidText }
    return value
  }
}
