package import Foundation

/// Keeps the reference between builds: one file, replaced when the library changes. An entry that cannot be read, or
/// that belongs to another library, is a miss.
package struct ReferenceCache: Sendable {
  private struct Entry: Codable {
    var key: String
    var reference: APIReference
  }

  private let file: URL
  private let key: String

  /// - Parameter fingerprint: names the library's content.
  package init(folder: URL, fingerprint: String) {
    file = folder.appendingPathComponent("reference.json")
    key = "reference 1\n\(fingerprint)"
  }

  package func load() -> APIReference? {
    guard let data = try? Data(contentsOf: file), let entry = try? JSONDecoder().decode(Entry.self, from: data),
      entry.key == key
    else { return nil }
    return entry.reference
  }

  /// A cache that cannot be written makes the next build slower, nothing else; so failures are not reported.
  package func store(_ reference: APIReference) {
    guard let data = try? JSONEncoder().encode(Entry(key: key, reference: reference)) else { return }
    try? FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try? data.write(to: file, options: .atomic)
  }
}
