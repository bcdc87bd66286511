internal import Foundation
package import SnippetProtocol
internal import SnippetRunner

/// A page as it is written, and what its site has to know of it; or several pages that are rendered together.
struct RenderedPage: Equatable, Sendable {
  /// The page, its figures and their data.
  var files: [SiteFile]
  var usesMath: Bool
  /// Of its formulas; they decide which fonts the site needs.
  var mathClasses: Set<String>
  /// Paths of files beside the lesson that the page shows or links to.
  var attachments: Set<String> = []
}

extension RenderedPage: WireCodable {
  func encode(to writer: inout WireWriter) {
    writer.write(files)
    writer.write(usesMath)
    writer.write(mathClasses.sorted())
    writer.write(attachments.sorted())
  }

  init(from reader: inout WireReader) throws(WireError) {
    files = try reader.readArray()
    usesMath = try reader.readBool()
    mathClasses = Set(try reader.readArray())
    attachments = Set(try reader.readArray())
  }
}

extension SiteFile: WireCodable {
  package func encode(to writer: inout WireWriter) {
    writer.write(path)
    writer.write(content)
  }

  package init(from reader: inout WireReader) throws(WireError) {
    self.init(path: try reader.readString(), content: try reader.readBytes())
  }
}

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
    self.common = Self.digest(writer)
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
    return KeptValue(file: folder.appendingPathComponent(name), key: Self.digest(writer).description)
  }

  private static func digest(_ writer: WireWriter) -> Digest {
    var hash = SHA256()
    hash.update(writer.bytes)
    return hash.finish()
  }
}
