import Autodiff
import NeuralNetworks
import TensorCore
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
    await #expect(processExitsWith: .failure) {
      _ = crossEntropy(logits: Variable(Tensor([[1, 2]])), labels: [0, 1])
    }
    await #expect(processExitsWith: .failure) {
      _ = crossEntropy(logits: Variable(Tensor([[1, 2]])), labels: [2])
    }
    await #expect(processExitsWith: .failure) {
      _ = binaryCrossEntropy(logits: Variable(Tensor([[1, 2]])), targets: Tensor([1, 2]))
    }
    await #expect(processExitsWith: .failure) { _ = meanSquaredError(Variable(Tensor([[1, 2]])), Tensor([1, 2])) }
  }
}
