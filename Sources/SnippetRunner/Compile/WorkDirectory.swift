internal import Foundation
internal import Glibc
internal import Synchronization

/// A folder for a lesson's programs; removed when its owner goes.
final class WorkDirectory: Sendable {
  let path: String

  private static let count = Atomic(0)

  /// Folders are named after the process, so that what a killed one left is recognized and swept away.
  init(in parent: String, name: String) throws(LessonFailure) {
    let number = Self.count.add(1, ordering: .relaxed).newValue
    path = "\(parent)/\(getpid())-\(number)-\(name)"
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
      throw .environment(
        "unwritable-folder", "cannot create \(path)",
        remedy: "Make the folder writable, or check that the disk is not full.")
    }
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func write(_ text: String, to name: String) throws(LessonFailure) {
    let file = URL(fileURLWithPath: "\(path)/\(name)")
    do {
      try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
    } catch {
      throw .environment(
        "unwritable-folder", "cannot write \(file.path)",
        remedy: "Make the folder writable, or check that the disk is not full.")
    }
  }

  static func sweep(_ parent: String) {
    for name in (try? FileManager.default.contentsOfDirectory(atPath: parent)) ?? [] {
      guard let process = name.split(separator: "-").first.flatMap({ pid_t($0) }) else { continue }
      if kill(process, 0) != 0 && errno == ESRCH { try? FileManager.default.removeItem(atPath: "\(parent)/\(name)") }
    }
  }
}
