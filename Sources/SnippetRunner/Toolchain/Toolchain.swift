internal import Foundation
internal import Lessons

/// What turns a lesson's code into results: the Swift compiler and the built `LessonKit`.
package struct Toolchain: Sendable {
  package let swiftc: String
  /// Names the source line of an address; without it a crash is placed at its cell's start.
  package let symbolizer: String?
  /// The compiler's own description of itself, part of the cache key.
  package let version: String
  package let lessonKit: LessonKitBuild

  /// Finds everything, or says what is missing.
  ///
  /// - Parameters:
  ///   - environment: `SWIFTC` names the compiler; otherwise it is looked for on `PATH`.
  ///   - buildDirectory: where `LessonKit` was built; otherwise beside the running executable.
  package static func find(
    environment: [String: String] = ProcessInfo.processInfo.environment, buildDirectory: String? = nil
  ) async throws(LessonFailure) -> Toolchain {
    let swiftc = try findCompiler(environment)
    let directory = buildDirectory ?? URL(fileURLWithPath: executablePath()).deletingLastPathComponent().path
    let lessonKit = try LessonKitBuild.find(in: directory)
    let version = try await askVersion(of: swiftc, environment)
    return Toolchain(
      swiftc: swiftc, symbolizer: findSymbolizer(besides: swiftc, environment), version: version, lessonKit: lessonKit)
  }

  private static func findCompiler(_ environment: [String: String]) throws(LessonFailure) -> String {
    if let named = environment["SWIFTC"], !named.isEmpty {
      if named.contains("/"), isExecutable(named) { return named }
      if !named.contains("/"), let found = onPath(named, environment) { return found }
      throw .environment(
        "missing-swift", "there is no Swift compiler at \(named)",
        remedy: "Correct or unset the environment variable SWIFTC.")
    }
    guard let found = onPath("swiftc", environment) else {
      throw .environment(
        "missing-swift", "the Swift compiler is not on the search path",
        remedy: "Install Swift 6.2 or later from https://www.swift.org/install and add its bin folder to PATH, "
          + "or name swiftc in the environment variable SWIFTC.")
    }
    return found
  }

  /// The compiler's companion first: it reads what that compiler writes.
  private static func findSymbolizer(besides swiftc: String, _ environment: [String: String]) -> String? {
    let resolved = URL(fileURLWithPath: swiftc).resolvingSymlinksInPath().deletingLastPathComponent()
    let companion = resolved.appendingPathComponent("llvm-symbolizer").path
    return isExecutable(companion) ? companion : onPath("llvm-symbolizer", environment)
  }

  private static func askVersion(
    of swiftc: String, _ environment: [String: String]
  ) async throws(LessonFailure) -> String {
    let command = Command(executable: swiftc, arguments: ["--version"], directory: "/", environment: environment)
    let result: Command.Result
    do { result = try await command.run() } catch {
      throw .environment("missing-swift", error.text, remedy: "Check the Swift installation.")
    }
    guard result.succeeded, !result.output.isEmpty else {
      throw .environment(
        "missing-swift", "\(swiftc) --version failed", remedy: "Check the Swift installation: run `swiftc --version`.")
    }
    return result.output.split(separator: "\n").prefix(2).joined(separator: ", ")
  }

  private static func onPath(_ name: String, _ environment: [String: String]) -> String? {
    (environment["PATH"] ?? "").split(separator: ":").map { "\($0)/\(name)" }.first(where: isExecutable)
  }

  private static func isExecutable(_ path: String) -> Bool { FileManager.default.isExecutableFile(atPath: path) }

  private static func executablePath() -> String {
    let link = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    return link ?? CommandLine.arguments[0]
  }
}
