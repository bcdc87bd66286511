internal import Foundation
internal import Testing

/// Files that a test compares its output with. `UPDATE_GOLDEN=1` rewrites them and still fails the run, so that no
/// run both changes and approves them.
enum Golden {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()

  static func fixture(_ name: String) throws -> String {
    try String(contentsOf: folder.appending(path: "Fixtures/\(name)"), encoding: .utf8)
  }

  static func fixtures(in name: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.appending(path: "Fixtures/\(name)").path)
      .filter { $0.hasSuffix(".md") }.sorted()
  }

  static func expect(_ text: String, matches name: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
    let file = folder.appending(path: "Golden/\(name)")
    if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" {
      try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try text.write(to: file, atomically: true, encoding: .utf8)
      Issue.record("rewrote \(name); look at the difference and run again", sourceLocation: sourceLocation)
      return
    }
    guard let expected = try? String(contentsOf: file, encoding: .utf8) else {
      Issue.record("there is no golden file \(name)", sourceLocation: sourceLocation)
      return
    }
    guard Array(expected.utf8) != Array(text.utf8) else { return }
    let (old, new) = (expected.components(separatedBy: "\n"), text.components(separatedBy: "\n"))
    let line = zip(old, new).enumerated().first { $1.0 != $1.1 }?.offset ?? min(old.count, new.count)
    Issue.record(
      """
      \(name) differs at line \(line + 1)
      expected: \(line < old.count ? old[line] : "(end)")
      got:      \(line < new.count ? new[line] : "(end)")
      """, sourceLocation: sourceLocation)
  }
}
