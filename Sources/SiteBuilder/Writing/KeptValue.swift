internal import Foundation

/// A value that is kept between builds, as a file of JSON.
///
/// The whole key is stored with the value. A file that cannot be read, or that belongs to another key, is a miss.
struct KeptValue<Value: Codable & Sendable>: Sendable {
  private struct Entry: Codable {
    var key: String
    var value: Value
  }

  let file: URL
  /// Everything that the value depends on.
  let key: String

  func load() -> Value? {
    guard let data = try? Data(contentsOf: file), let entry = try? JSONDecoder().decode(Entry.self, from: data),
      entry.key == key
    else { return nil }
    return entry.value
  }

  /// A file that cannot be written makes the next build slower, nothing else; so failures are not reported.
  func store(_ value: Value) {
    guard let data = try? JSONEncoder().encode(Entry(key: key, value: value)) else { return }
    try? FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try? data.write(to: file, options: .atomic)
  }
}
