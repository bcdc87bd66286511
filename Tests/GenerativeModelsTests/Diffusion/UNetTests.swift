import Autodiff
import GenerativeModels
import NeuralNetworks
import TensorCore
import TestSupport
import Testing

@Suite struct UNetTests {
  /// The values of parameter `number`, as the reference's script sets them.
  private func rule(_ count: Int, _ number: Int) -> [Float] {
    (0..<count).map { Float(($0 * 389 + number * 97 + $0 * $0 * 13) % 1024 - 512) / 1024 }
  }

  private func expectClose(
    _ found: [Float], _ expected: [Float], relative: Float, _ what: String,
    at location: SourceLocation = #_sourceLocation
  ) {
    #expect(found.count == expected.count, "\(what)", sourceLocation: location)
    let scale = expected.reduce(1e-30) { max($0, $1.magnitude) }
    for (index, (value, wanted)) in zip(found, expected).enumerated()
    where !((value - wanted).magnitude <= relative * scale) {
      Issue.record("\(what) entry \(index): \(value), expected \(wanted)", sourceLocation: location)
    }
  }

  /// What PyTorch has found for one network.
  private struct Reference {
    let output: [Float]
    let inputGradient: [Float]
    let gradientLengths: [Float]
    let gradientProducts: [Float]
  }

  /// Compares the answer, and the derivatives of its product with `upstream`.
  private func check(
    _ configuration: UNetConfiguration, on input: Tensor, times: [Double], labels: [Int?], upstream: Tensor,
    against reference: Reference
  ) {
    var random = RandomGenerator(seed: 1)
    var network = UNet(configuration, using: &random)
    let names = network.parameterNames
    var number = 0
    network.forEachParameter { parameter in
      var values = rule(parameter.value.count, number)
      if names[number].hasSuffix("orm.weight") { values = values.map { 1 + $0 } }
      parameter = Variable(constant: Tensor(values, shape: parameter.shape))
      number += 1
    }
    #expect(number == reference.gradientLengths.count)
    let output = network(Variable(constant: input), times: times, labels: labels)
    #expect(output.shape == upstream.shape)
    expectClose(output.value.scalars, reference.output, relative: 1e-5, "output")

    let byInput = valueAndGradient(at: input) { x in (network(x, times: times, labels: labels) * upstream).sum() }
    expectClose(byInput.gradient.scalars, reference.inputGradient, relative: 2e-5, "input gradient")
    let (_, gradients) = valueAndGradient(at: network) { network in
      (network(Variable(constant: input), times: times, labels: labels) * upstream).sum()
    }
    for (number, gradient) in gradients.tensors.enumerated() {
      let length = Gradients([gradient]).norm
      // A product may cancel: its error is measured by the length.
      let product = (gradient.reshaped(to: [-1]) * Tensor(rule(gradient.count, number + 1000))).sum().item
      let (wanted, by) = (reference.gradientLengths[number], reference.gradientProducts[number])
      #expect((length - wanted).magnitude <= 1e-4 * max(wanted, 1e-3), "\(names[number])")
      #expect((product - by).magnitude <= 1e-4 * max(wanted, 1e-3), "\(names[number])")
    }
  }

  @Test func forwardAndBackwardAgreeWithPyTorch() {
    typealias R = UNetReference
    check(
      UNetConfiguration(imageChannels: 2, widths: [4, 8], attentionHeads: 2, groups: 2, timeWidth: 4, classes: 3),
      on: Tensor(R.input, shape: [2, 4, 4, 2]), times: [0.25, 0.8], labels: [1, nil],
      upstream: Tensor(R.upstream, shape: [2, 4, 4, 2]),
      against: Reference(
        output: R.output, inputGradient: R.inputGradient, gradientLengths: R.gradientLengths,
        gradientProducts: R.gradientProducts))
  }

  /// Patches, three resolutions, two blocks at each and a learned variance, on an image that is not square.
  @Test func patchesAndLevelsAgreeWithPyTorch() {
    typealias R = PatchedUNetReference
    check(
      UNetConfiguration(
        patch: 2, widths: [4, 6, 8], blocks: 2, attentionHeads: 2, groups: 2, timeWidth: 4, learnsVariance: true),
      on: Tensor(rule(128, 500).map { 2 * $0 }, shape: [1, 8, 16, 1]), times: [0.6], labels: [nil],
      upstream: Tensor(rule(256, 501), shape: [1, 8, 16, 2]),
      against: Reference(
        output: R.output, inputGradient: R.inputGradient, gradientLengths: R.gradientLengths,
        gradientProducts: R.gradientProducts))
  }

