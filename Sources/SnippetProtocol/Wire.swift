/// A value with one byte representation, the same on every machine: little-endian integers, IEEE 754 bit patterns,
/// and counts before the elements they count.
public protocol WireCodable {
  func encode(to writer: inout WireWriter)
  init(from reader: inout WireReader) throws(WireError)
}

/// What is wrong with bytes that do not decode.
public enum WireError: Error, Equatable, Sendable {
  case truncated(needed: Int, available: Int)
  case unknownCase(type: String, value: UInt8)
  case invalidText
  case countTooLarge(Int)
  case trailingBytes(Int)
}

/// Appends values to a growing array of bytes.
public struct WireWriter: Sendable {
  public private(set) var bytes: [UInt8] = []

  public init() {}

  public mutating func write(_ value: UInt8) { bytes.append(value) }
  public mutating func write(_ value: Bool) { bytes.append(value ? 1 : 0) }
  public mutating func write(_ value: UInt32) { writeInteger(value) }
  public mutating func write(_ value: Int) { writeInteger(Int64(value)) }
  public mutating func write(_ value: Float) { writeInteger(value.bitPattern) }
  public mutating func write(_ value: Double) { writeInteger(value.bitPattern) }

  public mutating func write(_ text: String) {
    write(UInt32(text.utf8.count))
    bytes.append(contentsOf: text.utf8)
  }

  public mutating func write(_ raw: [UInt8]) {
    write(UInt32(raw.count))
    bytes.append(contentsOf: raw)
  }

  public mutating func write(_ values: [Double]) {
    write(UInt32(values.count))
    bytes.reserveCapacity(bytes.count + 8 * values.count)
    for value in values { write(value) }
  }

  public mutating func write<Value: WireCodable>(_ value: Value) { value.encode(to: &self) }

  public mutating func write<Value: WireCodable>(_ values: [Value]) {
    write(UInt32(values.count))
    for value in values { value.encode(to: &self) }
  }

  public mutating func writeOptional<Value>(_ value: Value?, _ body: (inout WireWriter, Value) -> Void) {
    write(value != nil)
    if let value { body(&self, value) }
  }

  private mutating func writeInteger<Value: FixedWidthInteger>(_ value: Value) {
    withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
  }
}

/// Takes values off the front of an array of bytes. It never trusts a count: no more is allocated than bytes are left.
public struct WireReader: Sendable {
  private let bytes: [UInt8]
  private var position = 0

  public init(_ bytes: [UInt8]) { self.bytes = bytes }

  public var remaining: Int { bytes.count - position }

  public mutating func readByte() throws(WireError) -> UInt8 {
    try require(1)
    defer { position += 1 }
    return bytes[position]
  }

  public mutating func readBool() throws(WireError) -> Bool {
    let value = try readByte()
    guard value < 2 else { throw .unknownCase(type: "Bool", value: value) }
    return value == 1
  }

  public mutating func readUInt32() throws(WireError) -> UInt32 { try readInteger() }
  public mutating func readInt() throws(WireError) -> Int { Int(try readInteger() as Int64) }
  public mutating func readFloat() throws(WireError) -> Float { Float(bitPattern: try readInteger()) }
  public mutating func readDouble() throws(WireError) -> Double { Double(bitPattern: try readInteger()) }

  public mutating func readString() throws(WireError) -> String {
    let raw = try readBytes()
    guard let text = String(validating: raw, as: UTF8.self) else { throw .invalidText }
    return text
  }

  public mutating func readBytes() throws(WireError) -> [UInt8] {
    let count = Int(try readUInt32())
    try require(count)
    defer { position += count }
    return Array(bytes[position..<position + count])
  }

  public mutating func readDoubles() throws(WireError) -> [Double] {
    let count = try readCount(elementSize: 8)
    var values: [Double] = []
    values.reserveCapacity(count)
    for _ in 0..<count { values.append(try readDouble()) }
    return values
  }

  public mutating func read<Value: WireCodable>(_: Value.Type = Value.self) throws(WireError) -> Value {
    try Value(from: &self)
  }

  public mutating func readArray<Value: WireCodable>(of _: Value.Type = Value.self) throws(WireError) -> [Value] {
    let count = try readCount(elementSize: 1)
    var values: [Value] = []
    for _ in 0..<count { values.append(try Value(from: &self)) }
    return values
  }

  public mutating func readOptional<Value>(
    _ body: (inout WireReader) throws(WireError) -> Value
  ) throws(WireError) -> Value? {
    try readBool() ? try body(&self) : nil
  }

  /// Throws when bytes are left over: the writer and the reader then disagree about the format.
  public func finish() throws(WireError) {
    guard remaining == 0 else { throw .trailingBytes(remaining) }
  }

  private mutating func readCount(elementSize: Int) throws(WireError) -> Int {
    let count = Int(try readUInt32())
    guard count <= remaining / elementSize else { throw .countTooLarge(count) }
    return count
  }

  private mutating func readInteger<Value: FixedWidthInteger>() throws(WireError) -> Value {
    let size = MemoryLayout<Value>.size
    try require(size)
    var value = Value.zero
    for offset in 0..<size { value |= Value(truncatingIfNeeded: bytes[position + offset]) << (8 * offset) }
    position += size
    return value
  }

  private func require(_ count: Int) throws(WireError) {
    guard count <= remaining else { throw .truncated(needed: count, available: remaining) }
  }
}

extension String: WireCodable {
  public func encode(to writer: inout WireWriter) { writer.write(self) }
  public init(from reader: inout WireReader) throws(WireError) { self = try reader.readString() }
}

extension Int: WireCodable {
  public func encode(to writer: inout WireWriter) { writer.write(self) }
  public init(from reader: inout WireReader) throws(WireError) { self = try reader.readInt() }
}
