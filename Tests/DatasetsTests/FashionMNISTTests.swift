import Datasets
import Foundation
import TensorCore
import Testing

@Suite struct FashionMNISTTests {
  @Test func readsPixelsAndLabels() throws {
    let small = try SmallFashionMNIST()
    let data = try FashionMNIST.load(from: small.path)
    #expect(data.train.images.shape == [3, 784])
    #expect(data.train.grid.shape == [3, 28, 28, 1])
    #expect(data.train.labels == [7, 0, 9])
    #expect(data.test.labels == [1, 2])
    let pixels = data.train.images.scalars
    #expect(pixels.indices.allSatisfy { pixels[$0] == Float($0 % 256) / 255 })
    #expect(data.train.select([2, 0]).labels == [9, 7])
    #expect(data.train.filter(classes: [0, 9]).labels == [0, 9])
    #expect(data.train.prefix(2).images.shape == [2, 784])
  }

  @Test func readsTheWholeDataSet() throws {
    let data = try FashionMNIST.load()
    #expect(data.train.images.shape == [60_000, 784])
    #expect(data.test.images.shape == [10_000, 784])
    for label in 0..<10 {
      #expect(data.train.labels.count { $0 == label } == 6_000)
      #expect(data.test.labels.count { $0 == label } == 1_000)
    }
    #expect(data.train.labels.prefix(5) == [9, 0, 0, 3, 0])
    let sum = data.train.images.withUnsafeScalars { $0.reduce(0.0) { $0 + Double($1) } }
    // The mean pixel as others report it: 0.2860.
    #expect(abs(sum / Double(data.train.images.count) - 0.2860) < 5e-5)
  }

  @Test func missingFileSaysHowToGetIt() throws {
    let error = try #require(throws: DatasetError.self) { try FashionMNIST.load(from: "/nowhere/at/all") }
    #expect(
      error.description == """
        no such file: /nowhere/at/all/train-labels-idx1-ubyte.gz
          install Debian's package dataset-fashion-mnist (apt install dataset-fashion-mnist), or set \
        WALKTHROUGH_FASHION_MNIST to the folder that holds its four .gz files
        """)
  }

  @Test func aFolderInPlaceOfAFileIsUnreadable() throws {
    let small = try SmallFashionMNIST()
    let path = small.path + "/" + SmallFashionMNIST.trainImages
    try FileManager.default.removeItem(atPath: path)
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
    let error = try #require(throws: DatasetError.self) { try FashionMNIST.load(from: small.path) }
    #expect(error == .unreadableFile(path: path, reason: "it is not a regular file"))
  }

  @Test func imagesAndLabelsMustMatch() throws {
    let small = try SmallFashionMNIST()
    try small.write(SmallFashionMNIST.trainLabels, idx(magic: 0x801, [4], [1, 2, 3, 4]))
    let error = try #require(throws: DatasetError.self) { try FashionMNIST.load(from: small.path) }
    guard case .mismatch(let problem, _) = error else { throw error }
    #expect(problem.contains("holds 4 labels for the 3 images"))
  }
}

/// Ways to damage the image file, and what the error must say.
@Suite struct DamagedFileTests {
  struct Damage: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let says: String
    let bytes: @Sendable (SmallFashionMNIST) -> [UInt8]
  }

  static let damages: [Damage] = [
    Damage(testDescription: "empty", says: "not a gzip file (0 bytes") { _ in [] },
    Damage(testDescription: "not gzip", says: "not a gzip file (40 bytes") { _ in .init(repeating: 65, count: 40) },
    Damage(testDescription: "cut off in the header", says: "cut off after") { small in
      Array(StoredGzip.file(small.images(3)).prefix(20))
    },
    Damage(testDescription: "cut off in the pixels", says: "at element 0 of 2352") { small in
      Array(StoredGzip.file(small.images(3)).prefix(1000))
    },
    Damage(testDescription: "cut off in the check sum", says: "at the end of the file") { small in
      StoredGzip.file(small.images(3)).dropLast(3)
    },
    Damage(testDescription: "wrong check sum", says: "incorrect data check") { small in
      var bytes = StoredGzip.file(small.images(3))
      bytes[500] ^= 1
      return bytes
    },
    Damage(testDescription: "broken deflate block", says: "zlib reports") { small in
      var bytes = StoredGzip.file(small.images(3))
      bytes[10] = 0xff
      return bytes
    },
    Damage(testDescription: "labels in place of images", says: "magic number is 0x00000801, not 0x00000803") { _ in
      StoredGzip.file(idx(magic: 0x801, [3], .init(repeating: 1, count: 30)))
    },
    Damage(testDescription: "too many images promised", says: "4294967295 x 28 x 28 bytes, which") { _ in
      StoredGzip.file(idx(magic: 0x803, [.max, 28, 28], .init(repeating: 0, count: 784)))
    },
    Damage(testDescription: "size overflows", says: "states a size of 4294967295 in dimension 1") { _ in
      StoredGzip.file(idx(magic: 0x803, [.max, .max, .max], [0]))
    },
    Damage(testDescription: "no images", says: "states a size of 0 in dimension 0") { _ in
      StoredGzip.file(idx(magic: 0x803, [0, 28, 28], []))
    },
    Damage(testDescription: "fewer pixels than promised", says: "contents end 784 bytes early") { _ in
      StoredGzip.file(idx(magic: 0x803, [3, 28, 28], .init(repeating: 0, count: 784 * 2)))
    },
    Damage(testDescription: "more pixels than promised", says: "more bytes follow the 2352 elements") { small in
      StoredGzip.file(small.images(3) + [0])
    },
    Damage(testDescription: "images of another size", says: "27 x 28 pixels, not 28 x 28") { _ in
      StoredGzip.file(idx(magic: 0x803, [3, 27, 28], .init(repeating: 0, count: 3 * 27 * 28)))
    },
  ]

  @Test(arguments: damages) func imageFileIsRefused(_ damage: Damage) throws {
    let small = try SmallFashionMNIST()
    try small.writeRaw(SmallFashionMNIST.trainImages, damage.bytes(small))
    let error = try #require(throws: DatasetError.self) { try FashionMNIST.load(from: small.path) }
    guard case .damagedFile(let path, let problem, let remedy) = error else { throw error }
    #expect(path.hasSuffix(SmallFashionMNIST.trainImages))
    #expect(problem.contains(damage.says))
    #expect(remedy.contains("WALKTHROUGH_FASHION_MNIST"))
  }

  @Test func aLabelAboveNineIsRefused() throws {
    let small = try SmallFashionMNIST()
    try small.write(SmallFashionMNIST.trainLabels, idx(magic: 0x801, [3], [7, 10, 9]))
    let error = try #require(throws: DatasetError.self) { try FashionMNIST.load(from: small.path) }
    #expect(error.description.contains("label 1 is 10, above 9"))
  }
}
