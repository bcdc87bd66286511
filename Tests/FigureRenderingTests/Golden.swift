import Foundation
import Testing

/// Files with the output that is expected. `UPDATE_GOLDEN=1` rewrites them, and the test still fails, so that nobody
/// mistakes writing for checking.
enum Golden {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Golden")

  static func expect(_ text: String, is name: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
    let file = folder.appending(path: name)
    if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try text.write(to: file, atomically: true, encoding: .utf8)
      Issue.record("Golden/\(name) was rewritten", sourceLocation: sourceLocation)
      return
    }
    guard let expected = try? String(contentsOf: file, encoding: .utf8) else {
      Issue.record("Golden/\(name) is missing; UPDATE_GOLDEN=1 writes it", sourceLocation: sourceLocation)
      return
    }
    #expect(text == expected, "differs from Golden/\(name)", sourceLocation: sourceLocation)
  }
}
