/// Reads the Python dictionary in a NumPy file's header, as far as NumPy writes it: string keys in any order, strings,
/// `True` and `False`, and a tuple of whole numbers.
struct NPYDictionary {
  struct Entries {
    var description: String
    var isFortranOrder: Bool
    var shape: [Int]
  }

  private let bytes: [UInt8]
  private var place = 0

  init(bytes: Slice<UnsafeRawBufferPointer>) {
    self.bytes = Array(bytes)
  }

  mutating func parse() throws(NPYHeader.Failure) -> Entries {
    var description: String?
    var isFortranOrder: Bool?
    var shape: [Int]?
    try expect("{")
    while !take("}") {
      let key = try string()
      try expect(":")
      switch key {
      case "descr" where description == nil: description = try string()
      case "fortran_order" where isFortranOrder == nil: isFortranOrder = try boolean()
      case "shape" where shape == nil: shape = try tuple()
      default: throw failure("a repeated or unknown key \"\(key)\"")
      }
      if !take(",") {
        try expect("}")
        break
      }
    }
    skipSpace()
    guard place == bytes.count else { throw failure("more text after the dictionary") }
    guard let description, let isFortranOrder, let shape else {
      throw failure("not all of the keys descr, fortran_order and shape")
    }
    return Entries(description: description, isFortranOrder: isFortranOrder, shape: shape)
  }

  private func failure(_ what: String) -> NPYHeader.Failure {
    NPYHeader.Failure(
      problem: "its header has \(what) (at byte \(place) of the description)", remedy: NPYHeader.usualRemedy)
  }

  private mutating func skipSpace() {
    while place < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[place]) { place += 1 }
  }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    skipSpace()
    guard place < bytes.count, bytes[place] == UInt8(ascii: character) else { return false }
    place += 1
    return true
  }

  private mutating func expect(_ character: Unicode.Scalar) throws(NPYHeader.Failure) {
    guard take(character) else { throw failure("no \"\(character)\" where one is due") }
  }

  private mutating func string() throws(NPYHeader.Failure) -> String {
    let quote: Unicode.Scalar = take("'") ? "'" : "\""
    if quote == "\"" { try expect("\"") }
    let start = place
    while place < bytes.count, bytes[place] != UInt8(ascii: quote) { place += 1 }
    guard place < bytes.count else { throw failure("a string without an end") }
    defer { place += 1 }
    return String(decoding: bytes[start..<place], as: UTF8.self)
  }

  private mutating func boolean() throws(NPYHeader.Failure) -> Bool {
    skipSpace()
    for (word, value) in [("True", true), ("False", false)] where bytes[place...].starts(with: word.utf8) {
      place += word.utf8.count
      return value
    }
    throw failure("neither True nor False for fortran_order")
  }

  private mutating func tuple() throws(NPYHeader.Failure) -> [Int] {
    var numbers: [Int] = []
    try expect("(")
    while !take(")") {
      numbers.append(try number())
      if !take(",") {
        try expect(")")
        break
      }
    }
    return numbers
  }

  private mutating func number() throws(NPYHeader.Failure) -> Int {
    skipSpace()
    var value = 0
    let start = place
    while place < bytes.count, (0x30...0x39).contains(bytes[place]) {
      let (tens, overflow) = value.multipliedReportingOverflow(by: 10)
      let (sum, overflowAgain) = tens.addingReportingOverflow(Int(bytes[place] - 0x30))
      guard !overflow, !overflowAgain else { throw failure("an extent beyond all memory") }
      value = sum
      place += 1
    }
    guard place > start else { throw failure("something else than a whole number in its shape") }
    return value
  }
}
