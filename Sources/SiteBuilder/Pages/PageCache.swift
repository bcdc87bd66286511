internal import Foundation
internal import SnippetProtocol
internal import SnippetRunner

/// Keeps rendered pages between builds, each under everything that it was made of: a build in which one sentence changed
/// renders one page.
struct PageCache: Sendable {
  private let folder: URL
  private let common: Digest

  /// - Parameters:
  ///   - program: names the program that renders.
  ///   - common: what all pages depend on.
  init(folder: URL, program: String, _ common: (inout WireWriter) -> Void) {
    self.folder = folder.appendingPathComponent("pages")
    var writer = WireWriter()
    writer.write("page 1")
    writer.write(program)
    common(&writer)
    self.common = SHA256.digest(writer.bytes)
  }

  /// The place of a page.
  ///
  /// - Parameters:
  ///   - name: that of a file.
  ///   - inputs: what this page depends on.
  func page(_ name: String, _ inputs: (inout WireWriter) -> Void) -> KeptValue<RenderedPage> {
    var writer = WireWriter()
    writer.write(common.description)
    inputs(&writer)
    return KeptValue(file: folder.appendingPathComponent(name), key: SHA256.digest(writer.bytes).description)
  }
}
