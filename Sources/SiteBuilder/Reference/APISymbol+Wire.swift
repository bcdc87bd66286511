package import SnippetProtocol

extension APIReference: WireCodable {
  package func encode(to writer: inout WireWriter) { writer.write(modules) }
  package init(from reader: inout WireReader) throws(WireError) { modules = try reader.readArray() }
}

extension APIReference.Module: WireCodable {
  package func encode(to writer: inout WireWriter) {
    writer.write(name)
    writer.write(symbols)
  }

  package init(from reader: inout WireReader) throws(WireError) {
    name = try reader.readString()
    symbols = try reader.readArray()
  }
}

extension APISymbol: WireCodable {
  package func encode(to writer: inout WireWriter) {
    writer.write(identifier)
    writer.write(module)
    writer.write(path)
    writer.write(kind.rawValue)
    writer.write(declaration)
    writer.write(documentation)
    writer.writeOptional(place) { $0.write($1) }
    writer.write(conformances)
  }

  package init(from reader: inout WireReader) throws(WireError) {
    identifier = try reader.readString()
    module = try reader.readString()
    path = try reader.readArray()
    kind = try reader.readName()
    declaration = try reader.readArray()
    documentation = try reader.readString()
    place = try reader.readOptional { reader throws(WireError) in try reader.read() }
    conformances = try reader.readArray()
  }
}

extension APISymbol.Fragment: WireCodable {
  package func encode(to writer: inout WireWriter) {
    writer.write(kind.rawValue)
    writer.write(spelling)
    writer.writeOptional(identifier) { $0.write($1) }
  }

  package init(from reader: inout WireReader) throws(WireError) {
    kind = try reader.readName()
    spelling = try reader.readString()
    identifier = try reader.readOptional { reader throws(WireError) in try reader.readString() }
  }
}

extension APISymbol.Place: WireCodable {
  package func encode(to writer: inout WireWriter) {
    writer.write(path)
    writer.write(line)
  }

  package init(from reader: inout WireReader) throws(WireError) {
    path = try reader.readString()
    line = try reader.readInt()
  }
}
