/// The header of a NumPy array file, version 1, 2 or 3
/// (https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html): the bytes 93 "NUMPY", two bytes of version,
/// the length of the rest as 2 bytes (version 1) or 4, little-endian, and a Python dictionary with the keys `descr`,
/// `fortran_order` and `shape`.
struct NPYHeader: Equatable {
  enum Element: String, CaseIterable {
    case float32 = "<f4"
    case float64 = "<f8"
    case int32 = "<i4"
    case int64 = "<i8"
    case uint8 = "|u1"

    var size: Int {
      switch self {
      case .uint8: 1
      case .float32, .int32: 4
      case .float64, .int64: 8
      }
    }
  }

  struct Failure: Error {
    let problem: String
    let remedy: String
  }

  let element: Element
  let shape: [Int]
  /// The number of elements.
  let count: Int
  /// Where the elements begin.
  let start: Int

  static let usualRemedy = "save the array anew: numpy.save(\"file.npy\", array)"

  init(_ bytes: UnsafeRawBufferPointer) throws(Failure) {
    let magic: [UInt8] = [0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59]
    guard bytes.count >= 10, bytes.prefix(6).elementsEqual(magic) else {
      throw Failure(problem: "it does not begin with a NumPy header", remedy: Self.usualRemedy)
    }
    let version = bytes[6]
    guard (1...3).contains(version) else {
      throw Failure(problem: "its format version is \(version), not 1, 2 or 3", remedy: Self.usualRemedy)
    }
    let lengthBytes = version == 1 ? 2 : 4
    guard bytes.count >= 8 + lengthBytes else {
      throw Failure(problem: "it ends inside the header", remedy: Self.usualRemedy)
    }
    let length = (0..<lengthBytes).reduce(0) { $0 | Int(bytes[8 + $1]) << (8 * $1) }
    start = 8 + lengthBytes + length
    guard start <= bytes.count else {
      throw Failure(
        problem: "its header promises \(length) bytes of description, and \(bytes.count - 8 - lengthBytes) follow",
        remedy: Self.usualRemedy)
    }
    var parser = NPYDictionary(bytes: bytes[8 + lengthBytes..<start])
    let entries = try parser.parse()
    guard !entries.isFortranOrder else {
      throw Failure(
        problem: "its elements are in Fortran's order",
        remedy: "save it in C order: numpy.save(\"file.npy\", numpy.ascontiguousarray(array))")
    }
    guard let element = Self.element(entries.description) else {
      let known = Element.allCases.map(\.rawValue).joined(separator: ", ")
      throw Failure(
        problem: "its elements are of type \"\(entries.description)\", not one of \(known)",
        remedy: "save it as numbers of a known type: numpy.save(\"file.npy\", array.astype(\"<f4\"))")
    }
    self.element = element
    shape = entries.shape
    var count = 1
    for extent in entries.shape {
      let (product, overflow) = count.multipliedReportingOverflow(by: extent)
      guard !overflow else {
        throw Failure(problem: "its shape \(entries.shape) is beyond all memory", remedy: Self.usualRemedy)
      }
      count = product
    }
    self.count = count
    // An extent that passes the check may still be huge where another is 0, but then nothing is allocated for it.
    let (size, overflow) = count.multipliedReportingOverflow(by: element.size)
    guard !overflow, size == bytes.count - start else {
      throw Failure(
        problem: "its shape \(entries.shape) of \(element.size)-byte elements does not fit the \(bytes.count - start) "
          + "bytes that follow the header", remedy: Self.usualRemedy)
    }
  }

  /// A byte has no order, so NumPy writes `|u1`; other writers may put `<u1`.
  private static func element(_ description: String) -> Element? {
    description == "<u1" ? .uint8 : Element(rawValue: description)
  }
}
