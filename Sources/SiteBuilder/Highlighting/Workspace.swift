internal import Foundation

/// A temporary folder that holds one Swift file for the language server; it goes with this value.
final class Workspace {
  let folder: URL
  let file: URL

  init(source: String, compilerArguments: [String]) throws {
    let base = FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
    folder = base.appendingPathComponent("walkthrough-\(UUID().uuidString)", isDirectory: true)
    file = folder.appendingPathComponent("main.swift")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
    try Data(source.utf8).write(to: file)
    let flags = compilerArguments.joined(separator: "\n") + "\n"
    try Data(flags.utf8).write(to: folder.appendingPathComponent("compile_flags.txt"))
  }

  deinit { try? FileManager.default.removeItem(at: folder) }
}
