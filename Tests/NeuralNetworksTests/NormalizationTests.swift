import Autodiff
import NeuralNetworks
import TensorCore
import TestSupport
import Testing

@Suite struct NormalizationTests {
  @Test func layerNormAgreesWithPyTorch() {
    LayerNormReference.values.check(LayerNorm(6), inputShape: [5, 6]) { layer, x in layer(x) }
  }

  @Test func groupNormAgreesWithPyTorch() {
    GroupNormReference.values.check(GroupNorm(groups: 2, channels: 6), inputShape: [2, 3, 2, 6]) { layer, x in
      layer(x)
    }
  }

  @Test func batchNormAgreesWithPyTorch() {
    typealias Extras = BatchNormReferenceExtras
    let trained = BatchNormReference.values.check(BatchNorm(4), inputShape: [2, 3, 2, 4]) {
      $0.forward($1, phase: .training)
    }
    expectClose(trained.runningMean, Extras.afterMean, "mean")
    expectClose(trained.runningVariance, Extras.afterVariance, "variance")
    var start = BatchNorm(4)
    setParameters(of: &start, to: BatchNormReference.start)
    let x = Tensor(Extras.beforeInput, shape: [2, 3, 2, 4])
    expectClose(start(x).value, Extras.beforeEvaluation, "evaluation before")
    expectClose(trained(x).value, Extras.afterEvaluation, "evaluation after")
    // In evaluation nothing moves.
    var copy = trained
    let evaluated = copy.forward(x, phase: .evaluation)
    #expect(evaluated.value == trained(x).value)
    #expect(copy.buffers == trained.buffers)
  }

  @Test func fusedActivationsAgreeWithPyTorch() {
    ActivatedLayerNormReference.values.check(LayerNorm(6), inputShape: [5, 6]) { layer, x in
      layer(x, activation: .gelu)
    }
    ActivatedGroupNormReference.values.check(GroupNorm(groups: 2, channels: 6), inputShape: [2, 3, 2, 6]) { layer, x in
      layer(x, activation: .silu)
    }
    ActivatedBatchNormReference.values.check(BatchNorm(4), inputShape: [2, 3, 2, 4]) {
      $0.forward($1, phase: .training, activation: .silu)
    }
    let norm = BatchNorm(4)
    let x = numbers([3, 2, 4])
    #expect(norm(x, activation: .silu).value == silu(norm(x).value))
  }

  @Test func rowsAreNormalizedOneByOne() {
    let x = Tensor([[1, 2, 3, 6], [-4, 0, 0, 4]])
    let y = LayerNorm(4)(x).value
    expectClose(y.mean(axis: 1), [0, 0].map { $0 + 1e-7 }, relative: 10)
    expectClose(y.variance(axis: 1), [1, 1])
    #expect(y.rows(1..<2) == LayerNorm(4)(x.rows(1..<2)).value)
    // Equal numbers are no division by 0.
    #expect(LayerNorm(3)(Tensor([[5, 5, 5]])).value == Tensor([[0, 0, 0]]))
  }

  @Test func buffersFollowTheLossOnlyWhenAskedFor() {
    var model = BatchNorm(2)
    let x = Tensor([[1, 2], [3, 6]])
    let plain = valueAndGradient(at: model) { model in
      var copy = model
      return copy.forward(x, phase: .training).sum()
    }
    #expect(model.runningMean == Tensor([0, 0]))
    let updating = valueAndGradient(updatingBuffersOf: &model) { $0.forward(x, phase: .training).sum() }
    #expect(plain.gradients.tensors == updating.gradients.tensors)
    expectClose(model.runningMean, [0.2, 0.4])
    expectClose(model.runningVariance, [0.9 + 0.2, 0.9 + 0.8])
    #expect(!model.weight.isTracked)
  }

  @Test func derivativesAgreeWithDifferences() {
    let differences = FiniteDifferences(tolerance: 3e-4)
    let x = numbers([2, 4], in: -2...2)
    differences.check([x, numbers([4], seed: 2), numbers([4], seed: 3)]) { inputs in
      var layer = LayerNorm(4, epsilon: 0.1)
      (layer.weight, layer.bias) = (inputs[1], inputs[2])
      return layer(inputs[0])
    }
    differences.check([numbers([2, 2, 4], in: -2...2), numbers([4], seed: 2), numbers([4], seed: 3)]) { inputs in
      var layer = GroupNorm(groups: 2, channels: 4, epsilon: 0.1)
      (layer.weight, layer.bias) = (inputs[1], inputs[2])
      return layer(inputs[0])
    }
    differences.check([numbers([4, 2], in: -2...2), numbers([2], seed: 2), numbers([2], seed: 3)]) { inputs in
      var layer = BatchNorm(2, epsilon: 0.1)
      (layer.weight, layer.bias) = (inputs[1], inputs[2])
      return layer.forward(inputs[0], phase: .training)
    }
  }

  @Test func mistakesStop() async {
    expectTrap(
      "LayerNorm: the width must be positive, not 0",
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) { _ = LayerNorm(0) })
    expectTrap(
      "LayerNorm: the input [1, 2] does not end with the width of [3]",
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = LayerNorm(3)(Tensor([[1, 2]]))
      })
    expectTrap(
      "GroupNorm: 6 channels cannot be divided into 4 groups",
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = GroupNorm(groups: 4, channels: 6)
      })
    expectTrap(
      "GroupNorm: the input [1] is not [batch, ..., channels] of [1]",
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = GroupNorm(groups: 1, channels: 1)(Tensor([1]))
      })
    expectTrap(
      "BatchNorm: the input [1, 3] does not end with the channels of [2]",
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = BatchNorm(2)(Tensor([[1, 2, 3]]))
      })
    expectTrap(
      "BatchNorm: training needs more than one number for each channel, not the input [1, 2]",
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        var layer = BatchNorm(2)
        _ = layer.forward(Tensor([[1, 2]]), phase: .training)
      })
  }
}
