import NeuralNetworks
import TensorCore
import Testing

@Suite struct DamagedWeightsTests {
  /// A file with that header and so many bytes of data.
  private static func file(_ header: String, data: Int = 0, length: UInt64? = nil) -> [UInt8] {
    let length = length ?? UInt64(header.utf8.count)
    return (0..<8).map { UInt8(truncatingIfNeeded: length >> (8 * UInt64($0))) } + Array(header.utf8)
      + [UInt8](repeating: 0, count: data)
  }

  private static func one(_ shape: String, _ offsets: String, data: Int) -> [UInt8] {
    file("{\"a\":{\"dtype\":\"F32\",\"shape\":\(shape),\"data_offsets\":\(offsets)}}", data: data)
  }

  static let cases: [([UInt8], String)] = [
    ([], "it has 0 bytes, fewer than the 8"),
    ([1, 2, 3], "it has 3 bytes, fewer than the 8"),
    (file("{}", length: .max), "claims 18446744073709551615 bytes, more than the limit"),
    (file("{}", length: 99_999_999), "claims 99999999 bytes, but only 2 follow"),
    (file(""), "does not start with '{'"),
    (file("[]"), "does not start with '{'"),
    (file("{"), "'\"' is missing"),
    (file("{} {}"), "more than one value"),
    (file("{}", data: 3), "of its 3 bytes of data, the tensors cover 0"),
    (file("{\"a\":1}"), "'{' is missing"),
    (file("{\"a\":{}}"), "lacks dtype, shape or the two data_offsets"),
    (file("{\"a\":{\"dtype\":\"F32\",\"dtype\":\"F32\"}}"), "the key \"dtype\" stands twice"),
    (file("{\"a\":{\"size\":1}}"), "unknown property \"size\""),
    (file("{\"a"), "a string does not end"),
    (file("{\"\\x\":1}"), "unknown escape"),
    (file("{\"\\ud800\":1}"), "half a surrogate pair"),
    (file("{\"\\u12g4\":1}"), "lacks its four digits"),
    (one("[2]", "[0,8]", data: 7), "ends at byte 8 of the data, which has 7"),
    (one("[2]", "[0,8]", data: 9), "of its 9 bytes of data, the tensors cover 8"),
    (one("[3]", "[0,8]", data: 8), "[3] of F32 does not fill the bytes 0..<8"),
    (one("[2]", "[8,0]", data: 8), "does not fill the bytes 8..<0"),
    (one("[2]", "[4,12]", data: 12), "starts at byte 4 of the data, where byte 0 is due"),
    (one("[2]", "[0,8,9]", data: 8), "more than 2 numbers"),
    (one("[-2]", "[0,8]", data: 8), "a whole number is missing"),
    (one("[2.0]", "[0,8]", data: 8), "']' is missing"),
    (one("[02]", "[0,8]", data: 8), "a number starts with 0"),
    (one("[99999999999999999999]", "[0,8]", data: 8), "a number is too large"),
    (one("[4611686018427387904,4]", "[0,0]", data: 0), "does not fill the bytes"),
    (one("[0,4611686018427387904,4611686018427387904]", "[0,0]", data: 0), "does not fill the bytes"),
    (one("[\(String(repeating: "1,", count: 64))1]", "[0,4]", data: 4), "more than 64 numbers"),
    // A terabyte that the file does not hold, in a header without a contradiction.
    (one("[1048576,262144]", "[0,1099511627776]", data: 8), "ends at byte 1099511627776 of the data, which has 8"),
    (file(String(repeating: "{\"a\":", count: 100_000)), "unknown property \"a\""),
  ]

  @Test(arguments: cases.indices) func saysWhatIsWrong(_ index: Int) {
    let (bytes, expected) = Self.cases[index]
    do throws(WeightsError) {
      let file = try Safetensors(decoding: bytes)
      Issue.record("read as \(file), expected: \(expected)")
    } catch {
      #expect(error.description.contains(expected))
      #expect(error.description.utf8.count < 400)
    }
  }

  @Test func overlapsAndGapsAreRefused() {
    func two(_ second: String, data: Int) -> [UInt8] {
      Self.file(
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},"
          + "\"b\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":\(second)}}", data: data)
    }
    #expect(throws: WeightsError.self) { try Safetensors(decoding: two("[0,8]", data: 8)) }
    #expect(throws: WeightsError.self) { try Safetensors(decoding: two("[4,12]", data: 12)) }
    #expect(throws: WeightsError.self) { try Safetensors(decoding: two("[12,20]", data: 20)) }
    #expect(throws: Never.self) { try Safetensors(decoding: two("[8,16]", data: 16)) }
  }

  /// Whatever the bytes: a value or an error, and what is read can be written and read again.
  @Test func randomDamageNeverCrashes() throws {
    var random = RandomGenerator(seed: 20)
    let whole = Safetensors(
      [
        .init(name: "layers.0.weight", tensor: Tensor(ones: [2, 3])), .init(name: "b\"\\\n", tensor: Tensor(1)),
        .init(name: "empty", tensor: Tensor(zeros: [0, 3])),
      ], metadata: ["format": "pt", "tab": "\t"]
    ).encoded()
    #expect(throws: Never.self) { try Safetensors(decoding: whole) }
    for length in 0..<whole.count {
      #expect(throws: WeightsError.self) { try Safetensors(decoding: Array(whole.prefix(length))) }
    }
    let interesting = Array("{}[]\",:\\0129eE-+.utrue \u{7f}".utf8) + [0, 0xff, 0xc0, 0x80]
    var accepted = 0
    for _ in 0..<20_000 {
      var bytes = whole
      for _ in 0...random.integer(below: 4) {
        let place = random.integer(below: bytes.count)
        switch random.integer(below: 4) {
        case 0: bytes[place] = interesting[random.integer(below: interesting.count)]
        case 1: bytes[place] ^= 1 << UInt8(random.integer(below: 8))
        case 2: bytes.remove(at: place)
        default: bytes.insert(interesting[random.integer(below: interesting.count)], at: place)
        }
      }
      guard let read = try? Safetensors(decoding: bytes) else { continue }
      accepted += 1
      let again = try Safetensors(decoding: read.encoded())
      #expect(again.encoded() == read.encoded())
    }
    #expect(accepted > 100 && accepted < 10_000)
  }
}
