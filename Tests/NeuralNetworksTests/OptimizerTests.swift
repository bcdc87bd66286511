import Autodiff
import NeuralNetworks
import TensorCore
import TestSupport
import Testing

@Suite struct OptimizerTests {
  typealias Reference = OptimizerReference
  static let widths = [6, 8, 3, 8, 6]

  /// The network of the reference script, with its starting weights.
  private func network() -> MLP {
    var random = RandomGenerator(seed: 0)
    var network = MLP(widths: Self.widths, activation: .silu, using: &random)
    var place = 0
    func take(_ count: Int) -> ArraySlice<Float> {
      defer { place += count }
      return OptimizerStart.start[place..<place + count]
    }
    for (index, (inputs, outputs)) in zip(Self.widths, Self.widths.dropFirst()).enumerated() {
      let weight = fromPyTorch(take(inputs * outputs), outputs: outputs, inputs: inputs)
      network.layers[index] = Linear(weight: weight, bias: Tensor(Array(take(outputs))))
    }
    return network
  }

  private func flattened(_ network: MLP) -> Tensor {
    var scalars: [Float] = []
    for layer in network.layers { scalars += layer.weight.value.transposed().scalars + layer.bias.value.scalars }
    return Tensor(scalars)
  }

  /// Ten steps, as the script takes them.
  private func check(
    _ optimizer: some Optimizer, _ losses: [Float], _ end: [Float],
    sourceLocation: SourceLocation = #_sourceLocation, clip: (inout Gradients) -> Void = { _ in },
    result: (MLP) -> MLP = { $0 }
  ) {
    var (model, optimizer) = (network(), optimizer)
    var last = model
    let batch = Tensor(OptimizerStart.batch, shape: [7, 6])
    var found: [Float] = []
    for _ in 0..<10 {
      var (loss, gradients) = valueAndGradient(at: model) { model in meanSquaredError(model(batch), batch) }
      clip(&gradients)
      optimizer.update(&model, with: gradients)
      last = result(model)
      found.append(loss)
    }
    #expect(optimizer.step == 10, sourceLocation: sourceLocation)
    expectClose(Tensor(found), losses, "losses", sourceLocation: sourceLocation)
    expectClose(flattened(last), end, "weights", sourceLocation: sourceLocation)
  }

  @Test func plainDescent() { check(SGD(learningRate: 0.1), Reference.sgdLosses, Reference.sgdEnd) }

  @Test func momentumAndWeightDecay() {
    check(
      SGD(learningRate: 0.05, momentum: 0.9, weightDecay: 0.01), Reference.momentumLosses, Reference.momentumEnd)
  }

  @Test func nesterov() {
    check(SGD(learningRate: 0.05, momentum: 0.9, nesterov: true), Reference.nesterovLosses, Reference.nesterovEnd)
  }

  @Test func adam() { check(Adam(learningRate: 1e-2), Reference.adamLosses, Reference.adamEnd) }

  @Test func adamWithOtherConstants() {
    check(
      Adam(learningRate: 1e-2, betas: (0.5, 0.9), epsilon: 1e-7), Reference.adamBetasLosses, Reference.adamBetasEnd)
  }

  @Test func adamW() {
    check(Adam(learningRate: 1e-2, weightDecay: 0.1), Reference.adamWLosses, Reference.adamWEnd)
  }

  @Test func clippedGradients() {
    check(SGD(learningRate: 0.5), Reference.clippedLosses, Reference.clippedEnd, clip: { $0.clip(toNorm: 0.1) })
  }

  @Test func clippedEntries() {
    check(
      SGD(learningRate: 0.5), Reference.clippedEntriesLosses, Reference.clippedEntriesEnd,
      clip: { $0.clip(toMagnitude: 0.01) })
  }

  @Test func aSchedule() {
    let schedule = LearningRate.warmup(steps: 4, then: .cosine(from: 1e-2, to: 1e-3, steps: 5))
    check(Adam(learningRate: schedule), Reference.scheduledLosses, Reference.scheduledEnd)
  }

  @Test func averagedWeights() {
    var average = ExponentialMovingAverage(of: network(), decay: 0.8)
    check(
      SGD(learningRate: 0.1), Reference.averagedLosses, Reference.averagedEnd,
      result: { model in
        average.update(with: model)
        return average.average
      })
  }

  @Test func schedulesAgreeWithPyTorch() {
    typealias Rates = ScheduleReference
    let decay = LearningRate.decay(from: 0.1, factor: 0.5, every: 3)
    for (schedule, rates) in [
      (LearningRate.cosine(from: 0.1, to: 0.01, steps: 11), Rates.cosine),
      (.linear(from: 0.1, to: 0.025, steps: 8), Rates.linear), (decay, Rates.decay),
      (.warmup(steps: 4, then: decay), Rates.warmup),
    ] {
      for (step, rate) in rates.enumerated() { #expect((schedule(step: step) / rate - 1).magnitude < 1e-12) }
    }
  }

  @Test func clippingByMagnitude() {
    var gradients = Gradients([Tensor([3, -4]), Tensor([0.5])])
    #expect(gradients.norm == Float(25.25).squareRoot())
    gradients.clip(toMagnitude: 1)
    #expect(gradients.tensors == [Tensor([1, -1]), Tensor([0.5])])
  }

  @Test func updatingLeavesCopiesAlone() {
    let before = network()
    var model = before
    let batch = Tensor(OptimizerStart.batch, shape: [7, 6])
    var optimizer = SGD(learningRate: 1)
    optimizer.update(&model, with: valueAndGradient(at: model) { meanSquaredError($0(batch), batch) }.gradients)
    #expect(flattened(before) == Tensor(OptimizerStart.start))
    #expect(flattened(model) != flattened(before))
  }

  @Test func schedules() {
    let cosine = LearningRate.cosine(from: 1, to: 0.2, steps: 10)
    for (step, rate) in [(0, 1), (5, 0.6), (10, 0.2), (20, 0.2)] { #expect(abs(cosine(step: step) - rate) < 1e-15) }
    let linear = LearningRate.linear(from: 1, to: 0, steps: 4)
    #expect((0...5).map { linear(step: $0) } == [1, 0.75, 0.5, 0.25, 0, 0])
    let decay = LearningRate.decay(from: 8, factor: 0.5, every: 3)
    #expect([0, 2, 3, 6].map { decay(step: $0) } == [8, 8, 4, 2])
    let warm = LearningRate.warmup(steps: 4, then: decay)
    #expect([0, 1, 3, 4, 6, 7].map { warm(step: $0) } == [2, 4, 8, 8, 8, 4])
    let literal: LearningRate = 0.5
    #expect(literal(step: 99) == 0.5)
  }

  @Test func theMomentaOfAnotherModelStop() async {
    expectTrap(
      "SGD: this optimizer belongs to a model of 2 parameters",
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        var random = RandomGenerator(seed: 0)
        var optimizer = SGD(learningRate: 1, momentum: 0.5)
        for widths in [[2, 3], [2, 3, 3]] {
          var model = MLP(widths: widths, activation: .relu, using: &random)
          let (_, gradients) = valueAndGradient(at: model) { $0(Tensor(zeros: [1, 2])).sum() }
          optimizer.update(&model, with: gradients)
        }
      })
  }

  @Test func foreignGradientsStop() async {
    await #expect(processExitsWith: .failure) {
      var random = RandomGenerator(seed: 0)
      var model = Linear(2, 3, using: &random)
      var optimizer = SGD(learningRate: 1)
      optimizer.update(&model, with: Gradients([Tensor(zeros: [2, 3])]))
    }
  }
}
