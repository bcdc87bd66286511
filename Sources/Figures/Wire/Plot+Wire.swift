public import SnippetProtocol

extension Plot: WireCodable {
  public func encode(to writer: inout WireWriter) {
    writer.write(title)
    writer.write(xAxis)
    writer.write(yAxis)
    writer.write(hasEqualUnits)
    writer.write(marks)
  }

  public init(from reader: inout WireReader) throws(WireError) {
    title = try reader.readString()
    xAxis = try reader.read()
    yAxis = try reader.read()
    hasEqualUnits = try reader.readBool()
    marks = try reader.readArray()
  }
}

extension Axis: WireCodable {
  public func encode(to writer: inout WireWriter) {
    writer.write(label)
    writer.write(unit)
    writer.write(scale.rawValue)
    writer.writeOptional(domain) { $0.write($1) }
    writer.write(includesZero)
    writer.write(categories)
    writer.write(isHidden)
  }

  public init(from reader: inout WireReader) throws(WireError) {
    label = try reader.readString()
    unit = try reader.readString()
    scale = try reader.readCase()
    domain = try reader.readOptional { reader throws(WireError) in try reader.readRange() }
    includesZero = try reader.readBool()
    categories = try reader.readArray()
    isHidden = try reader.readBool()
    if let domain, !Self.isDrawable(domain, scale: scale) { throw .countTooLarge(0) }
  }
}

extension Mark: WireCodable {
  private enum Tag: UInt8 { case line, points, bars, band, histogram, heatMap, rule, arrows, contour }

  public func encode(to writer: inout WireWriter) {
    switch self {
    case .line(let mark): Self.encode(.line, mark, to: &writer)
    case .points(let mark): Self.encode(.points, mark, to: &writer)
    case .bars(let mark): Self.encode(.bars, mark, to: &writer)
    case .band(let mark): Self.encode(.band, mark, to: &writer)
    case .histogram(let mark): Self.encode(.histogram, mark, to: &writer)
    case .heatMap(let mark): Self.encode(.heatMap, mark, to: &writer)
    case .rule(let mark): Self.encode(.rule, mark, to: &writer)
    case .arrows(let mark): Self.encode(.arrows, mark, to: &writer)
    case .contour(let mark): Self.encode(.contour, mark, to: &writer)
    }
  }

  private static func encode(_ tag: Tag, _ mark: some WireCodable, to writer: inout WireWriter) {
    writer.write(tag.rawValue)
    writer.write(mark)
  }

  public init(from reader: inout WireReader) throws(WireError) {
    switch try reader.readCase(Tag.self) {
    case .line: self = .line(try reader.read())
    case .points: self = .points(try reader.read())
    case .bars: self = .bars(try reader.read())
    case .band: self = .band(try reader.read())
    case .histogram: self = .histogram(try reader.read())
    case .heatMap: self = .heatMap(try reader.read())
    case .rule: self = .rule(try reader.read())
    case .arrows: self = .arrows(try reader.read())
    case .contour: self = .contour(try reader.read())
    }
  }
}
