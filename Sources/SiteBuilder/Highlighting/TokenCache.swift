internal import Foundation

/// Keeps colours between builds, one file a lesson's code.
///
/// The whole key is stored with the value, so that the file name's short hash need not be free of collisions. An entry
/// that cannot be read, or that belongs to another key, is a miss.
struct TokenCache: Sendable {
  private struct Entry: Codable {
    var key: String
    var tokens: LessonTokens
  }

  let folder: URL

  func load(_ key: String) -> LessonTokens? {
    guard let data = try? Data(contentsOf: file(key)),
      let entry = try? JSONDecoder().decode(Entry.self, from: data), entry.key == key
    else { return nil }
    return entry.tokens
  }

  /// A cache that cannot be written makes the next build slower, nothing else; so failures are not reported.
  func store(_ tokens: LessonTokens, _ key: String) {
    guard let data = try? JSONEncoder().encode(Entry(key: key, tokens: tokens)) else { return }
    try? FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try? data.write(to: file(key), options: .atomic)
  }

  /// FNV-1a, 64 bits.
  private func file(_ key: String) -> URL {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in key.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    return folder.appendingPathComponent("tokens-" + String(hash, radix: 16) + ".json")
  }
}
