public import SnippetProtocol

extension BarMark: WireCodable {
  public func encode(to writer: inout WireWriter) {
    writer.write(name)
    writer.write(values)
    writer.write(errors)
  }

  public init(from reader: inout WireReader) throws(WireError) {
    name = try reader.readString()
    values = try reader.readDoubles()
    errors = try reader.readDoubles()
    if !errors.isEmpty { try WireReader.require(errors.count, is: values.count) }
  }
}

extension HistogramMark: WireCodable {
  public func encode(to writer: inout WireWriter) {
    writer.write(name)
    writer.write(edges)
    writer.write(heights)
  }

  public init(from reader: inout WireReader) throws(WireError) {
    name = try reader.readString()
    edges = try reader.readDoubles()
    heights = try reader.readDoubles()
    try WireReader.require(max(0, edges.count - 1), is: heights.count)
    guard zip(edges, edges.dropFirst()).allSatisfy({ $0 < $1 }) else { throw .countTooLarge(edges.count) }
  }
}

extension GridValues: WireCodable {
  public func encode(to writer: inout WireWriter) {
    writer.write(rows)
    writer.write(columns)
    writer.write(values)
    writer.write(xRange)
    writer.write(yRange)
  }

  public init(from reader: inout WireReader) throws(WireError) {
    rows = try reader.readInt()
    columns = try reader.readInt()
    values = try reader.readDoubles()
    xRange = try reader.readRange()
    yRange = try reader.readRange()
    let (count, overflow) = rows.multipliedReportingOverflow(by: columns)
    guard rows >= 0, columns >= 0, !overflow else { throw .countTooLarge(rows) }
    try WireReader.require(values.count, is: count)
  }
}

extension HeatMapMark: WireCodable {
  public func encode(to writer: inout WireWriter) {
    writer.write(grid)
    writer.write(colors.rawValue)
    writer.writeOptional(valueRange) { $0.write($1) }
    writer.write(valueLabel)
    writer.write(showsValues)
  }

  public init(from reader: inout WireReader) throws(WireError) {
    grid = try reader.read()
    colors = try reader.readCase()
    valueRange = try reader.readOptional { reader throws(WireError) in try reader.readRange() }
    valueLabel = try reader.readString()
    showsValues = try reader.readBool()
  }
}

extension ContourMark: WireCodable {
  public func encode(to writer: inout WireWriter) {
    writer.write(name)
    writer.write(grid)
    writer.write(levels)
  }

  public init(from reader: inout WireReader) throws(WireError) {
    name = try reader.readString()
    grid = try reader.read()
    levels = try reader.readDoubles()
  }
}
