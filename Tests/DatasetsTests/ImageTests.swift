import Datasets
import Foundation
import PNGCoding
import TensorCore
import Testing

@Suite struct StackingTests {
  private let digits = LabeledImages(
    images: Tensor((0..<10).map { label in [Float](repeating: Float(label) / 10, count: 6) }), labels: Array(0..<10),
    height: 2, width: 3)

  @Test func planesAndLabelsBelongTogether() {
    var random = RandomGenerator(seed: 101)
    let stacked = digits.stacked(3_000, using: &random)
    #expect(stacked.grid.shape == [3_000, 2, 3, 3])
    for image in 0..<3_000 {
      let label = stacked.labels[image]
      let planes = [label / 100, label / 10 % 10, label % 10].map { Float($0) / 10 }
      for pixel in 0..<6 {
        for plane in 0..<3 { #expect(stacked.images[image, pixel * 3 + plane] == planes[plane]) }
      }
    }
    // 3,000 draws of a thousand modes miss about 50.
    #expect(abs(Set(stacked.labels).count - 950) < 40)
    let green = LabeledImages.plane(1, of: stacked.grid)
    #expect(green.shape == [3_000, 2, 3, 1] && green[5, 1, 2, 0] == Float(stacked.labels[5] / 10 % 10) / 10)
  }

  @Test func someClasses() {
    var random = RandomGenerator(seed: 102)
    let two = digits.filter(classes: [0, 1])
    #expect(Set(two.stacked(500, classes: 2, using: &random).labels) == Set(0..<8))
    #expect(digits.sample(400, using: &random).labels.allSatisfy { (0..<10).contains($0) })
    #expect(Set(digits.sample(400, using: &random).labels).count == 10)
  }
}

@Suite struct RotationTaskTests {
  private let images = RandomGeneratorImages.images

  enum RandomGeneratorImages {
    static let images: Tensor = {
      var random = RandomGenerator(seed: 103)
      return random.uniform(shape: [12, 5, 5, 2])
    }()
  }

  @Test func allTurns() {
    let task = RotationTask(allTurnsOf: images)
    #expect(task.images.shape == [48, 5, 5, 2])
    #expect(task.labels == (0..<4).flatMap { Array(repeating: $0, count: 12) })
    #expect(task.images.rows(0..<12) == images)
    // A quarter counterclockwise: the right column becomes the upper row.
    #expect(task.images[12, 0, 1, 1] == images[0, 1, 4, 1])
    #expect(task.images[24, 0, 1, 0] == images[0, 4, 3, 0])
    #expect(task.images[36, 0, 1, 0] == images[0, 3, 0, 0])
  }

  @Test func randomTurnsBelongToTheirLabels() {
    var random = RandomGenerator(seed: 104)
    let many = Tensor.concatenated(Array(repeating: images, count: 30), axis: 0)
    let task = RotationTask(randomTurnsOf: many, using: &random)
    for image in 0..<360 {
      let turned = many.rows(image..<image + 1).rotated(quarterTurns: task.labels[image])
      #expect(task.images.rows(image..<image + 1) == turned)
    }
    for label in 0..<4 { #expect(abs(task.labels.count { $0 == label } - 90) < 40) }
    // A batch in which some turns do not occur.
    let single = RotationTask(randomTurnsOf: images.rows(0..<1), using: &random)
    #expect(single.images == images.rows(0..<1).rotated(quarterTurns: single.labels[0]))
  }

  @Test func imagesMustBeSquare() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = RotationTask(allTurnsOf: Tensor(zeros: [2, 4, 5, 1]))
    }
    let message = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(
      message.contains(
        "RotationTask: images: needs square ones, [count, side, side, channels], not [2, 4, 5, 1]; cut or pad them first"
      ))
  }
}

@Suite struct AugmentationTests {
  private func images(_ count: Int) -> Tensor {
    var random = RandomGenerator(seed: 105)
    return random.uniform(shape: [count, 8, 6, 3], in: 0.25..<1)
  }

  @Test func theWholeIsTheImageItself() {
    var random = RandomGenerator(seed: 106)
    let batch = images(4)
    #expect(ImageAugmentation(cropArea: 1...1)(batch, using: &random) == batch)
  }

