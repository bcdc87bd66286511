import Foundation
import Testing

/// Expected outputs, kept as files beside the tests. `UPDATE_GOLDEN=1` rewrites them, and still fails the run, so that no
/// check passes on what it has just written.
struct GoldenFiles {
  let folder: URL

  init(_ name: String) {
    folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("Golden/\(name)", isDirectory: true)
  }

  func expect(_ files: [String: String], sourceLocation: SourceLocation = #_sourceLocation) throws {
    if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" {
      try? FileManager.default.removeItem(at: folder)
      for (path, text) in files {
        let file = folder.appendingPathComponent(path)
        try FileManager.default.createDirectory(
          at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
      }
      Issue.record("the golden files in \(folder.lastPathComponent) were rewritten", sourceLocation: sourceLocation)
      return
    }
    let names = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
    let kept = Set(
      names.filter { name in
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: folder.appendingPathComponent(name).path, isDirectory: &isFolder)
          && !isFolder.boolValue
      })
    #expect(kept == Set(files.keys), "the files themselves differ", sourceLocation: sourceLocation)
    for (path, text) in files.sorted(by: { $0.key < $1.key }) where kept.contains(path) {
      let expected = try String(contentsOf: folder.appendingPathComponent(path), encoding: .utf8)
      guard expected != text else { continue }
      let lines = zip(
        text.split(separator: "\n", omittingEmptySubsequences: false),
        expected.split(separator: "\n", omittingEmptySubsequences: false))
      let first = lines.enumerated().first { $0.element.0 != $0.element.1 }
      Issue.record(
        "\(path) differs, first in line \((first?.offset ?? 0) + 1): \(first?.element.0.prefix(400) ?? "(length)")",
        sourceLocation: sourceLocation)
    }
  }
}
