import Foundation

/// The folder of results: one folder for each experiment, one file for each method, one line for each seed.
///
/// Every line is appended by a single write, so that several processes may work on one folder.
struct Results: Sendable {
  let folder: URL

  /// The rows of a method that were measured with these settings, by seed. Of several rows of a seed the last one counts.
  func rows(of method: String, in experiment: Experiment, settings: String) throws -> [UInt64: Row] {
    let file = file(of: method, in: experiment)
    guard FileManager.default.fileExists(atPath: file.path) else { return [:] }
    var found: [UInt64: Row] = [:]
    let decoder = JSONDecoder()
    for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n") {
      let row = try decoder.decode(Row.self, from: Data(line.utf8))
      if row.settings == settings { found[row.seed] = row }
    }
    return found
  }

  func append(_ row: Row, in experiment: Experiment) throws {
    let file = file(of: row.method, in: experiment)
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    if !FileManager.default.fileExists(atPath: file.path) {
      _ = FileManager.default.createFile(atPath: file.path, contents: nil)
    }
    let handle = try FileHandle(forWritingTo: file)
    defer { try? handle.close() }
    try handle.seekToEnd()
    try handle.write(contentsOf: Data(try row.line().utf8))
  }

  private func file(of method: String, in experiment: Experiment) -> URL {
    let name = String(method.map { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "+" ? $0 : "-" })
    return folder.appending(path: experiment.name).appending(path: name + ".jsonl")
  }
}
