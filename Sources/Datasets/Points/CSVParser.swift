/// Lines of numbers in a text, and the names above them.
struct CSVParser {
  struct Failure: Error {
    let problem: String
    let remedy: String
  }

  let separator: UInt8
  /// Row after row.
  private(set) var numbers: [Float] = []
  private(set) var names: [String] = []
  /// How many numbers a line has; 0 before the first.
  private(set) var columns = 0

  init(separator: UInt8) {
    self.separator = separator
  }

  mutating func parse(_ bytes: UnsafeRawBufferPointer) throws(Failure) {
    // A byte-order mark, as spreadsheets write it.
    var rest = bytes[...]
    if rest.starts(with: [0xEF, 0xBB, 0xBF]) { rest = rest.dropFirst(3) }
    var line = 0
    while !rest.isEmpty {
      let end = rest.firstIndex(of: UInt8(ascii: "\n")) ?? rest.endIndex
      line += 1
      let fields = split(rest[..<end])
      if let fields { try add(fields, line: line) }
      rest = end < rest.endIndex ? rest[(end + 1)...] : rest[end...]
    }
  }

  /// The fields of a line without surrounding space and quotes; nil for an empty line and a comment.
  private func split(_ line: Slice<UnsafeRawBufferPointer>) -> [String]? {
    var fields = [[UInt8]()]
    for byte in line {
      if byte == separator { fields.append([]) } else { fields[fields.count - 1].append(byte) }
    }
    let texts = fields.map { trimmed($0[...]) }
    if texts.count == 1 && texts[0].isEmpty || texts[0].first == UInt8(ascii: "#") { return nil }
    return texts.map { text in
      let isQuoted = text.count >= 2 && text.first == UInt8(ascii: "\"") && text.last == UInt8(ascii: "\"")
      return String(decoding: isQuoted ? trimmed(text.dropFirst().dropLast()) : text, as: UTF8.self)
    }
  }

  private func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let space: [UInt8] = [0x20, 0x09, 0x0D]
    var bytes = bytes
    while let first = bytes.first, space.contains(first), first != separator { bytes = bytes.dropFirst() }
    while let last = bytes.last, space.contains(last), last != separator { bytes = bytes.dropLast() }
    return bytes
  }

  /// Whether a field of the first line names its column. What begins like a number does not: the separator may be
  /// another one.
  private func isName(_ field: String) -> Bool {
    guard let first = field.utf8.first, Float(field) == nil else { return false }
    return !"+-.0123456789".utf8.contains(first)
  }

  private mutating func add(_ fields: [String], line: Int) throws(Failure) {
    let values = fields.map { Float($0) }
    if columns == 0, names.isEmpty, fields.allSatisfy(isName) {
      names = fields
      return
    }
    let expected = columns > 0 ? columns : names.isEmpty ? fields.count : names.count
    guard fields.count == expected else {
      throw Failure(
        problem: "line \(line) has \(fields.count) fields, and the lines before it \(expected)",
        remedy: "give every line as many numbers, with the separator that was stated between them")
    }
    for (column, value) in values.enumerated() {
      guard let value, value.isFinite else {
        let shown = fields[column].prefix(40)
        throw Failure(
          problem: "line \(line), column \(column + 1) holds \"\(shown)\", which is no finite number",
          remedy: "remove or mend that line")
      }
      numbers.append(value)
    }
    columns = expected
  }
}
