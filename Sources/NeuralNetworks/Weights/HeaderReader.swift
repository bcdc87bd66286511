/// A strict reader for the JSON of a safetensors header: objects, strings, arrays of whole numbers.
///
/// It never recurses and never reserves more than the text is long, so that no header can exhaust stack or memory.
struct HeaderReader {
  private let text: ArraySlice<UInt8>
  private var place: Int

  init(_ text: ArraySlice<UInt8>) {
    self.text = text
    place = text.startIndex
  }

  /// Reads `{"key": value, ...}`; `body` reads the value of each key. A key may stand once.
  mutating func object(_ body: (inout HeaderReader, String) throws(WeightsError) -> Void) throws(WeightsError) {
    try expect("{")
    var keys: Set<String> = []
    if take("}") { return }
    repeat {
      let key = try string()
      guard keys.insert(key).inserted else { throw damage("the key " + quoted(key) + " stands twice") }
      try expect(":")
      try body(&self, key)
    } while take(",")
    try expect("}")
  }

  /// Reads `[1, 2, ...]`, numbers that are whole and not negative, at most `limit` of them.
  mutating func numbers(limit: Int) throws(WeightsError) -> [Int] {
    try expect("[")
    var numbers: [Int] = []
    if take("]") { return numbers }
    repeat {
      guard numbers.count < limit else { throw damage("a list has more than " + String(limit) + " numbers") }
      numbers.append(try number())
    } while take(",")
    try expect("]")
    return numbers
  }

  private mutating func number() throws(WeightsError) -> Int {
    skipSpace()
    let start = place
    var value = 0
    while place < text.endIndex, (0x30...0x39).contains(text[place]) {
      let (tens, first) = value.multipliedReportingOverflow(by: 10)
      let (sum, second) = tens.addingReportingOverflow(Int(text[place] - 0x30))
      guard !first, !second else { throw damage("a number is too large") }
      value = sum
      place += 1
    }
    guard place > start else { throw damage("a whole number is missing") }
    guard place == start + 1 || text[start] != 0x30 else { throw damage("a number starts with 0") }
    return value
  }

  /// Reads `"..."` with JSON's escapes.
  mutating func string() throws(WeightsError) -> String {
    try expect("\"")
    var bytes: [UInt8] = []
    while place < text.endIndex {
      let byte = text[place]
      place += 1
      switch byte {
      case UInt8(ascii: "\""):
        guard let string = String(validating: bytes, as: UTF8.self) else { throw damage("a string is not UTF-8") }
        return string
      case UInt8(ascii: "\\"):
        bytes.append(contentsOf: String(try escaped()).utf8)
      case 0..<0x20:
        throw damage("a string holds a control character")
      default:
        bytes.append(byte)
      }
    }
    throw damage("a string does not end")
  }

  private mutating func escaped() throws(WeightsError) -> Unicode.Scalar {
    guard place < text.endIndex else { throw damage("a string does not end") }
    defer { place += 1 }
    switch text[place] {
    case UInt8(ascii: "\""): return "\""
    case UInt8(ascii: "\\"): return "\\"
    case UInt8(ascii: "/"): return "/"
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{c}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"): return try unicode()
    default: throw damage("a string holds an unknown escape")
    }
  }

  /// Reads the digits of `\uXXXX`, or of two that form a surrogate pair, and stops on the last.
  private mutating func unicode() throws(WeightsError) -> Unicode.Scalar {
    var code = try fourDigits()
    if code & 0xfc00 == 0xd800 {
      guard place + 2 < text.endIndex, text[place + 1] == UInt8(ascii: "\\"), text[place + 2] == UInt8(ascii: "u")
      else { throw damage("half a surrogate pair") }
      place += 2
      let low = try fourDigits()
      guard low & 0xfc00 == 0xdc00 else { throw damage("half a surrogate pair") }
      code = 0x10000 + (code - 0xd800) << 10 + (low - 0xdc00)
    }
    guard let scalar = Unicode.Scalar(code) else { throw damage("half a surrogate pair") }
    return scalar
  }

  private mutating func fourDigits() throws(WeightsError) -> UInt32 {
    var code: UInt32 = 0
    for _ in 0..<4 {
      place += 1
      guard place < text.endIndex, let digit = Character(Unicode.Scalar(text[place])).hexDigitValue,
        text[place] < 0x80
      else { throw damage("an escape lacks its four digits") }
      code = code << 4 | UInt32(digit)
    }
    return code
  }

  /// Nothing but spaces may follow.
  mutating func end() throws(WeightsError) {
    skipSpace()
    guard place == text.endIndex else { throw damage("there is more than one value") }
  }

  private mutating func expect(_ character: Unicode.Scalar) throws(WeightsError) {
    guard take(character) else { throw damage("'" + String(Character(character)) + "' is missing") }
  }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    skipSpace()
    guard place < text.endIndex, text[place] == UInt8(ascii: character) else { return false }
    place += 1
    return true
  }

  private mutating func skipSpace() {
    while place < text.endIndex, [0x20, 0x09, 0x0a, 0x0d].contains(text[place]) { place += 1 }
  }

  func damage(_ problem: String) -> WeightsError {
    .damaged(problem + ", at byte " + String(place) + " of the header")
  }
}

/// A name in quotation marks, shortened where a hostile file makes it long.
func quoted(_ name: String) -> String {
  name.utf8.count <= 100 ? "\"" + name + "\"" : "\"" + String(name.prefix(80)) + "...\""
}
