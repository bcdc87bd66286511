internal import SnippetProtocol
internal import Testing

/// One of each kind of record.
private let samples: [Record] = [
  .hello(version: 7),
  .cellBegan(index: 0),
  .cellEnded(index: 41),
  .shown(kind: "figure", payload: [0, 255, 3]),
  .inlineValue(index: 2, text: "0.125 \u{2264} \u{1D465}"),
  .claim(Claim(text: "holds", holds: true, detail: "", place: Place(file: "lessons/a.md", line: 3, column: 9))),
  .uncaught(UncaughtError(typeName: "E", message: "two\nlines", frames: [4096, 0, -1])),
  .progress(Progress(label: "training", completed: 3, total: 10)),
  .finished,
  .crashed(Crash(signal: 11, address: 16, frames: [1, 2])),
  .exited(status: -3, frames: []),
]

private func encoded(_ record: Record) -> [UInt8] {
  var writer = WireWriter()
  writer.write(record)
  return writer.bytes
}

private func decoded(_ bytes: [UInt8]) throws(WireError) -> Record {
  var reader = WireReader(bytes)
  let record = try reader.read(Record.self)
  try reader.finish()
  return record
}

struct RecordTests {
  @Test(arguments: samples) func aRecordReadsBackAsItself(record: Record) throws {
    #expect(try decoded(encoded(record)) == record)
  }

  /// The bytes are a contract with C code and with results that were kept.
  @Test func bytesAreFixed() {
    #expect(encoded(.hello(version: 0x0102_0304)) == [0, 4, 3, 2, 1])
    #expect(encoded(.cellEnded(index: -2)) == [2, 254, 255, 255, 255, 255, 255, 255, 255])
    #expect(encoded(.finished) == [8])
    #expect(
      encoded(.crashed(Crash(signal: 4, address: 0, frames: [258])))
        == [9, 4, 0, 0, 0, 0, 0, 0, 0] + [0, 0, 0, 0, 0, 0, 0, 0] + [1, 0, 0, 0] + [2, 1, 0, 0, 0, 0, 0, 0])
    #expect(encoded(.exited(status: 1, frames: [])) == [10, 1, 0, 0, 0, 0, 0, 0, 0] + [0, 0, 0, 0])
  }

  @Test(arguments: samples) func everyPrefixIsRefused(record: Record) {
    let bytes = encoded(record)
    for count in bytes.indices {
      #expect(throws: WireError.self) { try decoded(Array(bytes.prefix(count))) }
    }
  }

  @Test(arguments: samples) func whatIsLeftOverIsRefused(record: Record) {
    #expect(throws: WireError.trailingBytes(1)) { try decoded(encoded(record) + [0]) }
  }

  @Test func anUnknownTagIsNamed() {
    #expect(throws: WireError.unknownCase(type: "Record", value: 200)) { try decoded([200]) }
  }

  /// Damaged bytes may decode to something, but never crash, and never ask for more memory than there are bytes.
  @Test func damageNeverCrashes() {
    var random = SplitMix64(state: 1)
    for _ in 0..<20_000 {
      var bytes = encoded(samples[Int(random.next() % UInt64(samples.count))])
      for _ in 0...random.next() % 4 {
        bytes[Int(random.next() % UInt64(bytes.count))] = UInt8(truncatingIfNeeded: random.next())
      }
      if let record = try? decoded(bytes) { #expect(encoded(record) == bytes) }
    }
    for _ in 0..<20_000 {
      let bytes = (0..<Int(random.next() % 40)).map { _ in UInt8(truncatingIfNeeded: random.next()) }
      _ = try? decoded(bytes)
    }
  }
}

struct WireTests {
  @Test func numbersKeepTheirBits() throws {
    var writer = WireWriter()
    let values = [0, -0.0, .infinity, .nan, .leastNonzeroMagnitude, 1 / 3.0]
    writer.write(values)
    writer.write(Float(1) / 3)
    var reader = WireReader(writer.bytes)
    #expect(try reader.readDoubles().map(\.bitPattern) == values.map(\.bitPattern))
    #expect(try reader.readFloat() == Float(1) / 3)
    try reader.finish()
  }

  @Test func aCountIsNotTrusted() {
    var reader = WireReader([255, 255, 255, 255, 1, 2, 3])
    #expect(throws: WireError.truncated(needed: 4_294_967_295, available: 3)) { try reader.readBytes() }
    var other = WireReader([255, 255, 255, 255, 1, 2, 3])
    #expect(throws: WireError.countTooLarge(4_294_967_295)) { try other.readDoubles() }
  }

  @Test func textMustBeText() {
    var reader = WireReader([1, 0, 0, 0, 0xFF])
    #expect(throws: WireError.invalidText) { try reader.readString() }
  }
}

/// Steele, Lea and Flood's generator: random input that is the same in every run.
private struct SplitMix64: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
