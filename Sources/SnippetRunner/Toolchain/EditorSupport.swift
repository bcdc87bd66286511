internal import Foundation

/// What a language server needs to read a lesson's code as the compiler reads it.
package struct EditorSupport: Sendable {
  /// The path of `sourcekit-lsp`, the compiler's companion; nil where it is not installed.
  package let languageServer: String?
  package let compilerArguments: [String]
  /// The module that a lesson's program imports at its top.
  package let lessonModule: String
  /// Changes with the compiler and with what lessons can call.
  package let fingerprint: String

  /// - Parameter cacheFolder: where digests of unchanged files are remembered.
  package init(toolchain: Toolchain, cacheFolder: String) async {
    let folder = URL(fileURLWithPath: toolchain.swiftc).resolvingSymlinksInPath().deletingLastPathComponent()
    let server = folder.appendingPathComponent("sourcekit-lsp").path
    languageServer = FileManager.default.isExecutableFile(atPath: server) ? server : nil
    let maps = toolchain.lessonKit.moduleMaps.flatMap { ["-Xcc", "-fmodule-map-file=\($0)"] }
    compilerArguments = ["-swift-version", "5", "-I", toolchain.lessonKit.modules] + maps
    lessonModule = "LessonKit"

    let digests = FileDigests(file: "\(cacheFolder)/digests")
    var hash = SHA256()
    hash.update(Array(toolchain.version.utf8))
    // Doc-comments lie beside the modules, which stay the same bytes when only a comment changes.
    let documentation = LessonKitBuild.moduleNames.map { "\(toolchain.lessonKit.modules)/\($0).swiftdoc" }
    for path in toolchain.lessonKit.digested + documentation {
      hash.update(Array((await digests.digest(of: path)?.description ?? "missing").utf8))
    }
    fingerprint = hash.finish().description
  }
}
