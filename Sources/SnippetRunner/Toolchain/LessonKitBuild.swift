internal import Foundation

/// The built `LessonKit`: what a lesson compiles and links against.
package struct LessonKitBuild: Sendable {
  /// The folder with `libLessonKit.so`.
  package let directory: String
  package let library: String
  /// The folder with the `.swiftmodule` files.
  package let modules: String
  /// The module maps of the C targets behind `LessonKit`'s modules. The compiler asks for them although no lesson can
  /// name them.
  package let moduleMaps: [String]
  /// Everything that decides what a lesson's code means: the library, the modules, the C headers.
  package let digested: [String]
  /// The folder with the manifest.
  package let packageFolder: String

  /// The Swift modules that make up `LessonKit`; the folder holds others, which no lesson sees.
  static let moduleNames = [
    "Autodiff", "Compression", "Datasets", "Distributions", "Figures", "GenerativeModels", "LessonKit", "Metrics",
    "NeuralNetworks", "PNGCoding", "SnippetProtocol", "TensorCore",
  ]

  /// Those of them whose symbols a lesson can name, since `LessonKit` exports them.
  package static let visibleModules = moduleNames.filter {
    !["Compression", "PNGCoding", "SnippetProtocol"].contains($0)
  }

  /// Its C targets, whose module maps the build writes.
  static let builtCTargets = ["CKernels", "CLessonRuntime"]
  /// Its libraries from the system, whose module maps are sources.
  static let systemLibraries = ["CPNG", "CZlib"]

  static func find(in directory: String) throws(LessonFailure) -> LessonKitBuild {
    let library = directory + "/libLessonKit.so"
    let modules = directory + "/Modules"
    try require(library)
    for name in moduleNames { try require("\(modules)/\(name).swiftmodule") }
    let built = builtCTargets.map { "\(directory)/\($0).build/module.modulemap" }
    for map in built { try require(map) }
    let sources = try sourcesDirectory(above: directory)
    let system = systemLibraries.map { "\(sources)/\($0)/module.modulemap" }
    for map in system { try require(map) }
    return LessonKitBuild(
      directory: directory, library: library, modules: modules, moduleMaps: built + system,
      digested: [library] + moduleNames.map { "\(modules)/\($0).swiftmodule" }
        + builtCTargets.flatMap { headers(in: "\(sources)/\($0)/include") },
      packageFolder: URL(fileURLWithPath: sources).deletingLastPathComponent().path)
  }

  private static func require(_ path: String) throws(LessonFailure) {
    guard FileManager.default.fileExists(atPath: path) else {
      throw .environment(
        "missing-lessonkit", "LessonKit is not built: \(path) is missing",
        remedy: "Run `swift build` in the project's folder, with the same configuration as this program.")
    }
  }

  /// The package's `Sources`, found by going up from where it was built.
  private static func sourcesDirectory(above directory: String) throws(LessonFailure) -> String {
    var folder = URL(fileURLWithPath: directory).resolvingSymlinksInPath()
    while folder.path != "/" {
      let manifest = folder.appendingPathComponent("Package.swift").path
      if FileManager.default.fileExists(atPath: manifest) { return folder.appendingPathComponent("Sources").path }
      folder.deleteLastPathComponent()
    }
    throw .environment(
      "missing-lessonkit", "the package's sources are not above \(directory)",
      remedy: "Run the program from where `swift build` put it.")
  }

  private static func headers(in folder: String) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
      .filter { $0.hasSuffix(".h") }.map { "\(folder)/\($0)" }
  }
}
