internal import SnippetProtocol
internal import SnippetRunner
internal import Testing

struct RecordFramesTests {
  private func frame(_ record: Record) -> [UInt8] {
    var writer = WireWriter()
    writer.write(record)
    return (0..<4).map { UInt8(truncatingIfNeeded: writer.bytes.count >> (8 * $0)) } + writer.bytes
  }

  @Test(arguments: [1, 2, 5, 1_000]) func recordsComeWholeHoweverTheBytesArrive(size: Int) throws {
    let records: [Record] = [.hello(version: 1), .inlineValue(index: 3, text: "x"), .finished]
    let bytes = records.flatMap(frame)
    var frames = RecordFrames()
    var found: [Record] = []
    for start in stride(from: 0, to: bytes.count, by: size) {
      frames.append(Array(bytes[start..<min(start + size, bytes.count)]))
      while let record = try frames.next() { found.append(record) }
    }
    #expect(found == records)
  }

  @Test func anImpossibleLengthIsDamage() {
    var frames = RecordFrames()
    frames.append([255, 255, 255, 255])
    #expect(throws: WireError.countTooLarge(0xFFFF_FFFF)) { try frames.next() }
  }

  @Test func randomBytesNeverCrash() {
    var state: UInt64 = 5
    for _ in 0..<2_000 {
      var frames = RecordFrames()
      for _ in 0..<20 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        frames.append([UInt8(state >> 33 & 15), UInt8(state >> 60), 0, 0, UInt8(state >> 40 & 255)])
        guard (try? frames.next()) != nil else { break }
      }
    }
  }
}
