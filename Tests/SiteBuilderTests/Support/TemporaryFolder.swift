import Foundation

/// A folder of a test's own, removed with the value.
final class TemporaryFolder {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
      .appendingPathComponent("site-tests-\(UUID().uuidString)", isDirectory: true)
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: false)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  func write(_ text: String, to path: String) throws {
    let file = url.appendingPathComponent(path)
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
  }

  func script(_ text: String) throws -> String {
    try write("#!/bin/sh\n" + text + "\n", to: "server")
    let path = url.appendingPathComponent("server").path
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
    return path
  }

  /// All files below, by path.
  func files(in path: String = "") throws -> [String: String] {
    let base = path.isEmpty ? url : url.appendingPathComponent(path)
    var files: [String: String] = [:]
    for case let name as String in FileManager.default.enumerator(atPath: base.path) ?? .init() {
      let file = base.appendingPathComponent(name)
      if let data = try? Data(contentsOf: file) { files[name] = String(decoding: data, as: UTF8.self) }
    }
    return files
  }

  func names() throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: url.path).sorted() }
}