  @Test func aNewNetworkSaysNothing() {
    var random = RandomGenerator(seed: 1)
    let network = UNet(UNetConfiguration(widths: [8, 8, 16], blocks: 2, learnsVariance: true), using: &random)
    let answer = network.predict(random.normal(shape: [3, 8, 12, 1]), time: 0.5)
    #expect(answer.shape == [3, 8, 12, 2])
    #expect(answer.scalars.allSatisfy { $0 == 0 })
    #expect(network.bottleneckFeatures(random.normal(shape: [300, 8, 8, 1]), time: 0.1).shape == [300, 16])
  }

  /// Two kinds of images, blank and full, under guidance: the labels are obeyed.
  @Test func guidanceObeysLabels() throws {
    var random = RandomGenerator(seed: 2)
    let labels = (0..<64).map { $0 % 2 }
    let images = Tensor(labels.flatMap { [Float](repeating: $0 == 0 ? -1 : 1, count: 16) }, shape: [64, 4, 4, 1])
    let network = UNet(
      UNetConfiguration(widths: [8], attentionHeads: 0, groups: 2, timeWidth: 8, classes: 2), using: &random)
    let diffusion = GaussianDiffusion(.cosine(steps: 30), target: .v, dataRange: -1...1)
    let configuration = TrainingConfiguration(
      steps: 150, batchSize: 32, learningRate: .cosine(from: 5e-3, to: 0, steps: 150))
    var learner = ConditionalDiffusionLearner(
      network, diffusion, data: images, labels: labels, averageDecay: 0.9, configuration: configuration)
    var trainer = Trainer(configuration)
    let rows = learner.rowNumbers
    try trainer.run(&learner, on: rows, using: &random)
    for weight: Float in [0, 1] {
      let guided = GuidedDenoiser(learner.averaged, labels: (0..<20).map { $0 % 2 }, weight: weight)
      let samples = diffusion.sample(guided, shape: [20, 4, 4, 1], method: .ddim(steps: 10), using: &random)
      let means = samples.reshaped(to: [20, 16]).mean(axis: 1).scalars
      let right = means.indices.filter { means[$0] * ($0 % 2 == 0 ? -1 : 1) > 0.5 }
      #expect(right.count >= 19, "weight \(weight): \(means)")
    }
  }

  /// (1 + w) f(x | label) - w f(x), by hand.
  @Test func guidanceIsThePapersFormula() {
    var random = RandomGenerator(seed: 3)
    let network = TimeMLP(dimension: 2, hidden: [8], timeWidth: 4, classes: 2, using: &random)
    let x = random.normal(shape: [3, 2])
    func answer(_ labels: [Int?]) -> Tensor {
      network(Variable(constant: x), times: [0.3, 0.3, 0.3], labels: labels).value
    }
    let guided = GuidedDenoiser(network, labels: [0, 1, 1], weight: 1.5).predict(x, time: 0.3)
    let wanted = answer([0, 1, 1]) * 2.5 - answer([nil, nil, nil]) * 1.5
    expectClose(guided.scalars, wanted.scalars, relative: 1e-6, "guided")
    #expect(GuidedDenoiser(network, labels: [0, 1, 1]).predict(x, time: 0.3) == answer([0, 1, 1]))
  }

  @Test func badImagesAndLabelsStop() async {
    expectTrap(
      "UNet: the input [1, 30, 30, 1] is not [batch, height, width, 1] with a height and width that are multiples of 4; "
        + "pad the images, or give fewer widths",
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        var random = RandomGenerator(seed: 1)
        let network = UNet(UNetConfiguration(widths: [8, 16, 16]), using: &random)
        _ = network.predict(Tensor(zeros: [1, 30, 30, 1]), time: 0.5)
      })
    expectTrap(
      "UNetConfiguration: the width 12 cannot be divided into 8 groups; make every width a multiple of groups",
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        var random = RandomGenerator(seed: 1)
        _ = UNet(UNetConfiguration(widths: [12]), using: &random)
      })
    expectTrap(
      "UNet: was given the label 0 but made without classes; make it with classes: n",
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        var random = RandomGenerator(seed: 1)
        let network = UNet(UNetConfiguration(widths: [8]), using: &random)
        _ = network(Variable(constant: Tensor(zeros: [1, 4, 4, 1])), times: [0.5], labels: [0])
      })
  }
}
