/// The compiler's command lines for a lesson's programs.
struct CompileCommand: Sendable {
  /// A name that no type of a lesson has.
  static let moduleName = "WalkthroughLesson"

  /// What decides the meaning of a compiled lesson, besides its code; part of the cache key.
  ///
  /// Swift 5 mode, because in Swift 6 mode every function that touches a top-level `var` is an isolation error, which no
  /// reader of a lesson should meet.
  static let options = ["-O", "-g", "-swift-version", "5"]

  let toolchain: Toolchain
  let environment: [String: String]

  /// Makes an executable. An uncaught error is handed to LessonKit, in place of the standard library; square roots, rounding
  /// and remainders are calls into the C mathematics library where the processor has no instruction for them.
  func build(_ source: String, to executable: String, in directory: String) -> Command {
    let directoryOfKit = toolchain.lessonKit.directory
    return command(
      Self.options + [
        "-L", directoryOfKit, "-lLessonKit", "-lm", "-Xlinker", "-rpath", "-Xlinker", directoryOfKit,
        "-Xlinker", "--wrap=swift_errorInMain", "-o", executable, source,
      ], in: directory)
  }

  func check(_ source: String, in directory: String) -> Command {
    command(["-typecheck", "-swift-version", "5", source], in: directory)
  }

  /// Parses each file for itself.
  func parse(_ sources: [String], in directory: String) -> Command {
    Command(
      executable: toolchain.swiftc,
      arguments: ["-frontend", "-parse", "-swift-version", "5", "-diagnostic-style", "llvm"] + sources,
      directory: directory, environment: environment)
  }

  private func command(_ arguments: [String], in directory: String) -> Command {
    let maps = toolchain.lessonKit.moduleMaps.flatMap { ["-Xcc", "-fmodule-map-file=\($0)"] }
    return Command(
      executable: toolchain.swiftc,
      arguments: [
        "-module-name", Self.moduleName, "-diagnostic-style", "llvm", "-no-color-diagnostics",
        "-I", toolchain.lessonKit.modules,
      ] + maps + arguments,
      directory: directory, environment: environment)
  }
}
