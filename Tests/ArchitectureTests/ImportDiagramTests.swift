internal import Foundation
import Testing

/// Holds the import diagram of ARCHITECTURE.md against the manifest and against the sources' own imports.
struct ImportDiagramTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  @Test func theDiagramIsTheManifest() throws {
    #expect(try Self.diagram() == Self.manifest())
  }

  @Test func eachSourceImportsOnlyWhatTheDiagramAllows() throws {
    let diagram = try Self.diagram()
    let modules = Set(diagram.keys).union(diagram.values.joined())
    for (target, allowed) in diagram {
      for file in try Self.swiftFiles(of: target) {
        let imported = try Self.imports(of: file).intersection(modules)
        #expect(imported.subtracting(allowed).isEmpty, "\(file.lastPathComponent) of \(target)")
      }
    }
  }

  @Test func oneFileImportsEachLibrary() throws {
    let diagram = try Self.diagram()
    for library in ["CCMarkGFM", "CYAML", "CZlib", "CPNG", "CDuktape"] {
      let importers = try diagram.keys.flatMap { try Self.swiftFiles(of: $0) }.filter { file in
        try Self.imports(of: file).contains(library)
      }
      #expect(importers.count == 1, "\(library) is imported by \(importers.map(\.lastPathComponent).sorted())")
    }
  }

  @Test func theDocumentSideNeverReachesTheModelCore() throws {
    let diagram = try Self.diagram()
    var reached: Set<String> = []
    var pending = ["walkthrough"]
    while let target = pending.popLast() {
      guard reached.insert(target).inserted else { continue }
      pending += diagram[target] ?? []
    }
    let core: Set = [
      "TensorCore", "Autodiff", "NeuralNetworks", "GenerativeModels", "Distributions", "Datasets", "Metrics",
      "LessonKit",
    ]
    #expect(reached.isDisjoint(with: core))
  }

  /// The lines `Target: Dependency, Dependency` of the fenced block that is marked `imports`.
  private static func diagram() throws -> [String: Set<String>] {
    let text = try String(contentsOf: root.appending(path: "ARCHITECTURE.md"), encoding: .utf8)
    let block = try #require(text.split(separator: "```imports\n").dropFirst().first?.split(separator: "```").first)
    var result: [String: Set<String>] = [:]
    for line in block.split(separator: "\n") {
      let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      let name = parts[0].trimmingCharacters(in: .whitespaces)
      let dependencies = parts.count == 2 ? parts[1].split(separator: ",") : []
      #expect(result[name] == nil, "\(name) stands twice")
      result[name] = Set(dependencies.map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty })
    }
    return result
  }

  private struct Manifest: Decodable {
    struct Target: Decodable {
      struct Dependency: Decodable {
        var byName: [String?]
      }
      var name: String
      var type: String
      var path: String?
      var dependencies: [Dependency]
    }
    var targets: [Target]
  }

  private static func manifest() throws -> [String: Set<String>] {
    let scratch = FileManager.default.temporaryDirectory.appending(path: "walkthrough-manifest-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: scratch) }
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = [
      "swift", "package", "--package-path", root.path, "--scratch-path", scratch.path, "dump-package",
    ]
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    let manifest = try JSONDecoder().decode(Manifest.self, from: data)
    var result: [String: Set<String>] = [:]
    for target in manifest.targets where target.type == "regular" || target.type == "executable" {
      // What tests share is no part of the program.
      if target.path?.hasPrefix("Tests/") == true { continue }
      result[target.name] = Set(target.dependencies.compactMap { $0.byName.first ?? nil })
    }
    return result
  }

  private static func swiftFiles(of target: String) throws -> [URL] {
    let folder = root.appending(path: "Sources/\(target)")
    let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
    return (files?.allObjects ?? []).compactMap { $0 as? URL }.filter { $0.pathExtension == "swift" }
  }

  private static func imports(of file: URL) throws -> Set<String> {
    let line =
      /^(?:@\w+(?:\(\w+\))?\s+)*(?:(?:public|package|internal|fileprivate|private)\s+)?import\s+(?:struct\s+|func\s+|enum\s+)?(\w+)/
      .anchorsMatchLineEndings()
    let text = try String(contentsOf: file, encoding: .utf8)
    return Set(text.matches(of: line).map { String($0.output.1) })
  }
}
