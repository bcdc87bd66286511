import Autodiff
import TensorCore
import TestSupport
import Testing

@Suite struct NormalizationGradientTests {
  let differences = FiniteDifferences(tolerance: 3e-4)

  @Test(arguments: [
    NormalizationSets(batch: 2, pixels: 3, channels: 4, groups: 2),
    NormalizationSets(batch: 1, pixels: 5, channels: 2, groups: 2),
    NormalizationSets(batch: 3, pixels: 1, channels: 4, groups: 1),
  ])
  func firstAndSecondDerivatives(_ sets: NormalizationSets) {
    let points = [
      numbers([sets.batch, sets.pixels, sets.channels], in: -2...2), numbers([sets.channels], seed: 2),
      numbers([sets.channels], seed: 3),
    ]
    for activation in [Activation.identity, .silu, .tanh] {
      differences.check(points) {
        normalized($0[0], weight: $0[1], bias: $0[2], sets: sets, epsilon: 0.1, activation: activation).result
      }
    }
  }

  @Test func onlyTheInputIsWanted() {
    let sets = NormalizationSets(batch: 2, pixels: 3, channels: 4, groups: 2)
    let (gain, offset) = (numbers([4], seed: 2), numbers([4], seed: 3))
    differences.check([numbers([2, 3, 4], in: -2...2)]) {
      normalized(
        $0[0], weight: Variable(constant: gain), bias: Variable(constant: offset), sets: sets, epsilon: 0.1,
        activation: .silu
      ).result
    }
  }

  @Test func scaledSoftmax() {
    let mask = numbers([3, 4], seed: 5)
    FiniteDifferences().check([numbers([2, 3, 4], in: -2...2)]) { $0[0].scaledSoftmax(scale: 0.7) }
    FiniteDifferences().check([numbers([2, 3, 4], in: -2...2)]) { $0[0].scaledSoftmax(scale: 0.7, mask: mask) }
  }
}
