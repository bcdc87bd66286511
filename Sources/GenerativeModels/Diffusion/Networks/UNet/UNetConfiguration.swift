internal import TensorCore

/// The size of a ``UNet``.
public struct UNetConfiguration: Sendable, Hashable {
  /// The channels of an image: 1 for grey.
  public var imageChannels: Int
  /// The edge of the squares of pixels that become the channels of one place before the first convolution, and pixels
  /// again after the last: the network then works at a resolution that much coarser, where the same time buys wider
  /// convolutions. 1 for the pixels themselves.
  public var patch: Int
  /// The channels at each resolution, from the finest down; each next one has half of the height and width.
  public var widths: [Int]
  /// Residual blocks at each resolution on the way down; on the way up it is as many.
  public var blocks: Int
  /// Heads of the self-attention at the lowest resolution; 0 leaves it out.
  public var attentionHeads: Int
  /// Groups of the normalizations.
  public var groups: Int
  /// The width of the time's embedding.
  public var timeWidth: Int
  /// How many labels there are to condition on; 0 for none.
  public var classes: Int
  /// Whether the output has a second half, for ``ReverseVariance/learned``.
  public var learnsVariance: Bool

  public init(
    imageChannels: Int = 1, patch: Int = 1, widths: [Int] = [16, 32, 64], blocks: Int = 1, attentionHeads: Int = 1,
    groups: Int = 8, timeWidth: Int = 64, classes: Int = 0, learnsVariance: Bool = false
  ) {
    self.imageChannels = imageChannels
    self.patch = patch
    self.widths = widths
    self.blocks = blocks
    self.attentionHeads = attentionHeads
    self.groups = groups
    self.timeWidth = timeWidth
    self.classes = classes
    self.learnsVariance = learnsVariance
  }

  /// The numbers that the network says of each pixel.
  var outputChannels: Int { imageChannels * (learnsVariance ? 2 : 1) }

  /// What image heights and widths must be multiples of.
  public var stride: Int { patch << (widths.count - 1) }

  func validate() {
    guard !widths.isEmpty, imageChannels >= 1, patch >= 1, blocks >= 1 else {
      trap(
        "UNetConfiguration",
        "needs a width, an image channel, a patch and a block at least, not widths " + describe(widths)
          + ", imageChannels " + String(imageChannels) + ", patch " + String(patch) + " and blocks " + String(blocks))
    }
    for width in widths where width < 1 || groups < 1 || width % groups != 0 {
      trap(
        "UNetConfiguration",
        "the width " + String(width) + " cannot be divided into " + String(groups)
          + " groups; make every width a multiple of groups")
    }
  }
}
