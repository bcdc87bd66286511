import Foundation
import Testing

/// Gzip files made by hand, of deflate's uncompressed blocks, so that tests can build any file, right or wrong.
enum StoredGzip {
  /// A gzip member holding `contents`.
  static func file(_ contents: [UInt8]) -> [UInt8] {
    var bytes: [UInt8] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255]
    var start = 0
    repeat {
      let end = min(start + 65535, contents.count)
      let size = UInt16(end - start)
      bytes.append(end == contents.count ? 1 : 0)
      bytes += [UInt8(size & 255), UInt8(size >> 8), UInt8(~size & 255), UInt8(~size >> 8)]
      bytes += contents[start..<end]
      start = end
    } while start < contents.count
    for word in [checkSum(contents), UInt32(contents.count)] {
      for shift in [0, 8, 16, 24] as [UInt32] { bytes.append(UInt8(word >> shift & 255)) }
    }
    return bytes
  }

  private static func checkSum(_ bytes: [UInt8]) -> UInt32 {
    var sum = UInt32.max
    for byte in bytes {
      sum ^= UInt32(byte)
      for _ in 0..<8 { sum = sum & 1 == 1 ? sum >> 1 ^ 0xedb8_8320 : sum >> 1 }
    }
    return ~sum
  }
}

/// An IDX file's bytes, before compression.
func idx(magic: UInt32, _ dimensions: [UInt32], _ elements: [UInt8]) -> [UInt8] {
  var bytes: [UInt8] = []
  for word in [magic] + dimensions {
    for shift in [24, 16, 8, 0] as [UInt32] { bytes.append(UInt8(word >> shift & 255)) }
  }
  return bytes + elements
}

/// A folder of files in the temporary directory, removed at the end.
final class TemporaryFolder {
  let path: String

  init() throws {
    path = NSTemporaryDirectory() + "datasets-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(atPath: path)
  }

  func write(_ bytes: [UInt8], to name: String) throws {
    try Data(bytes).write(to: URL(fileURLWithPath: path + "/" + name))
  }
}

/// A small but complete data set: 3 training and 2 test images.
struct SmallFashionMNIST {
  let folder = try? TemporaryFolder()
  var path: String { folder?.path ?? "" }

  static let trainImages = "train-images-idx3-ubyte.gz"
  static let trainLabels = "train-labels-idx1-ubyte.gz"

  init() throws {
    try write("train-images-idx3-ubyte.gz", images(3))
    try write("train-labels-idx1-ubyte.gz", idx(magic: 0x801, [3], [7, 0, 9]))
    try write("t10k-images-idx3-ubyte.gz", images(2))
    try write("t10k-labels-idx1-ubyte.gz", idx(magic: 0x801, [2], [1, 2]))
  }

  func images(_ count: Int) -> [UInt8] {
    idx(magic: 0x803, [UInt32(count), 28, 28], (0..<count * 784).map { UInt8($0 % 256) })
  }

  func write(_ name: String, _ contents: [UInt8]) throws {
    try writeRaw(name, StoredGzip.file(contents))
  }

  func writeRaw(_ name: String, _ bytes: [UInt8]) throws {
    try #require(folder).write(bytes, to: name)
  }
}
