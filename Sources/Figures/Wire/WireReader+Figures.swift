internal import SnippetProtocol

extension WireReader {
  mutating func readCase<Value: RawRepresentable<UInt8>>(_: Value.Type = Value.self) throws(WireError) -> Value {
    let byte = try readByte()
    guard let value = Value(rawValue: byte) else { throw .unknownCase(type: "\(Value.self)", value: byte) }
    return value
  }

  /// A range in ascending order; `NaN` and reversed bounds throw.
  mutating func readRange() throws(WireError) -> ClosedRange<Double> {
    let low = try readDouble()
    let high = try readDouble()
    guard low <= high else { throw .countTooLarge(0) }
    return low...high
  }

  mutating func readInts() throws(WireError) -> [Int] {
    let count = Int(try readUInt32())
    guard count <= remaining / 4 else { throw .countTooLarge(count) }
    var values: [Int] = []
    values.reserveCapacity(count)
    for _ in 0..<count { values.append(Int(try readUInt32())) }
    return values
  }

  /// Throws unless a count is what another count demands.
  static func require(_ count: Int, is expected: Int) throws(WireError) {
    guard count == expected else { throw .countTooLarge(count) }
  }
}

extension WireWriter {
  mutating func write(_ range: ClosedRange<Double>) {
    write(range.lowerBound)
    write(range.upperBound)
  }

  mutating func writeInts(_ values: [Int]) {
    write(UInt32(values.count))
    for value in values { write(UInt32(clamping: value)) }
  }
}
