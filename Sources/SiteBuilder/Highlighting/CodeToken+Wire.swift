package import SnippetProtocol

extension LessonTokens: WireCodable {
  package func encode(to writer: inout WireWriter) {
    writer.write(UInt32(cells.count))
    for cell in cells { writer.write(cell) }
    writer.write(hovers)
  }

  package init(from reader: inout WireReader) throws(WireError) {
    var cells: [[CodeToken]] = []
    for _ in 0..<Int(try reader.readUInt32()) { cells.append(try reader.readArray()) }
    self.init(cells: cells, hovers: try reader.readArray())
  }
}

extension CodeToken: WireCodable {
  package func encode(to writer: inout WireWriter) {
    writer.write(offset)
    writer.write(length)
    writer.write(kind.rawValue)
    writer.writeOptional(hover) { $0.write($1) }
  }

  package init(from reader: inout WireReader) throws(WireError) {
    offset = try reader.readInt()
    length = try reader.readInt()
    kind = try reader.readName()
    hover = try reader.readOptional { reader throws(WireError) in try reader.readInt() }
  }
}

extension Hover: WireCodable {
  package func encode(to writer: inout WireWriter) {
    writer.write(declarations)
    writer.write(documentation)
    writer.write(symbols)
  }

  package init(from reader: inout WireReader) throws(WireError) {
    declarations = try reader.readArray()
    documentation = try reader.readString()
    symbols = try reader.readArray()
  }
}
