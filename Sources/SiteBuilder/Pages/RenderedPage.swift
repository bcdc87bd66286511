internal import SnippetProtocol

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
