internal import Foundation
package import Lessons

/// What lessons can call, as the compiler tells it: one graph of symbols a module, written by the toolchain's own
/// extractor from the built modules.
package struct SymbolGraphs: Sendable {
  /// The package's folder; the places of declarations lie below it.
  package let packageFolder: String
  /// Changes with the compiler, and with any declaration, comment or place of one.
  package let fingerprint: String

  private let toolchain: Toolchain
  /// The extractor; nil where it is not installed.
  private let tool: String?

  /// - Parameter cacheFolder: where digests of unchanged files are remembered.
  package init(toolchain: Toolchain, cacheFolder: String) async {
    self.toolchain = toolchain
    packageFolder = toolchain.lessonKit.packageFolder
    let folder = URL(fileURLWithPath: toolchain.swiftc).resolvingSymlinksInPath().deletingLastPathComponent()
    let extractor = folder.appendingPathComponent("swift-symbolgraph-extract").path
    tool = FileManager.default.isExecutableFile(atPath: extractor) ? extractor : nil

    let digests = FileDigests(file: "\(cacheFolder)/digests")
    var hash = SHA256()
    hash.update(Array(toolchain.version.utf8))
    // Comments and places lie beside the modules, which stay the same bytes when only these change.
    for name in LessonKitBuild.visibleModules {
      for kind in ["swiftmodule", "swiftdoc", "swiftsourceinfo"] {
        let digest = await digests.digest(of: "\(toolchain.lessonKit.modules)/\(name).\(kind)")
        hash.update(Array((digest?.description ?? "missing").utf8))
      }
    }
    fingerprint = hash.finish().description
  }

  /// The graphs' JSON, a module's own before what it adds to the types of others, in the order of the modules' names.
  ///
  /// - Throws: a diagnostic that says what the tool said when it failed.
  package func extract() async throws(Diagnostic) -> [[UInt8]] {
    guard let tool else {
      throw failure("the toolchain has no swift-symbolgraph-extract", remedy: "Reinstall the Swift toolchain.")
    }
    let output = FileManager.default.temporaryDirectory.appendingPathComponent("symbols-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: output) }
    do {
      try FileManager.default.createDirectory(at: output, withIntermediateDirectories: true)
    } catch {
      throw failure("the symbols' folder cannot be made", remedy: error.localizedDescription)
    }
    let problems = await withTaskGroup(of: String?.self) { group in
      for module in LessonKitBuild.visibleModules {
        group.addTask { await problem(of: module, tool, output.path) }
      }
      return await group.reduce(into: [String]()) { problems, problem in
        if let problem { problems.append(problem) }
      }
    }
    if let problem = problems.sorted().first {
      throw failure(
        "the symbols of LessonKit cannot be read: \(problem)", remedy: "Build LessonKit with the same toolchain.")
    }
    return Self.files(in: output)
  }

  /// Runs the tool for one module; gives its complaint if it has one.
  private func problem(of module: String, _ tool: String, _ output: String) async -> String? {
    let maps = toolchain.lessonKit.moduleMaps.flatMap { ["-Xcc", "-fmodule-map-file=\($0)"] }
    let command = Command(
      executable: tool,
      arguments: ["-module-name", module, "-I", toolchain.lessonKit.modules] + maps + [
        "-output-dir", output, "-minimum-access-level", "public", "-skip-synthesized-members",
        "-emit-extension-block-symbols",
      ], directory: output, environment: ProcessInfo.processInfo.environment)
    do {
      let result = try await command.run()
      return result.succeeded
        ? nil : result.errors.split(separator: "\n").first.map(String.init) ?? "no reason is given"
    } catch {
      return error.text
    }
  }

  /// `A.symbols.json` comes before `A@B.symbols.json`, and both before those of the next module.
  private static func files(in folder: URL) -> [[UInt8]] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.filter { $0.hasSuffix(".symbols.json") }.sorted().compactMap { name in
      (try? Data(contentsOf: folder.appendingPathComponent(name))).map(Array.init)
    }
  }

  private func failure(_ summary: String, remedy: String) -> Diagnostic {
    Diagnostic(
      severity: .warning, stage: .environment, identifier: "symbol-graphs",
      summary: "\(summary); the site is without its reference of the interface", remedy: remedy)
  }
}
