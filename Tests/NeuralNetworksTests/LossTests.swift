import Autodiff
import NeuralNetworks
import TensorCore
import TestSupport
import Testing

@Suite struct LossTests {
  typealias Reference = LossReference
  let predictions = Tensor(Reference.predictions, shape: [4, 3])
  let targets = Tensor(Reference.targets, shape: [4, 3])
  let logits = Tensor(Reference.logits, shape: [4, 3])
  let probabilities = Tensor(Reference.probabilities, shape: [4, 3])
  let labels = [2, 0, 1, 2]

  private func check(
    at point: Tensor, _ value: [Float], _ gradient: [Float], sourceLocation: SourceLocation = #_sourceLocation,
    _ loss: (Variable) -> Variable
  ) {
    let found = valueAndGradient(at: point, loss)
    expectClose(Tensor([found.value]), value, "value", sourceLocation: sourceLocation)
    expectClose(found.gradient, gradient, "gradient", sourceLocation: sourceLocation)
  }

  @Test func meansAgreeWithPyTorch() {
    check(at: predictions, Reference.meanSquaredErrorMean, Reference.meanSquaredErrorMeanGradient) {
      meanSquaredError($0, targets)
    }
    check(at: predictions, Reference.meanAbsoluteErrorMean, Reference.meanAbsoluteErrorMeanGradient) {
      meanAbsoluteError($0, targets)
    }
    check(at: predictions, Reference.huberMean, Reference.huberMeanGradient) { huberLoss($0, targets) }
    check(at: logits, Reference.binaryCrossEntropyMean, Reference.binaryCrossEntropyMeanGradient) {
      binaryCrossEntropy(logits: $0, targets: probabilities)
    }
    check(at: logits, Reference.crossEntropyMean, Reference.crossEntropyMeanGradient) {
      crossEntropy(logits: $0, labels: labels)
    }
  }

  @Test func sumsAgreeWithPyTorch() {
    check(at: predictions, Reference.meanSquaredErrorSum, Reference.meanSquaredErrorSumGradient) {
      Reduction.sum(square($0 - targets))
    }
    check(at: predictions, Reference.huberSum, Reference.huberSumGradient) {
      huberLoss($0, targets, reduction: .sum)
    }
    check(at: logits, Reference.binaryCrossEntropySum, Reference.binaryCrossEntropySumGradient) {
      binaryCrossEntropy(logits: $0, targets: probabilities, reduction: .sum)
    }
    check(at: logits, Reference.crossEntropySum, Reference.crossEntropySumGradient) {
      crossEntropy(logits: $0, labels: labels, reduction: .sum)
    }
  }

  @Test func unreducedTermsKeepTheirShape() {
    let x = Variable(constant: logits)
    #expect(binaryCrossEntropy(logits: x, targets: probabilities, reduction: .none).shape == [4, 3])
    #expect(crossEntropy(logits: x, labels: labels, reduction: .none).shape == [4])
    #expect(huberLoss(x, targets, reduction: .none).shape == [4, 3])
  }

  @Test func reducedTermsAreTheFusedLosses() {
    let x = Variable(constant: logits)
    for reduction in [Reduction.mean, .sum] {
      for (terms, fused) in [
        (
          binaryCrossEntropy(logits: x, targets: probabilities, reduction: .none),
          binaryCrossEntropy(logits: x, targets: probabilities, reduction: reduction)
        ),
        (
          crossEntropy(logits: x, labels: labels, reduction: .none),
          crossEntropy(logits: x, labels: labels, reduction: reduction)
        ),
      ] {
        expectClose(fused.value, reduction(terms).value.scalars)
      }
    }
  }

  /// Both sides of a GAN's game.
  @Test func oneTargetForAll() {
    let x = Variable(constant: logits)
    for target: Float in [0, 1, 0.9] {
      let same = Tensor(repeating: target, shape: logits.shape)
      for reduction in [Reduction.mean, .sum, .none] {
        let found = binaryCrossEntropy(logits: x, target: target, reduction: reduction).value
        #expect(found == binaryCrossEntropy(logits: x, targets: same, reduction: reduction).value)
      }
      let slopes = valueAndGradient(at: logits) { binaryCrossEntropy(logits: $0, target: target) }.gradient
      #expect(slopes == valueAndGradient(at: logits) { binaryCrossEntropy(logits: $0, targets: same) }.gradient)
    }
    expectClose(binaryCrossEntropy(logits: x, target: 1, reduction: .none).value, softplus(-x).value.scalars)
    expectClose(binaryCrossEntropy(logits: x, target: 0, reduction: .none).value, softplus(x).value.scalars)
  }

