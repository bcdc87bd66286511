public import SnippetProtocol

// What is decoded is checked as the initializers check it, so that a renderer can rely on counts that agree; bytes that
// say otherwise throw, they never trap.

extension Figure: WireCodable {
  private enum Tag: UInt8 { case plot, images, table, smallMultiples, frames }

  public func encode(to writer: inout WireWriter) {
    switch self {
    case .plot(let plot):
      writer.write(Tag.plot.rawValue)
      writer.write(plot)
    case .images(let images):
      writer.write(Tag.images.rawValue)
      writer.write(images)
    case .table(let table):
      writer.write(Tag.table.rawValue)
      writer.write(table)
    case .smallMultiples(let multiples):
      writer.write(Tag.smallMultiples.rawValue)
      writer.write(multiples)
    case .frames(let frames):
      writer.write(Tag.frames.rawValue)
      writer.write(frames)
    }
  }

  public init(from reader: inout WireReader) throws(WireError) {
    switch try reader.readCase(Tag.self) {
    case .plot: self = .plot(try reader.read())
    case .images: self = .images(try reader.read())
    case .table: self = .table(try reader.read())
    case .smallMultiples: self = .smallMultiples(try reader.read())
    case .frames: self = .frames(try reader.read())
    }
  }
}

extension SmallMultiples: WireCodable {
  public func encode(to writer: inout WireWriter) {
    writer.write(title)
    writer.write(plots)
    writer.write(columns)
    writer.write(sharesX)
    writer.write(sharesY)
  }

  public init(from reader: inout WireReader) throws(WireError) {
    title = try reader.readString()
    plots = try reader.readArray()
    columns = try reader.readInt()
    sharesX = try reader.readBool()
    sharesY = try reader.readBool()
    guard columns >= 1 else { throw .countTooLarge(columns) }
  }
}

extension Frames: WireCodable {
  public func encode(to writer: inout WireWriter) {
    writer.write(title)
    writer.write(pictures)
    writer.write(labels)
  }

  public init(from reader: inout WireReader) throws(WireError) {
    title = try reader.readString()
    pictures = try reader.readArray()
    labels = try reader.readArray()
    try WireReader.require(labels.count, is: pictures.count)
  }
}

extension Frames.Picture: WireCodable {
  private enum Tag: UInt8 { case plot, images }

  public func encode(to writer: inout WireWriter) {
    switch self {
    case .plot(let plot):
      writer.write(Tag.plot.rawValue)
      writer.write(plot)
    case .images(let images):
      writer.write(Tag.images.rawValue)
      writer.write(images)
    }
  }

  public init(from reader: inout WireReader) throws(WireError) {
    switch try reader.readCase(Tag.self) {
    case .plot: self = .plot(try reader.read())
    case .images: self = .images(try reader.read())
    }
  }
}
