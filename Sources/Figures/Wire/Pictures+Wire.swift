public import SnippetProtocol

extension ImageGrid: WireCodable {
  public func encode(to writer: inout WireWriter) {
    writer.write(title)
    for size in [height, width, channels, columns] { writer.write(size) }
    writer.write(pixels)
    writer.write(valueRange)
    writer.write(rowLabels)
    writer.write(columnLabels)
  }

  public init(from reader: inout WireReader) throws(WireError) {
    title = try reader.readString()
    height = try reader.readInt()
    width = try reader.readInt()
    channels = try reader.readInt()
    columns = try reader.readInt()
    pixels = try reader.readBytes()
    valueRange = try reader.readRange()
    rowLabels = try reader.readArray()
    columnLabels = try reader.readArray()
    guard problem == nil else { throw .countTooLarge(pixels.count) }
  }
}

extension Table: WireCodable {
  public func encode(to writer: inout WireWriter) {
    writer.write(title)
    writer.write(columns)
    writer.write(UInt32(rows.count))
    for row in rows { writer.write(row) }
  }

  public init(from reader: inout WireReader) throws(WireError) {
    title = try reader.readString()
    columns = try reader.readArray()
    let count = Int(try reader.readUInt32())
    // A row costs at least its own count of four bytes.
    guard count <= reader.remaining / 4 else { throw .countTooLarge(count) }
    rows = []
    for _ in 0..<count {
      let row: [Value] = try reader.readArray()
      try WireReader.require(row.count, is: columns.count)
      rows.append(row)
    }
  }
}

extension Table.Value: WireCodable {
  private enum Tag: UInt8 { case text, number }

  public func encode(to writer: inout WireWriter) {
    switch self {
    case .text(let text):
      writer.write(Tag.text.rawValue)
      writer.write(text)
    case .quantity(let number, let decimals):
      writer.write(Tag.number.rawValue)
      writer.write(number)
      writer.write(decimals)
    }
  }

  public init(from reader: inout WireReader) throws(WireError) {
    switch try reader.readCase(Tag.self) {
    case .text: self = .text(try reader.readString())
    case .number: self = .quantity(try reader.readDouble(), decimals: try reader.readInt())
    }
  }
}
