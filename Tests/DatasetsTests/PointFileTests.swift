import Datasets
import Foundation
import TensorCore
import Testing

/// NumPy files made by hand.
enum NPYFile {
  static func header(_ dictionary: String, version: UInt8 = 1) -> [UInt8] {
    var bytes: [UInt8] = [0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59, version, 0]
    let count = dictionary.utf8.count
    for place in 0..<(version == 1 ? 2 : 4) { bytes.append(UInt8(count >> (8 * place) & 255)) }
    return bytes + Array(dictionary.utf8)
  }

  static func file(_ element: String, _ shape: String, _ data: [UInt8], version: UInt8 = 1) -> [UInt8] {
    header("{'descr': '\(element)', 'fortran_order': False, 'shape': \(shape), }          \n", version: version) + data
  }

  static func bytes<Number: FixedWidthInteger>(_ numbers: [Number]) -> [UInt8] {
    numbers.flatMap { number in withUnsafeBytes(of: number.littleEndian) { Array($0) } }
  }

  static func floats(_ numbers: [Float]) -> [UInt8] { bytes(numbers.map(\.bitPattern)) }
}

@Suite struct NPYTests {
  private func read(_ bytes: [UInt8]) throws -> Tensor {
    try bytes.withUnsafeBytes { bytes throws(DatasetError) in try PointFiles.npy(bytes, path: "points.npy") }
  }

  @Test func aFileOnDisk() throws {
    let folder = try TemporaryFolder()
    try folder.write(NPYFile.file("<f4", "(4,)", Self.four), to: "points.npy")
    let points = try PointFiles.npy(folder.path + "/points.npy")
    #expect(points == Tensor([1, 2, 3, 4]))
    let error = #expect(throws: DatasetError.self) { try PointFiles.npy(folder.path + "/other.npy") }
    #expect(error == .missingFile(path: folder.path + "/other.npy", remedy: "give the path of a .npy file"))
  }

  @Test(arguments: [1, 2, 3] as [UInt8]) func versions(_ version: UInt8) throws {
    let points = try read(NPYFile.file("<f4", "(2, 3)", NPYFile.floats([1, -2, 3, 4.5, 5, 1e-3]), version: version))
    #expect(points == Tensor([[1, -2, 3], [4.5, 5, 1e-3]]))
  }

