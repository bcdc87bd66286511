public import TensorCore

/// Points, or arrays of any shape, from files that other programs write.
public enum PointFiles {
  /// The array in a NumPy file: little-endian `f4`, `f8`, `i4`, `i8` or `u1`, in C order, format version 1, 2 or 3.
  ///
  /// Numbers are rounded to Float; whole ones beyond 2^24 lose digits by that.
  ///
  /// - Throws: a ``DatasetError`` when the file is missing, is not such a file, is cut off or too long, is empty, or holds
  ///   a number that is not finite as a Float.
  public static func npy(_ path: String) throws(DatasetError) -> Tensor {
    let file = try FileContents(path: path, remedy: "give the path of a .npy file")
    return try npy(file.bytes, path: path)
  }

  /// The array in a NumPy file's bytes; `path` is for messages.
  package static func npy(_ bytes: UnsafeRawBufferPointer, path: String) throws(DatasetError) -> Tensor {
    let header: NPYHeader
    do throws(NPYHeader.Failure) {
      header = try NPYHeader(bytes)
    } catch {
      throw .damagedFile(path: path, problem: error.problem, remedy: error.remedy)
    }
    guard header.count > 0 else {
      throw .damagedFile(
        path: path, problem: "its shape \(header.shape) holds no number", remedy: "save an array that is not empty")
    }
    let data = UnsafeRawBufferPointer(rebasing: bytes[header.start...])
    let tensor = Tensor(shape: header.shape) { target in
      for index in 0..<header.count { target[index] = number(data, index, header.element) }
    }
    if let place = tensor.withUnsafeScalars({ values in values.firstIndex { !$0.isFinite } }) {
      throw .damagedFile(
        path: path, problem: "element \(place) of \(header.count) is not a finite number in single precision",
        remedy: "remove such points: array[numpy.isfinite(array).all(axis=1)]")
    }
    return tensor
  }

  @inline(__always)
  private static func number(_ data: UnsafeRawBufferPointer, _ index: Int, _ element: NPYHeader.Element) -> Float {
    // The file is little-endian whatever this machine is.
    switch element {
    case .float32:
      Float(bitPattern: UInt32(littleEndian: data.loadUnaligned(fromByteOffset: 4 * index, as: UInt32.self)))
    case .float64:
      Float(
        Double(bitPattern: UInt64(littleEndian: data.loadUnaligned(fromByteOffset: 8 * index, as: UInt64.self))))
    case .int32:
      Float(Int32(littleEndian: data.loadUnaligned(fromByteOffset: 4 * index, as: Int32.self)))
    case .int64:
      Float(Int64(littleEndian: data.loadUnaligned(fromByteOffset: 8 * index, as: Int64.self)))
    case .uint8:
      Float(data[index])
    }
  }

  /// A table of numbers from a text file.
  public struct Table: Sendable {
    /// One line a row: `[lines, columns]`.
    public let points: Tensor
    /// The names in the first line, where that is no line of numbers; else empty.
    public let columnNames: [String]
  }

  /// The points in a CSV file: one point a line, numbers separated by commas.
  ///
  /// The first line may name the columns. Empty lines and lines that begin with `#` are left out; spaces around a number
  /// and double quotes around it are allowed; lines may end in CR LF.
  ///
  /// - Parameters:
  ///   - path: of the file, in UTF-8.
  ///   - separator: what stands between two numbers, an ASCII character such as "," or ";" or "\t".
  ///
  /// - Throws: a ``DatasetError`` when the file is missing, holds no point, a line has another count of numbers than the
  ///   first, or something is not a finite number; with the line and the column. Traps when `separator` is not ASCII.
  public static func csv(_ path: String, separator: Character = ",") throws(DatasetError) -> Table {
    let file = try FileContents(path: path, remedy: "give the path of a .csv file")
    return try csv(file.bytes, path: path, separator: separator)
  }

  /// The points in a CSV file's bytes; `path` is for messages.
  package static func csv(
    _ bytes: UnsafeRawBufferPointer, path: String, separator: Character
  ) throws(DatasetError) -> Table {
    guard let byte = separator.asciiValue else {
      trap("PointFiles.csv", "separator: must be an ASCII character, such as \",\", not \"\(separator)\"")
    }
    var parser = CSVParser(separator: byte)
    do throws(CSVParser.Failure) {
      try parser.parse(bytes)
    } catch {
      throw .damagedFile(path: path, problem: error.problem, remedy: error.remedy)
    }
    guard parser.columns > 0, !parser.numbers.isEmpty else {
      throw .damagedFile(
        path: path, problem: "it holds no line of numbers", remedy: "write one point a line, such as 0.5,-1.25")
    }
    return Table(
      points: Tensor(parser.numbers, shape: [parser.numbers.count / parser.columns, parser.columns]),
      columnNames: parser.names)
  }
}
