/// Which numbers of `[batch, pixels, channels]` share a mean and a deviation: of each image, the pixels of `channels /
/// groups` neighbouring channels.
///
/// One image whose groups are single channels is a batch normalization; images of one pixel and one group are the rows of
/// a layer normalization.
public struct NormalizationSets: Sendable, Hashable {
  public let batch: Int
  public let pixels: Int
  public let channels: Int
  public let groups: Int

  /// Traps when the channels cannot be divided into so many groups.
  public init(batch: Int, pixels: Int, channels: Int, groups: Int) {
    guard batch >= 0, pixels >= 0, groups > 0, channels > 0, channels % groups == 0 else {
      trap("NormalizationSets", String(channels) + " channels cannot be divided into " + String(groups) + " groups")
    }
    self.batch = batch
    self.pixels = pixels
    self.channels = channels
    self.groups = groups
  }

  /// The numbers of a set.
  public var count: Int { pixels * (channels / groups) }

  /// The shape that the sets are seen in.
  package var shape: [Int] { [batch, pixels, channels] }

  /// Whether each set is a row in memory.
  var areRows: Bool { pixels == 1 && groups == 1 }

  /// The pixels whose sums are taken in one go: a few hundred, which stay in a core's own cache.
  var blockPixels: Int { 1024 }

  var blocks: Int { (pixels + blockPixels - 1) / blockPixels }

  func pixels(ofBlock block: Int) -> Range<Int> {
    block * blockPixels..<Swift.min(pixels, (block + 1) * blockPixels)
  }

  /// The offset of a block's first number.
  func start(_ image: Int, _ block: Int) -> Int { (image * pixels + block * blockPixels) * channels }

  /// The channels, rounded up to whole vectors.
  var width: Int { (channels + 15) / 16 * 16 }

  func requireParameters(_ input: Tensor, _ weight: Tensor, _ bias: Tensor, _ operation: String) {
    if input.count != shape.product {
      trap(operation, "the input " + describe(input.shape) + " cannot be seen as " + describe(shape))
    }
    if weight.shape != [channels] || bias.shape != [channels] {
      trap(
        operation,
        "the gain " + describe(weight.shape) + " and the offset " + describe(bias.shape) + " do not fit the input "
          + describe(input.shape))
    }
  }
}
