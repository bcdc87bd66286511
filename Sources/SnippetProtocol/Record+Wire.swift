extension Record: WireCodable {
  private enum Tag: UInt8 {
    case hello, cellBegan, cellEnded, shown, inlineValue, claim, uncaught, progress, finished, crashed, exited
  }

  public func encode(to writer: inout WireWriter) {
    switch self {
    case .hello(let version):
      writer.write(Tag.hello.rawValue)
      writer.write(version)
    case .cellBegan(let index):
      writer.write(Tag.cellBegan.rawValue)
      writer.write(index)
    case .cellEnded(let index):
      writer.write(Tag.cellEnded.rawValue)
      writer.write(index)
    case .shown(let kind, let payload):
      writer.write(Tag.shown.rawValue)
      writer.write(kind)
      writer.write(payload)
    case .inlineValue(let index, let text):
      writer.write(Tag.inlineValue.rawValue)
      writer.write(index)
      writer.write(text)
    case .claim(let claim):
      writer.write(Tag.claim.rawValue)
      writer.write(claim)
    case .uncaught(let error):
      writer.write(Tag.uncaught.rawValue)
      writer.write(error)
    case .progress(let progress):
      writer.write(Tag.progress.rawValue)
      writer.write(progress)
    case .finished:
      writer.write(Tag.finished.rawValue)
    case .crashed(let crash):
      writer.write(Tag.crashed.rawValue)
      writer.write(crash)
    case .exited(let status, let frames):
      writer.write(Tag.exited.rawValue)
      writer.write(status)
      writer.write(frames)
    }
  }

  public init(from reader: inout WireReader) throws(WireError) {
    let byte = try reader.readByte()
    guard let tag = Tag(rawValue: byte) else { throw .unknownCase(type: "Record", value: byte) }
    switch tag {
    case .hello: self = .hello(version: try reader.readUInt32())
    case .cellBegan: self = .cellBegan(index: try reader.readInt())
    case .cellEnded: self = .cellEnded(index: try reader.readInt())
    case .shown: self = .shown(kind: try reader.readString(), payload: try reader.readBytes())
    case .inlineValue: self = .inlineValue(index: try reader.readInt(), text: try reader.readString())
    case .claim: self = .claim(try reader.read())
    case .uncaught: self = .uncaught(try reader.read())
    case .progress: self = .progress(try reader.read())
    case .finished: self = .finished
    case .crashed: self = .crashed(try reader.read())
    case .exited: self = .exited(status: try reader.readInt(), frames: try reader.readArray())
    }
  }
}

extension Claim: WireCodable {
  public func encode(to writer: inout WireWriter) {
    writer.write(text)
    writer.write(holds)
    writer.write(detail)
    writer.write(place)
  }

  public init(from reader: inout WireReader) throws(WireError) {
    text = try reader.readString()
    holds = try reader.readBool()
    detail = try reader.readString()
    place = try reader.read()
  }
}

extension Place: WireCodable {
  public func encode(to writer: inout WireWriter) {
    writer.write(file)
    writer.write(line)
    writer.write(column)
  }

  public init(from reader: inout WireReader) throws(WireError) {
    file = try reader.readString()
    line = try reader.readInt()
    column = try reader.readInt()
  }
}

extension UncaughtError: WireCodable {
  public func encode(to writer: inout WireWriter) {
    writer.write(typeName)
    writer.write(message)
    writer.write(frames)
  }

  public init(from reader: inout WireReader) throws(WireError) {
    typeName = try reader.readString()
    message = try reader.readString()
    frames = try reader.readArray()
  }
}

extension Crash: WireCodable {
  public func encode(to writer: inout WireWriter) {
    writer.write(signal)
    writer.write(address)
    writer.write(frames)
  }

  public init(from reader: inout WireReader) throws(WireError) {
    signal = try reader.readInt()
    address = try reader.readInt()
    frames = try reader.readArray()
  }
}

extension Progress: WireCodable {
  public func encode(to writer: inout WireWriter) {
    writer.write(label)
    writer.write(completed)
    writer.write(total)
  }

  public init(from reader: inout WireReader) throws(WireError) {
    label = try reader.readString()
    completed = try reader.readInt()
    total = try reader.readInt()
  }
}
