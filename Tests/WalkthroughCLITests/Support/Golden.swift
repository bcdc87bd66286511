internal import Foundation
import Testing

/// Files that a test compares its output with. `UPDATE_GOLDEN=1` rewrites them and still fails the run.
enum Golden {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()

  static func fixture(_ name: String) -> URL { folder.appending(path: "Fixtures/\(name)") }

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
    #expect(text == expected, "\(name)", sourceLocation: sourceLocation)
  }
}
