package import SnippetProtocol

extension SiteFile: WireCodable {
  package func encode(to writer: inout WireWriter) {
    writer.write(path)
    writer.write(content)
  }

  package init(from reader: inout WireReader) throws(WireError) {
    self.init(path: try reader.readString(), content: try reader.readBytes())
  }
}
