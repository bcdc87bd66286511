internal import Foundation
package import SnippetRunner

extension SyntaxHighlighter.Toolchain {
  /// The language server beside a compiler, and the modules that lessons compile against. Nil where the toolchain came
  /// without one.
  package init?(_ toolchain: SnippetRunner.Toolchain) {
    let folder = URL(fileURLWithPath: toolchain.swiftc).resolvingSymlinksInPath().deletingLastPathComponent()
    let server = folder.appendingPathComponent("sourcekit-lsp").path
    guard FileManager.default.isExecutableFile(atPath: server) else { return nil }
    let kit = toolchain.lessonKit
    self.init(
      languageServer: server,
      compilerArguments: ["-swift-version", "5", "-I", kit.modules]
        + kit.moduleMaps.flatMap { ["-Xcc", "-fmodule-map-file=\($0)"] },
      fingerprint: ([toolchain.version] + Self.state(of: kit.modules)).joined(separator: "\n"))
  }

  /// The modules with their sizes and times. Doc-comments lie in files of their own beside the modules, which no digest
  /// of a module would notice; and reading all of them takes longer than what the cache saves on a short lesson.
  private static func state(of folder: String) -> [String] {
    let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
    return names.filter { $0.hasSuffix(".swiftmodule") || $0.hasSuffix(".swiftdoc") }.map { name in
      let attributes = try? FileManager.default.attributesOfItem(atPath: "\(folder)/\(name)")
      let size = (attributes?[.size] as? Int) ?? 0
      let time = (attributes?[.modificationDate] as? Date)?.timeIntervalSinceReferenceDate ?? 0
      return "\(name) \(size) \(time)"
    }
  }
}
