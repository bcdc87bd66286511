import TensorCore
import Testing

@Suite struct RotationTests {
  /// `numpy.rot90(numpy.arange(6).reshape(2, 3), k)` for k = 0, 1, 2, 3.
  @Test func turnsAsNumPyDoes() {
    let image = Tensor([0, 1, 2, 3, 4, 5], shape: [1, 2, 3, 1])
    #expect(image.rotated(quarterTurns: 0) == image)
    #expect(image.rotated(quarterTurns: 1) == Tensor([2, 5, 1, 4, 0, 3], shape: [1, 3, 2, 1]))
    #expect(image.rotated(quarterTurns: 2) == Tensor([5, 4, 3, 2, 1, 0], shape: [1, 2, 3, 1]))
    #expect(image.rotated(quarterTurns: 3) == Tensor([3, 0, 4, 1, 5, 2], shape: [1, 3, 2, 1]))
  }

  @Test(arguments: [1, 3]) func turnsAddUp(_ channels: Int) {
    var random = RandomGenerator(seed: 3)
    let images = random.normal(shape: [2, 4, 5, channels])
    for first in -3...3 {
      for second in -3...3 {
        #expect(
          images.rotated(quarterTurns: first).rotated(quarterTurns: second)
            == images.rotated(quarterTurns: first + second))
      }
    }
    #expect(images.rotated(quarterTurns: 4) == images)
  }

  /// Each channel and each image turns as it would alone.
  @Test func channelsAndImagesDoNotMix() {
    var random = RandomGenerator(seed: 4)
    let images = random.normal(shape: [3, 4, 5, 2])
    let turned = images.rotated(quarterTurns: 1)
    for n in 0..<3 {
      for channel in 0..<2 {
        let one = images.rows(n..<n + 1).slice(axis: 3, channel..<channel + 1)
        #expect(
          one.rotated(quarterTurns: 1) == turned.rows(n..<n + 1).slice(axis: 3, channel..<channel + 1))
      }
    }
  }
}
