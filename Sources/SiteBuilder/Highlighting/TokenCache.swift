internal import Foundation

/// Keeps colours between builds, one file a lesson's code. The file name's short hash need not be free of collisions, since
/// the whole key stands in the file.
struct TokenCache: Sendable {
  let folder: URL

  func load(_ key: String) -> LessonTokens? { kept(key).load() }

  func store(_ tokens: LessonTokens, _ key: String) { kept(key).store(tokens) }

  private func kept(_ key: String) -> KeptValue<LessonTokens> { KeptValue(file: file(key), key: key) }

  /// FNV-1a, 64 bits.
  private func file(_ key: String) -> URL {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in key.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    return folder.appendingPathComponent("tokens-" + String(hash, radix: 16))
  }
}
