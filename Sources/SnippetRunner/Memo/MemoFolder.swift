internal import Foundation
internal import Lessons
internal import SnippetProtocol

/// The folder in which lessons keep the values of `memo`.
struct MemoFolder: Sendable {
  /// What the values of one lesson may take together before the ones unused for longest go.
  private static let bytesPerLesson = 2 << 30

  let path: String
  let surroundings: Surroundings

  /// What a lesson's process is told.
  func environment(for lesson: Lesson) async -> [String: String] {
    guard let parts = await surroundings.parts(of: lesson) else { return [:] }
    let keys = MemoKeys(lesson: lesson, surroundings: parts).digests().map { $0 ?? "" }
    return [
      ChannelEnvironment.memoFolder: folder(of: lesson), ChannelEnvironment.memoKeys: keys.joined(separator: ","),
    ]
  }

  /// Removes the values that were unused for longest while a lesson keeps too much.
  func prune(_ lesson: Lesson) {
    let root = URL(fileURLWithPath: folder(of: lesson))
    let keys: [URLResourceKey] = [.contentModificationDateKey, .fileSizeKey, .isRegularFileKey]
    guard let files = FileManager.default.enumerator(at: root, includingPropertiesForKeys: keys) else { return }
    var found: [(url: URL, date: Date, size: Int)] = []
    for case let url as URL in files {
      guard let values = try? url.resourceValues(forKeys: Set(keys)), values.isRegularFile == true else { continue }
      found.append((url, values.contentModificationDate ?? .distantPast, values.fileSize ?? 0))
    }
    var kept = 0
    for file in found.sorted(by: { ($1.date, $0.url.path) < ($0.date, $1.url.path) }) {
      kept += file.size
      if kept > Self.bytesPerLesson { try? FileManager.default.removeItem(at: file.url) }
    }
  }

  private func folder(of lesson: Lesson) -> String { "\(path)/\(lesson.slug)" }
}
