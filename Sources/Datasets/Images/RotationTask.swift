public import TensorCore

/// The pretext task of telling by how many quarters images were turned (Gidaris et al. 2018, arXiv 1803.07728): labels
/// that cost nothing.
public struct RotationTask: Sendable {
  /// The turned images: `[n, side, side, channels]`.
  public let images: Tensor
  /// How many quarters counterclockwise each was turned: 0, 1, 2 or 3 for 0, 90, 180 or 270 degrees.
  public let labels: [Int]

  /// All images in all four positions: first every image upright, then every image turned by one quarter, and so on;
  /// `[n, side, side, channels]` to `4 n` images.
  ///
  /// Traps unless the images are a batch of square ones.
  public init(allTurnsOf images: Tensor) {
    RotationTask.check(images)
    self.images = Tensor.concatenated((0..<4).map { images.rotated(quarterTurns: $0) }, axis: 0)
    labels = (0..<4).flatMap { Array(repeating: $0, count: images.shape[0]) }
  }

  /// Every image in one position drawn at random.
  ///
  /// Traps unless the images are a batch of square ones.
  public init(randomTurnsOf images: Tensor, using random: inout RandomGenerator) {
    RotationTask.check(images)
    let labels = random.integers(below: 4, count: images.shape[0])
    let turned = (0..<4).map { turns in labels.indices.filter { labels[$0] == turns } }
    let groups = (0..<4).map { images.gatheringRows(at: turned[$0]).rotated(quarterTurns: $0) }
    // The groups lie one after another; put every image back to its place.
    var places = [Int](repeating: 0, count: labels.count)
    for (place, image) in turned.joined().enumerated() { places[image] = place }
    self.images = Tensor.concatenated(groups, axis: 0).gatheringRows(at: places)
    self.labels = labels
  }

  private static func check(_ images: Tensor) {
    guard images.rank == 4, images.shape[1] == images.shape[2] else {
      trap(
        "RotationTask",
        "images: needs square ones, [count, side, side, channels], not \(images.shape); cut or pad them first")
    }
  }
}
