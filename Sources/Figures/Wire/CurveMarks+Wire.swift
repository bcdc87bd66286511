public import SnippetProtocol

extension LineMark: WireCodable {
  public func encode(to writer: inout WireWriter) {
    writer.write(name)
    writer.write(x)
    writer.write(y)
    writer.write(style.rawValue)
    writer.write(isFilled)
  }

  public init(from reader: inout WireReader) throws(WireError) {
    name = try reader.readString()
    x = try reader.readDoubles()
    y = try reader.readDoubles()
    style = try reader.readCase()
    isFilled = try reader.readBool()
    try WireReader.require(y.count, is: x.count)
  }
}

extension PointMark: WireCodable {
  public func encode(to writer: inout WireWriter) {
    writer.write(name)
    writer.write(x)
    writer.write(y)
    writer.writeInts(categories)
    writer.write(categoryNames)
  }

  public init(from reader: inout WireReader) throws(WireError) {
    name = try reader.readString()
    x = try reader.readDoubles()
    y = try reader.readDoubles()
    categories = try reader.readInts()
    categoryNames = try reader.readArray()
    try WireReader.require(y.count, is: x.count)
    if let stray = categories.first(where: { $0 >= categoryNames.count }) { throw .countTooLarge(stray) }
    if !categories.isEmpty { try WireReader.require(categories.count, is: x.count) }
  }
}

extension BandMark: WireCodable {
  public func encode(to writer: inout WireWriter) {
    writer.write(name)
    writer.write(x)
    writer.write(low)
    writer.write(high)
  }

  public init(from reader: inout WireReader) throws(WireError) {
    name = try reader.readString()
    x = try reader.readDoubles()
    low = try reader.readDoubles()
    high = try reader.readDoubles()
    try WireReader.require(low.count, is: x.count)
    try WireReader.require(high.count, is: x.count)
  }
}

extension ArrowMark: WireCodable {
  public func encode(to writer: inout WireWriter) {
    writer.write(name)
    for values in [x, y, dx, dy] { writer.write(values) }
  }

  public init(from reader: inout WireReader) throws(WireError) {
    name = try reader.readString()
    x = try reader.readDoubles()
    y = try reader.readDoubles()
    dx = try reader.readDoubles()
    dy = try reader.readDoubles()
    for values in [y, dx, dy] { try WireReader.require(values.count, is: x.count) }
  }
}

extension RuleMark: WireCodable {
  public func encode(to writer: inout WireWriter) {
    writer.write(name)
    writer.write(direction.rawValue)
    writer.write(value)
  }

  public init(from reader: inout WireReader) throws(WireError) {
    name = try reader.readString()
    direction = try reader.readCase()
    value = try reader.readDouble()
  }
}
