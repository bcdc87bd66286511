internal import SnippetProtocol

/// A value as a tree of what `Codable` breaks it into.
indirect enum MemoNode: WireCodable {
  case null
  case integer(Int64)
  case unsigned(UInt64)
  case float(UInt32)
  case double(UInt64)
  case text(String)
  case bytes([UInt8])
  case list([MemoNode])
  case record([Field])

  struct Field: WireCodable {
    var name: String
    var node: MemoNode

    init(name: String, node: MemoNode) {
      self.name = name
      self.node = node
    }

    func encode(to writer: inout WireWriter) {
      writer.write(name)
      writer.write(node)
    }

    init(from reader: inout WireReader) throws(WireError) {
      name = try reader.readString()
      node = try reader.read()
    }
  }

  private enum Tag: UInt8 { case null, integer, unsigned, float, double, text, bytes, list, record }

  func encode(to writer: inout WireWriter) {
    switch self {
    case .null: writer.write(Tag.null.rawValue)
    case .integer(let value):
      writer.write(Tag.integer.rawValue)
      writer.write(Int(value))
    case .unsigned(let value):
      writer.write(Tag.unsigned.rawValue)
      writer.write(Int(truncatingIfNeeded: value))
    case .float(let bits):
      writer.write(Tag.float.rawValue)
      writer.write(bits)
    case .double(let bits):
      writer.write(Tag.double.rawValue)
      writer.write(Int(truncatingIfNeeded: bits))
    case .text(let text):
      writer.write(Tag.text.rawValue)
      writer.write(text)
    case .bytes(let bytes):
      writer.write(Tag.bytes.rawValue)
      writer.write(bytes)
    case .list(let nodes):
      writer.write(Tag.list.rawValue)
      writer.write(nodes)
    case .record(let fields):
      writer.write(Tag.record.rawValue)
      writer.write(fields)
    }
  }

  init(from reader: inout WireReader) throws(WireError) {
    let byte = try reader.readByte()
    switch Tag(rawValue: byte) {
    case .null: self = .null
    case .integer: self = .integer(Int64(try reader.readInt()))
    case .unsigned: self = .unsigned(UInt64(truncatingIfNeeded: try reader.readInt()))
    case .float: self = .float(try reader.readUInt32())
    case .double: self = .double(UInt64(truncatingIfNeeded: try reader.readInt()))
    case .text: self = .text(try reader.readString())
    case .bytes: self = .bytes(try reader.readBytes())
    case .list: self = .list(try reader.readArray())
    case .record: self = .record(try reader.readArray())
    case nil: throw .unknownCase(type: "MemoNode", value: byte)
    }
  }
}
