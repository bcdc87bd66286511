internal import Foundation
import Testing

/// A temporary folder with lessons, in which the built program is run as a person runs it.
final class Workplace {
  let folder: URL

  struct Result {
    var code: Int32
    var output: String
    var errors: String

    /// What a person sees, with the parts that differ between runs taken out.
    var transcript: String {
      "exit code \(code)\n--- standard output\n\(output)--- standard error\n\(errors)"
        .replacing(/\d+(\.\d)? s\b/, with: "(time)")
        // Where a lesson was when it was stopped differs from run to run, and may be outside of its code.
        .replacing(/[^\n]*note: it was here when it was stopped\n(  [^\n]*\n)*/, with: "")
    }
  }

  /// Copies lessons from the fixtures, each to `lessons/`.
  init(lessons: [String]) throws {
    // The system's temporary folder may be a link; messages name paths as the program sees them.
    folder = FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
      .appending(path: "walkthrough-cli-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder.appending(path: "lessons"), withIntermediateDirectories: true)
    for lesson in lessons {
      let name = URL(filePath: lesson).lastPathComponent
      try FileManager.default.copyItem(at: Golden.fixture(lesson), to: folder.appending(path: "lessons/\(name)"))
    }
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  /// Where the test bundle lies, and beside it the program.
  static let program: URL = {
    let bundle = URL(filePath: CommandLine.arguments[0]).resolvingSymlinksInPath()
    let beside = bundle.deletingLastPathComponent().appending(path: "walkthrough")
    if FileManager.default.isExecutableFile(atPath: beside.path) { return beside }
    // The helper that runs Swift Testing lies elsewhere and names the bundle in an argument.
    let named = CommandLine.arguments.first { $0.hasSuffix(".xctest") } ?? ""
    return URL(filePath: named).resolvingSymlinksInPath().deletingLastPathComponent().appending(path: "walkthrough")
  }()

  func run(_ words: String..., environment: [String: String] = [:]) async throws -> Result {
    try await run(words, environment: environment)
  }

  func run(_ words: [String], environment: [String: String] = [:]) async throws -> Result {
    // Files, not pipes: neither stream can fill up while the other is read.
    let streams = ["out", "err"].map { folder.appending(path: "\($0)-\(UUID().uuidString)") }
    defer { for file in streams { try? FileManager.default.removeItem(at: file) } }
    for file in streams { try Data().write(to: file) }
    let process = process(words, environment)
    process.standardOutput = try FileHandle(forWritingTo: streams[0])
    process.standardError = try FileHandle(forWritingTo: streams[1])
    try process.run()
    await process.end()
    return Result(
      code: process.terminationStatus, output: try String(contentsOf: streams[0], encoding: .utf8),
      errors: try String(contentsOf: streams[1], encoding: .utf8))
  }

  /// A process that goes on; its output is thrown away.
  func start(_ words: String...) throws -> Process {
    let process = process(words, [:])
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    return process
  }

  private func process(_ words: [String], _ environment: [String: String]) -> Process {
    let process = Process()
    process.executableURL = Self.program
    process.arguments = words
    process.currentDirectoryURL = folder
    process.environment = ProcessInfo.processInfo.environment.merging(["NO_COLOR": "1", "COLUMNS": "80"]) { $1 }
      .merging(environment) { $1 }
    process.standardInput = FileHandle.nullDevice
    return process
  }

  func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: folder.appending(path: path).path) }

  func text(_ path: String) throws -> String {
    try String(contentsOf: folder.appending(path: path), encoding: .utf8)
  }

  /// The relative paths of all files below a folder, with their contents.
  func files(_ path: String) throws -> [String: Data] {
    let root = folder.appending(path: path)
    var result: [String: Data] = [:]
    for name in try FileManager.default.subpathsOfDirectory(atPath: root.path) {
      let file = root.appending(path: name)
      let isFolder = try file.resourceValues(forKeys: [.isDirectoryKey]).isDirectory ?? false
      if !isFolder { result[name] = try Data(contentsOf: file) }
    }
    return result
  }

  /// Processes that were started from a program in this folder and still run.
  func survivors() throws -> [String] {
    let prefix = folder.path + "/"
    return try FileManager.default.contentsOfDirectory(atPath: "/proc").filter { Int($0) != nil }.compactMap { number in
      let link = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(number)/exe")
      return link?.hasPrefix(prefix) == true ? link : nil
    }
  }
}

extension Process {
  /// Returns when the process has ended, and holds no thread meanwhile.
  func end() async {
    while isRunning { try? await Task.sleep(for: .milliseconds(10)) }
  }
}
