internal import Compression

/// A gzipped IDX file of unsigned bytes, the format of MNIST and Fashion-MNIST, read piece by piece.
///
/// An IDX file is two zero bytes, a byte for the element type (8: unsigned byte), a byte for the number of
/// dimensions, the dimensions as big-endian 32-bit integers, and then the elements, the last dimension fastest
/// (http://yann.lecun.com/exdb/mnist).
///
/// The dimensions come from the file, so nothing is allocated on their word alone: a size that the compressed bytes
/// could not hold even at deflate's best ratio is refused first.
struct IDXReader {
  let path: String
  /// The dimensions that the header states.
  let dimensions: [Int]
  /// The product of the dimensions.
  let count: Int
  private let stream: GzipStream
  private let remedy: String

  /// Deflate cannot expand a byte to more than this many.
  private static let bestRatio = 1032

  /// Opens the file and reads its header.
  ///
  /// - Parameters:
  ///   - rank: the number of dimensions that the caller expects: 1 for labels, 3 for images.
  ///   - missing: what to do when the file is not there.
  ///   - remedy: what to do when it is damaged.
  init(path: String, rank: Int, missing: String, damaged remedy: String) throws(DatasetError) {
    let file = try FileContents(path: path, remedy: missing)
    func damaged(_ problem: String) -> DatasetError { .damagedFile(path: path, problem: problem, remedy: remedy) }
    guard let stream = GzipStream(file.bytes, owner: file) else {
      throw damaged("it is not a gzip file (\(file.bytes.count) bytes, without gzip's signature 1f 8b)")
    }
    self.path = path
    self.stream = stream
    self.remedy = remedy

    var header = [UInt8](repeating: 0, count: 4 + 4 * rank)
    try Self.fill(&header, from: stream, what: "the header", damaged: damaged)
    let magic = header[..<4].reduce(0) { $0 << 8 | UInt32($1) }
    let expected = UInt32(0x0800 + rank)
    guard magic == expected else {
      throw damaged(
        "its magic number is \(hexadecimal(magic)), not \(hexadecimal(expected)) "
          + "(unsigned bytes, \(rank) dimension\(rank == 1 ? "" : "s"))")
    }
    var dimensions: [Int] = []
    var count = 1
    for axis in 0..<rank {
      let start = 4 + 4 * axis
      let size = header[start..<start + 4].reduce(0) { $0 << 8 | Int($1) }
      let (product, overflow) = count.multipliedReportingOverflow(by: size)
      guard size > 0, !overflow else {
        throw damaged("its header states a size of \(size) in dimension \(axis)")
      }
      dimensions.append(size)
      count = product
    }
    guard count <= file.bytes.count * Self.bestRatio else {
      let shape = dimensions.map { String($0) }.joined(separator: " x ")
      throw damaged("its header promises \(shape) bytes, which \(file.bytes.count) compressed bytes cannot hold")
    }
    self.dimensions = dimensions
    self.count = count
  }

  /// Reads exactly the promised elements, handing them on in pieces, each with the index of its first element, and
  /// checks that nothing follows them and that gzip's check sum agrees.
  func forEachPiece(_ body: (Int, UnsafeRawBufferPointer) -> Void) throws(DatasetError) {
    // Small enough to stay in the second-level cache between zlib's writing and the caller's reading.
    var piece = [UInt8](repeating: 0, count: 1 << 16)
    var done = 0
    while done < count {
      let wanted = min(piece.count, count - done)
      var outcome = GzipStream.Outcome.bytes(0)
      piece.withUnsafeMutableBytes { buffer in
        outcome = stream.read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[..<wanted]))
        if outcome == .bytes(wanted) { body(done, UnsafeRawBufferPointer(rebasing: buffer[..<wanted])) }
      }
      try Self.check(outcome, wanted: wanted, what: "element \(done) of \(count)", damaged: damaged)
      done += wanted
    }
    // One byte more: it must not be there, and asking for it makes zlib verify the check sum.
    let outcome = piece.withUnsafeMutableBytes { buffer in
      stream.read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[..<1]))
    }
    guard outcome != .bytes(1) else {
      throw damaged("more bytes follow the \(count) elements that its header promises")
    }
    try Self.check(outcome, wanted: 0, what: "the end of the file", damaged: damaged)
  }

  private func damaged(_ problem: String) -> DatasetError {
    .damagedFile(path: path, problem: problem, remedy: remedy)
  }

  private static func fill(
    _ bytes: inout [UInt8], from stream: GzipStream, what: String, damaged: (String) -> DatasetError
  ) throws(DatasetError) {
    let outcome = bytes.withUnsafeMutableBytes { stream.read(into: $0) }
    try check(outcome, wanted: bytes.count, what: what, damaged: damaged)
  }

  private static func check(
    _ outcome: GzipStream.Outcome, wanted: Int, what: String, damaged: (String) -> DatasetError
  ) throws(DatasetError) {
    switch outcome {
    case .bytes(wanted):
      return
    case .bytes(let got):
      throw damaged("its contents end \(wanted - got) bytes early, at \(what)")
    case .truncated(let after):
      throw damaged("it is cut off after \(after) decompressed bytes, at \(what)")
    case .corrupt(let reason, let after):
      throw damaged("zlib reports \"\(reason)\" after \(after) decompressed bytes, at \(what)")
    }
  }
}

private func hexadecimal(_ value: UInt32) -> String {
  let digits = String(value, radix: 16)
  return "0x" + String(repeating: "0", count: 8 - digits.count) + digits
}