  /// A discriminator that is sure, and right, still has a loss and a slope: e^-20 is small beside 1, not 0.
  @Test func confidentAnswersAreNotRoundedAway() {
    for (logit, target): (Float, Float) in [(20, 1), (-20, 0)] {
      let found = valueAndGradient(at: Tensor([logit])) { binaryCrossEntropy(logits: $0, target: target) }
      expectClose(Tensor([found.value]), [2.0611537e-9])
      expectClose(found.gradient, [(0.5 - target) * 2 * 2.0611537e-9])
    }
    let classes = valueAndGradient(at: Tensor([[20, 0]])) { crossEntropy(logits: $0, labels: [0]) }
    expectClose(classes.gradient, [-2.0611537e-9, 2.0611537e-9])
  }

  @Test func derivativesAgreeWithDifferences() {
    let differences = FiniteDifferences()
    let points = numbers([3, 4], in: -2...2)
    let probabilities = numbers([3, 4], in: 0...1, seed: 6)
    for reduction in [Reduction.mean, .sum, .none] {
      differences.check([points]) { binaryCrossEntropy(logits: $0[0], targets: probabilities, reduction: reduction) }
      differences.check([points]) { binaryCrossEntropy(logits: $0[0], target: 1, reduction: reduction) }
      differences.check([points]) { crossEntropy(logits: $0[0], labels: [3, 0, 3], reduction: reduction) }
      // Away from the kinks at distances of 0 and 1.
      differences.check([numbersAwayFromZero([3, 4]) * 0.8]) {
        huberLoss($0[0], Tensor(zeros: [3, 4]), reduction: reduction)
      }
      differences.check([numbersAwayFromZero([3, 4]) * 20]) {
        huberLoss($0[0], Tensor(zeros: [3, 4]), reduction: reduction)
      }
    }
    // The upstream gradient is not always 1.
    differences.check([points]) { square(binaryCrossEntropy(logits: $0[0], target: 0)) * 3 }
    differences.check([points]) { square(crossEntropy(logits: $0[0], labels: [3, 0, 3])) * 3 }
  }

  /// Beyond one block of a sum, and beyond what one thread does alone.
  @Test func largeBatchesAgreeWithTheirTerms() {
    let many = numbers([9000, 10], in: -4...4)
    let labels = (0..<9000).map { $0 * 7 % 10 }
    let binary = valueAndGradient(at: many) { binaryCrossEntropy(logits: $0, target: 1) }
    let naive = valueAndGradient(at: many) { binaryCrossEntropy(logits: $0, target: 1, reduction: .none).mean() }
    expectClose(Tensor([binary.value]), [naive.value])
    expectClose(binary.gradient, naive.gradient.scalars)
    let classes = valueAndGradient(at: many) { crossEntropy(logits: $0, labels: labels) }
    let naiveClasses = valueAndGradient(at: many) { crossEntropy(logits: $0, labels: labels, reduction: .none).mean() }
    expectClose(Tensor([classes.value]), [naiveClasses.value])
    expectClose(classes.gradient, naiveClasses.gradient.scalars)
  }

  /// Where the naive forms overflow or cancel.
  @Test func extremeLogitsStayFinite() {
    let extreme = Tensor([[-200, 200], [1000, -1000]])
    let binary = valueAndGradient(at: extreme) {
      binaryCrossEntropy(logits: $0, targets: Tensor([[0, 1], [0, 1]]), reduction: .sum)
    }
    #expect(binary.value == 2000)
    #expect(binary.gradient == Tensor([[0, 0], [1, -1]]))
    let classes = valueAndGradient(at: extreme) { crossEntropy(logits: $0, labels: [1, 1], reduction: .sum) }
    #expect(classes.value == 2000)
    #expect(classes.gradient == Tensor([[0, 0], [1, -1]]))
  }

  @Test func mistakesStop() async {
    expectTrap(
      "crossEntropy: 2 labels do not fit logits of the shape [1, 2]",
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = crossEntropy(logits: Variable(Tensor([[1, 2]])), labels: [0, 1])
      })
    expectTrap(
      "crossEntropy: the label 2 is outside 0..<2",
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = crossEntropy(logits: Variable(Tensor([[1, 2]])), labels: [2])
      })
    expectTrap(
      "crossEntropy: the label -1 is outside 0..<2",
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = crossEntropy(logits: Variable(Tensor([[1, 2]])), labels: [-1], reduction: .none)
      })
    expectTrap(
      "binaryCrossEntropy: the target must lie in 0...1, but is 1.5",
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = binaryCrossEntropy(logits: Variable(Tensor([1, 2])), target: 1.5)
      })
    await #expect(processExitsWith: .failure) {
      _ = binaryCrossEntropy(logits: Variable(Tensor([[1, 2]])), targets: Tensor([1, 2]))
    }
    await #expect(processExitsWith: .failure) { _ = meanSquaredError(Variable(Tensor([[1, 2]])), Tensor([1, 2])) }
  }
}
