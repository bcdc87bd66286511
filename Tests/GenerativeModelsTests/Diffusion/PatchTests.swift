import Autodiff
import GenerativeModels
import NeuralNetworks
import TensorCore
import TestSupport
import Testing

/// A U-Net's patches: squares of pixels as the channels of one place, and pixels again.
@Suite struct PatchTests {
  /// A network of one resolution whose blocks, new as they are, hand on what they get, and whose first convolution does so
  /// too: of images with two channels and patches of 2 x 2, eight channels.
  private func passing(learnsVariance: Bool = false) -> UNet {
    var random = RandomGenerator(seed: 1)
    var network = UNet(
      UNetConfiguration(
        imageChannels: 2, patch: 2, widths: [8], attentionHeads: 0, groups: 1, timeWidth: 4,
        learnsVariance: learnsVariance),
      using: &random)
    network.input = Conv2d(weight: identity, bias: Tensor(zeros: [8]), padding: 1)
    return network
  }

  /// The kernel that changes nothing.
  private var identity: Tensor {
    var weight = Tensor(zeros: [3, 3, 8, 8])
    for channel in 0..<8 { weight[1, 1, channel, channel] = 1 }
    return weight
  }

  /// Pixel 6, say, is the third of the second row of 4 x 4, so the third of the second patch; each brings its two channels.
  @Test func pixelsOfAPatchFollowEachOtherRowByRow() {
    let image = Tensor((0..<16).flatMap { [Float(10 * $0), Float(10 * $0 + 1)] }, shape: [1, 4, 4, 2])
    let found = passing().features(image, time: 0.5, at: [.down(level: 0)], grid: 2)
    let order = [0, 1, 4, 5, 2, 3, 6, 7, 8, 9, 12, 13, 10, 11, 14, 15]
    #expect(found.scalars == order.flatMap { [Float(10 * $0), Float(10 * $0 + 1)] })
  }

  /// The channels of one place on the way out, here eight for the estimate and eight for the variance, in the same order.
  @Test func channelsBecomePixelsInTheSameOrder() {
    var network = passing(learnsVariance: true)
    network.output.bias = Variable(constant: Tensor((0..<16).map { Float($0) }))
    let answer = network.predict(numbers([2, 4, 6, 2]), time: 0.5)
    #expect(answer.shape == [2, 4, 6, 4])
    for row in 0..<4 {
      for column in 0..<6 {
        for channel in 0..<4 {
          let place = row % 2 * 8 + column % 2 * 4 + channel
          #expect(answer[1, row, column, channel] == Float(place))
        }
      }
    }
  }

  /// Handed through, an image comes back, standardized by the one normalization on its way: with 20 added before silu and
  /// taken away after it, silu is the identity to the last digits.
  @Test func anImageComesBack() {
    var network = passing()
    // Of the two halves that the last block sees, the one that was handed across.
    var weight = Tensor(zeros: [1, 1, 16, 8])
    for channel in 0..<8 { weight[0, 0, 8 + channel, channel] = 1 }
    network.up[0].shortcut = [Conv2d(weight: weight, bias: Tensor(zeros: [8]))]
    network.outputNorm.bias = Variable(constant: Tensor(repeating: 20, shape: [8]))
    network.output = Conv2d(weight: identity, bias: Tensor(repeating: -20, shape: [8]), padding: 1)
    let images = numbers([2, 4, 6, 2])
    let found = network.predict(images, time: 0.5)
    #expect(found.shape == images.shape)
    for image in 0..<2 {
      let (pixels, returned) = (images.rows(image..<image + 1), found.rows(image..<image + 1))
      let (mean, variance) = (pixels.mean().item, pixels.variance().item)
      for (before, after) in zip(pixels.scalars, returned.scalars) {
        #expect(((before - mean) / (variance + 1e-5).squareRoot() - after).magnitude < 1e-4)
      }
    }
  }

  @Test func imagesMustHoldWholePatches() async {
    expectTrap(
      "UNet: the input [1, 4, 5, 2] is not [batch, height, width, 2] with a height and width that are multiples of 2; "
        + "pad the images, or give fewer widths",
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = PatchTests().passing().predict(Tensor(zeros: [1, 4, 5, 2]), time: 0.5)
      })
  }
}
