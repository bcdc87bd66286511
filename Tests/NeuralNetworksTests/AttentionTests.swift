import Autodiff
import NeuralNetworks
import TensorCore
import TestSupport
import Testing

@Suite struct AttentionTests {
  private func layer(heads: Int) -> MultiHeadAttention {
    var random = RandomGenerator(seed: 1)
    return MultiHeadAttention(width: 4, heads: heads, using: &random)
  }

  @Test func severalHeadsAgreeWithPyTorch() {
    AttentionReference.values.check(layer(heads: 2), inputShape: [2, 3, 4]) { layer, x in layer(x) }
  }

  @Test func oneHeadAgreesWithPyTorch() {
    SingleHeadAttentionReference.values.check(layer(heads: 1), inputShape: [2, 3, 4]) { layer, x in layer(x) }
  }

  @Test func theCausalMaskAgreesWithPyTorch() {
    CausalAttentionReference.values.check(layer(heads: 2), inputShape: [2, 3, 4]) { layer, x in
      layer(x, mask: causalMask(3))
    }
  }

  @Test func theFutureHasNoInfluence() {
    let (layer, x) = (layer(heads: 2), numbers([1, 5, 4]))
    var other = x
    other[0, 4, 2] = 7
    let (y, z) = (layer(x, mask: causalMask(5)).value, layer(other, mask: causalMask(5)).value)
    #expect(y.slice(axis: 1, 0..<4) == z.slice(axis: 1, 0..<4))
    #expect(y.slice(axis: 1, 4..<5) != z.slice(axis: 1, 4..<5))
  }

  @Test func anotherContextGivesKeysAndValues() {
    let (layer, x) = (layer(heads: 2), numbers([2, 3, 4]))
    let context = numbers([2, 5, 4], seed: 2)
    let y = layer(Variable(constant: x), context: Variable(constant: context))
    #expect(y.shape == [2, 3, 4])
    // Keys and values form a set: their order does not matter.
    let order = [context.slice(axis: 1, 2..<5), context.slice(axis: 1, 0..<2)]
    let turned = Variable(constant: Tensor.concatenated(order, axis: 1))
    expectClose(layer(Variable(constant: x), context: turned).value, y.value.scalars)
  }

  static let transposes = [(false, false), (false, true), (true, false), (true, true)]

  @Test(arguments: transposes) func productsAgreeWithDifferences(_ transposeA: Bool, _ transposeB: Bool) {
    let a = numbers(transposeA ? [2, 4, 3] : [2, 3, 4])
    let b = numbers(transposeB ? [2, 2, 4] : [2, 4, 2], seed: 2)
    let product = batchedMatmul(
      Variable(constant: a), Variable(constant: b), transposeA: transposeA, transposeB: transposeB)
    let second = matmul(
      a.rows(1..<2).reshaped(to: [a.shape[1], a.shape[2]]), b.rows(1..<2).reshaped(to: [b.shape[1], b.shape[2]]),
      transposeA: transposeA, transposeB: transposeB)
    #expect(product.value.rows(1..<2) == second.reshaped(to: [1, 3, 2]))
    FiniteDifferences().check([a, b]) {
      batchedMatmul($0[0], $0[1], transposeA: transposeA, transposeB: transposeB)
    }
  }

  @Test func derivativesAgreeWithDifferences() {
    let points = [numbers([2, 3, 2]), numbers([2, 2, 2], seed: 2), numbers([2, 2, 3], seed: 3)]
    FiniteDifferences().check(points) { attention(query: $0[0], key: $0[1], value: $0[2]) }
    // A mask for all of the batch, and one for all queries.
    for shape in [[3, 2], [2]] {
      let mask = numbers(shape, seed: 5)
      FiniteDifferences().check(points) { attention(query: $0[0], key: $0[1], value: $0[2], mask: mask) }
    }
    let layer = layer(heads: 2)
    FiniteDifferences().check([numbers([1, 2, 4]), numbers([1, 3, 4], seed: 2)]) { layer($0[0], context: $0[1]) }
  }

  @Test func mistakesStop() async {
    expectTrap(
      "MultiHeadAttention: a width of 4 cannot be divided among 3 heads",
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        var random = RandomGenerator(seed: 1)
        _ = MultiHeadAttention(width: 4, heads: 3, using: &random)
      })
    expectTrap(
      "batchedMatmul: ",
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        let (a, b) = (Tensor(zeros: [2, 3, 4]), Tensor(zeros: [3, 4, 2]))
        _ = batchedMatmul(Variable(constant: a), Variable(constant: b))
      })
    expectTrap(
      "MultiHeadAttention: the input [2, 3, 5] and the context [2, 3, 5] are not [batch, places, 4]",
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        var random = RandomGenerator(seed: 1)
        _ = MultiHeadAttention(width: 4, heads: 2, using: &random)(Tensor(zeros: [2, 3, 5]))
      })
  }
}