  @Test func flipsMirror() {
    var random = RandomGenerator(seed: 107)
    let batch = images(200)
    let flipped = ImageAugmentation(cropArea: 1...1, flips: true)(batch, using: &random)
    var mirrored = 0
    for image in 0..<200 {
      let (before, after) = (batch.rows(image..<image + 1), flipped.rows(image..<image + 1))
      if after == before { continue }
      mirrored += 1
      for column in 0..<6 { #expect(after[0, 3, column, 1] == before[0, 3, 5 - column, 1]) }
    }
    #expect(abs(mirrored - 100) < 30)
  }

  @Test func shiftsMoveAndFillWithBlack() {
    var random = RandomGenerator(seed: 108)
    let batch = images(300)
    let shifted = ImageAugmentation(cropArea: 1...1, shift: 2)(batch, using: &random)
    var seen: Set<[Int]> = []
    for image in 0..<300 {
      // Find the one shift that explains the image.
      let moves = (-2...2).flatMap { dy in (-2...2).map { [dy, $0] } }
      let fitting = moves.filter { move in
        (0..<8).allSatisfy { row in
          (0..<6).allSatisfy { column in
            let (y, x) = (row + move[0], column + move[1])
            let expected = (0..<8).contains(y) && (0..<6).contains(x) ? batch[image, y, x, 0] : 0
            return shifted[image, row, column, 0] == expected
          }
        }
      }
      #expect(fitting.count == 1)
      seen.formUnion(fitting)
    }
    #expect(seen.count == 25)
  }

  /// A linear ramp stays linear under a crop, and its slope tells the crop's size.
  @Test func cropsStretch() {
    var random = RandomGenerator(seed: 109)
    let ramp = Tensor(shape: [500, 16, 16, 1]) { target in
      for index in target.indices { target[index] = Float(index % 16) }
    }
    let cropped = ImageAugmentation(cropArea: 0.25...0.81)(ramp, using: &random)
    var areas: [Float] = []
    for image in 0..<500 {
      let slopes = (4..<11).map { cropped[image, 5, $0 + 1, 0] - cropped[image, 5, $0, 0] }
      for slope in slopes { #expect(abs(slope - slopes[0]) < 1e-4) }
      areas.append(slopes[0] * slopes[0])
      #expect(cropped[image, 5, 0, 0] >= 0 && cropped[image, 5, 15, 0] <= 15)
    }
    #expect(areas.allSatisfy { $0 > 0.2499 && $0 < 0.8101 })
    #expect(abs(areas.reduce(0, +) / 500 - 0.53) < 0.03)
  }

  @Test func viewsDiffer() {
    var random = RandomGenerator(seed: 110)
    let views = ImageAugmentation().views(of: images(3), using: &random)
    #expect(views.first.shape == [3, 8, 6, 3] && views.first != views.second)
  }

  @Test func refused() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = ImageAugmentation(cropArea: 0...1)
    }
    let message = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(
      message.contains("ImageAugmentation: cropArea: must lie above 0 and up to 1, such as 0.4...1, not 0.0...1.0"))
  }
}

@Suite struct ImageFolderTests {
  private func png(_ pixels: [UInt8], width: Int = 3, height: Int = 2, layout: PNGWriter.Layout = .gray) throws
    -> [UInt8]
  {
    try PNGWriter.png(pixels, width: width, height: height, layout: layout)
  }

  @Test func oneFolder() throws {
    let folder = try TemporaryFolder()
    try folder.write(png([0, 51, 102, 153, 204, 255]), to: "b.png")
    try folder.write(png([255, 0, 0, 0, 0, 0]), to: "a.PNG")
    try folder.write([1, 2, 3], to: "notes.txt")
    let read = try ImageFolder.load(folder.path)
    #expect(read.fileNames == ["a.PNG", "b.png"] && read.classNames.isEmpty)
    #expect(read.images.labels == [0, 0] && read.images.grid.shape == [2, 2, 3, 1])
    #expect(read.images.images == Tensor([[1, 0, 0, 0, 0, 0], [0, 0.2, 0.4, 0.6, 0.8, 1]]))
  }

  @Test func aFolderForEachClass() throws {
    let folder = try TemporaryFolder()
    for name in ["cats", "ants"] {
      try FileManager.default.createDirectory(atPath: "\(folder.path)/\(name)", withIntermediateDirectories: false)
    }
    let color: [UInt8] = Array(0..<18)
    try folder.write(png(color, layout: .rgb), to: "cats/1.png")
    try folder.write(png(color, layout: .rgb), to: "ants/2.png")
    try folder.write(png(color, layout: .rgb), to: "ants/1.png")
    let read = try ImageFolder.load(folder.path)
    #expect(read.classNames == ["ants", "cats"] && read.images.labels == [0, 0, 1])
    #expect(read.fileNames == ["ants/1.png", "ants/2.png", "cats/1.png"])
    #expect(read.images.channels == 3 && read.images.grid[2, 1, 2, 2] == Float(17) / 255)
  }

  @Test func imagesMustBeAlike() throws {
    let folder = try TemporaryFolder()
    try folder.write(png([0, 1, 2, 3, 4, 5]), to: "a.png")
    try folder.write(png([0, 1, 2, 3], width: 2), to: "b.png")
    let error = #expect(throws: DatasetError.self) { try ImageFolder.load(folder.path) }
    #expect(
      error?.description == """
        \(folder.path)/b.png has 2 x 2 grey pixels, but \(folder.path)/a.png has 3 x 2 grey pixels
          bring all images of the folder to one size, and to grey or to colour
        """)
  }

  @Test func whatIsNoPNGIsRefused() throws {
    let folder = try TemporaryFolder()
    try folder.write(png([0, 1, 2, 3, 4, 5]).dropLast(5), to: "a.png")
    let error = #expect(throws: DatasetError.self) { try ImageFolder.load(folder.path) }
    guard case .damagedFile(let path, let problem, _) = error else { throw try #require(error) }
    #expect(path.hasSuffix("a.png") && problem == "the file ends early")
    let empty = try TemporaryFolder()
    #expect(throws: DatasetError.self) { try ImageFolder.load(empty.path) }
    let missing = #expect(throws: DatasetError.self) { try ImageFolder.load(empty.path + "/nothing") }
    guard case .missingFile = missing else { throw try #require(missing) }
  }
}