  @Test func elements() throws {
    let doubles = NPYFile.bytes([1.5, -0.1, 1e10].map(\.bitPattern))
    #expect(try read(NPYFile.file("<f8", "(3,)", doubles)) == Tensor([1.5, -0.1, 1e10]))
    #expect(
      try read(NPYFile.file("<i4", "(2, 1)", NPYFile.bytes([Int32(-7), 1 << 20]))) == Tensor([[-7], [1_048_576]]))
    #expect(try read(NPYFile.file("<i8", "(1, 2)", NPYFile.bytes([Int64(-1), 5]))) == Tensor([[-1, 5]]))
    #expect(try read(NPYFile.file("|u1", "(1, 2, 2)", [0, 1, 254, 255])).shape == [1, 2, 2])
    #expect(try read(NPYFile.file("|u1", "()", [9])).item == 9)
  }

  @Test func dictionariesInOtherForms() throws {
    let data = NPYFile.floats([1, 2])
    for text in [
      "{\"shape\":(2,),\"fortran_order\":False,\"descr\":\"<f4\"}",
      "{ 'shape' : ( 2 , ) , 'descr':'<f4','fortran_order':False , } \n",
    ] {
      #expect(try read(NPYFile.header(text) + data) == Tensor([1, 2]))
    }
  }

  struct Damage: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let says: String
    let bytes: [UInt8]
  }

  static let four = NPYFile.floats([1, 2, 3, 4])
  static let damages = [
    Damage(testDescription: "empty", says: "does not begin with a NumPy header", bytes: []),
    Damage(
      testDescription: "text", says: "does not begin with a NumPy header", bytes: Array("1.0,2.0\n3.0,4.0\n".utf8)),
    Damage(
      testDescription: "version 4", says: "format version is 4", bytes: NPYFile.file("<f4", "(4,)", four, version: 4)),
    Damage(
      testDescription: "cut off", says: "does not fit the 13 bytes",
      bytes: NPYFile.file("<f4", "(4,)", four).dropLast(3)),
    Damage(
      testDescription: "too long", says: "does not fit the 17 bytes", bytes: NPYFile.file("<f4", "(4,)", four + [0])),
    Damage(
      testDescription: "huge shape", says: "beyond all memory",
      bytes: NPYFile.file("<f4", "(4294967296, 4294967296)", four)),
    Damage(
      testDescription: "huge extent", says: "an extent beyond all memory",
      bytes: NPYFile.file("<f4", "(99999999999999999999,)", four)),
    Damage(
      testDescription: "size overflows", says: "does not fit",
      bytes: NPYFile.file("<f4", "(4611686018427387904,)", four)),
    Damage(
      testDescription: "negative extent", says: "something else than a whole number",
      bytes: NPYFile.file("<f4", "(-4,)", four)),
    Damage(testDescription: "no points", says: "holds no number", bytes: NPYFile.file("<f4", "(0, 2)", [])),
    Damage(
      testDescription: "huge beside nothing", says: "holds no number",
      bytes: NPYFile.file("<f4", "(0, 4611686018427387904)", [])),
    Damage(testDescription: "big-endian", says: "of type \">f4\"", bytes: NPYFile.file(">f4", "(4,)", four)),
    Damage(testDescription: "objects", says: "of type \"|O\"", bytes: NPYFile.file("|O", "(4,)", four)),
    Damage(
      testDescription: "Fortran's order", says: "Fortran's order",
      bytes: NPYFile.header("{'descr': '<f4', 'fortran_order': True, 'shape': (2, 2), }") + four),
    Damage(
      testDescription: "missing key", says: "not all of the keys",
      bytes: NPYFile.header("{'descr': '<f4', 'shape': (2, 2), }") + four),
    Damage(
      testDescription: "key twice", says: "repeated or unknown key \"shape\"",
      bytes: NPYFile.header("{'descr': '<f4', 'shape': (4,), 'shape': (4,), 'fortran_order': False}") + four),
    Damage(
      testDescription: "not a number", says: "element 2 of 4 is not a finite number",
      bytes: NPYFile.file("<f4", "(4,)", NPYFile.floats([1, 2, .nan, 4]))),
    Damage(
      testDescription: "beyond Float", says: "element 0 of 1 is not a finite number",
      bytes: NPYFile.file("<f8", "(1,)", NPYFile.bytes([1e300.bitPattern]))),
    Damage(
      testDescription: "header longer than the file", says: "promises 65535 bytes",
      bytes: [0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59, 1, 0, 255, 255, 0x7B]),
  ]

  @Test(arguments: damages) func damagedFilesAreRefused(_ damage: Damage) throws {
    let error = #expect(throws: DatasetError.self) { try read(damage.bytes) }
    guard case .damagedFile(let path, let problem, let remedy) = error else { throw try #require(error) }
    #expect(path.hasSuffix("points.npy") && problem.contains(damage.says) && !remedy.isEmpty, "\(problem)")
  }

  /// Whatever is cut off or changed, the answer is an error or finite numbers.
  @Test func fuzz() throws {
    let whole = NPYFile.file("<f4", "(2, 2)", Self.four)
    for count in 0..<whole.count { #expect(throws: DatasetError.self) { try read(Array(whole[..<count])) } }
    var random = RandomGenerator(seed: 95)
    for _ in 0..<3_000 {
      var bytes = whole
      for _ in 0...random.integer(below: 3) {
        let place = random.integer(below: bytes.count)
        switch random.integer(below: 3) {
        case 0: bytes[place] = UInt8(truncatingIfNeeded: random.next())
        case 1: bytes.remove(at: place)
        default: bytes.insert(UInt8(truncatingIfNeeded: random.next()), at: place)
        }
      }
      do {
        #expect(try read(bytes).scalars.allSatisfy(\.isFinite))
      } catch is DatasetError {}
    }
  }
}

@Suite struct CSVTests {
  private func read(_ text: String, separator: Character = ",") throws -> PointFiles.Table {
    let folder = try TemporaryFolder()
    try folder.write(Array(text.utf8), to: "points.csv")
    return try PointFiles.csv(folder.path + "/points.csv", separator: separator)
  }

  @Test(arguments: [
    "1,2\n-3.5,4e-2\n", "1,2\r\n-3.5,4e-2\r\n", "1,2\n-3.5,4e-2",
    " 1 , 2\n\n# a comment, with a comma\n -3.5,\t4e-2\n\n",
    "\u{FEFF}1,2\n-3.5,4e-2\n", "\"1\",\"2\"\n\"-3.5\",\" 4e-2\"\n",
  ]) func numbers(_ text: String) throws {
    let table = try read(text)
    #expect(table.points == Tensor([[1, 2], [-3.5, 0.04]]) && table.columnNames.isEmpty)
  }

  @Test func namesAndSeparators() throws {
    let table = try read("x;\"y\";label\n1;2;0\n", separator: ";")
    #expect(table.columnNames == ["x", "y", "label"] && table.points == Tensor([[1, 2, 0]]))
    #expect(try read("1\t2\n3\t4\n", separator: "\t").points == Tensor([[1, 2], [3, 4]]))
    #expect(try read("5\n6\n").points.shape == [2, 1])
  }

  @Test(arguments: [
    ("", "holds no line of numbers"), ("\n\n# nothing\n", "holds no line of numbers"),
    ("x,y\n", "holds no line of numbers"),
    ("1,2\n3\n", "line 2 has 1 fields, and the lines before it 2"),
    ("x,y\n1,2,3\n", "line 2 has 3 fields, and the lines before it 2"),
    ("1,2\n3,nan\n", "line 2, column 2 holds \"nan\""), ("1,inf\n", "line 1, column 2 holds \"inf\""),
    ("1,2\n\n3,four\n", "line 3, column 2 holds \"four\""), ("1,1e99\n", "line 1, column 2 holds \"1e99\""),
    ("1,\n", "line 1, column 2 holds \"\""), ("x,y\nu,v\n", "line 2, column 1 holds \"u\""),
    ("1;2\n", "line 1, column 1 holds \"1;2\""),
  ]) func mistakes(text: String, says: String) throws {
    let error = #expect(throws: DatasetError.self) { try read(text) }
    guard case .damagedFile(_, let problem, _) = error else { throw try #require(error) }
    #expect(problem.contains(says), "\(problem)")
  }

  @Test func missingFile() {
    let error = #expect(throws: DatasetError.self) { try PointFiles.csv("/nowhere/points.csv") }
    #expect(error == .missingFile(path: "/nowhere/points.csv", remedy: "give the path of a .csv file"))
  }

  @Test func fuzz() throws {
    var random = RandomGenerator(seed: 96)
    let alphabet = Array("01234567890123.-+eE,,,,\n\n\"# \r\tx\u{FEFF}".utf8)
    for _ in 0..<2_000 {
      let bytes = (0..<random.integer(below: 60)).map { _ in alphabet[random.integer(below: alphabet.count)] }
      // The only error that the signature allows is a DatasetError.
      let table = try? bytes.withUnsafeBytes { bytes throws(DatasetError) in
        try PointFiles.csv(bytes, path: "points.csv", separator: ",")
      }
      if let table { #expect(table.points.scalars.allSatisfy { $0.isFinite }) }
    }
  }
}
