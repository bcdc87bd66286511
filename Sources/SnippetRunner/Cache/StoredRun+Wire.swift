package import SnippetProtocol

extension StoredRun: WireCodable {
  func encode(to writer: inout WireWriter) {
    writer.write(key.parts)
    writer.write(run)
    writer.write(warnings)
    writer.write(seconds)
  }

  init(from reader: inout WireReader) throws(WireError) {
    key = CacheKey(parts: try reader.readArray())
    run = try reader.read()
    warnings = try reader.readArray()
    seconds = try reader.readDouble()
  }
}

extension LessonRun: WireCodable {
  package func encode(to writer: inout WireWriter) {
    writer.write(cells)
    writer.write(inlineValues)
  }

  package init(from reader: inout WireReader) throws(WireError) {
    self.init(cells: try reader.readArray(), inlineValues: try reader.readArray())
  }
}

extension CellRun: WireCodable {
  package func encode(to writer: inout WireWriter) { writer.write(outputs) }
  package init(from reader: inout WireReader) throws(WireError) { self.init(outputs: try reader.readArray()) }
}

extension CellOutput: WireCodable {
  private enum Tag: UInt8 { case text, shown, claim, expectedError }

  package func encode(to writer: inout WireWriter) {
    switch self {
    case .text(let stream, let text):
      writer.write(Tag.text.rawValue)
      writer.write(stream.rawValue)
      writer.write(text)
    case .shown(let kind, let payload):
      writer.write(Tag.shown.rawValue)
      writer.write(kind)
      writer.write(payload)
    case .claim(let claim):
      writer.write(Tag.claim.rawValue)
      writer.write(claim)
    case .expectedError(let text):
      writer.write(Tag.expectedError.rawValue)
      writer.write(text)
    }
  }

  package init(from reader: inout WireReader) throws(WireError) {
    let byte = try reader.readByte()
    switch Tag(rawValue: byte) {
    case .text:
      let value = try reader.readByte()
      guard let stream = Stream(rawValue: value) else { throw .unknownCase(type: "Stream", value: value) }
      self = .text(stream, try reader.readString())
    case .shown: self = .shown(kind: try reader.readString(), payload: try reader.readBytes())
    case .claim: self = .claim(try reader.read())
    case .expectedError: self = .expectedError(try reader.readString())
    case nil: throw .unknownCase(type: "CellOutput", value: byte)
    }
  }
}

extension CodePosition: WireCodable {
  func encode(to writer: inout WireWriter) {
    writer.write(span)
    writer.write(line)
    writer.write(column)
  }

  init(from reader: inout WireReader) throws(WireError) {
    span = try reader.readInt()
    line = try reader.readInt()
    column = try reader.readInt()
  }
}

extension StoredWarning: WireCodable {
  func encode(to writer: inout WireWriter) {
    writer.write(identifier)
    writer.write(summary)
    writer.write(position)
    writer.write(notes)
    writer.writeOptional(remedy) { $0.write($1) }
  }

  init(from reader: inout WireReader) throws(WireError) {
    identifier = try reader.readString()
    summary = try reader.readString()
    position = try reader.read()
    notes = try reader.readArray()
    remedy = try reader.readOptional { (reader) throws(WireError) in try reader.readString() }
  }
}

extension StoredWarning.Note: WireCodable {
  func encode(to writer: inout WireWriter) {
    writer.write(message)
    writer.writeOptional(position) { $0.write($1) }
  }

  init(from reader: inout WireReader) throws(WireError) {
    message = try reader.readString()
    position = try reader.readOptional { (reader) throws(WireError) in try reader.read() }
  }
}
