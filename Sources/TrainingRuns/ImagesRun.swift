internal import Autodiff
internal import NeuralNetworks
internal import TensorCore

/// Noisy waves of five directions are told apart and redrawn without their noise, 12 steps.
func imagesRun() -> Outcome {
  let classes = 5
  let batch = 16
  var random = RandomGenerator(key: RandomKey(seed: 16).derived(2))
  var network = ImageNetwork(classes: classes, using: &random)
  var average = ExponentialMovingAverage(of: network, decay: 0.95, warmsUp: true)
  var adam = Adam(learningRate: 3e-3)
  var outcome = Outcome()
  for step in 0..<12 {
    let labels = random.integers(below: classes, count: batch)
    let clean = waves(labels, classes: classes, using: &random)
    let times = random.integers(below: 100, count: batch)
    let noisy = clean + random.normal(shape: clean.shape, standardDeviation: 0.3)
    let (loss, gradients) = valueAndGradient(updatingBuffersOf: &network) { network in
      let output = network.forward(noisy, times: times, using: &random)
      return crossEntropy(logits: output.logits, labels: labels) + meanSquaredError(output.redrawn, clean)
        + huberLoss(output.redrawn, clean, delta: 0.5) * 0.5
    }
    adam.update(&network, with: gradients)
    average.update(with: network)
    outcome.note(loss: loss, step: step)
  }
  outcome.note("weights", network.parameters)
  outcome.note("buffers", network.buffers)
  outcome.note("average of the weights", average.average.parameters)
  return outcome
}

/// A plane wave for each label, `[labels, 16, 16, 1]`, its phase drawn anew.
private func waves(_ labels: [Int], classes: Int, using random: inout RandomGenerator) -> Tensor {
  let phases = random.uniform(shape: [labels.count], in: 0..<6)
  return Tensor(shape: [labels.count, 16, 16, 1]) { pixels in
    for (index, label) in labels.enumerated() {
      let angle = Float(label) * Float.pi / Float(classes)
      let (across, along) = (cos(angle), sin(angle))
      for pixel in 0..<256 {
        let (row, column) = pixel.quotientAndRemainder(dividingBy: 16)
        pixels[index * 256 + pixel] = sin(0.9 * (across * Float(column) + along * Float(row)) + phases.scalars[index])
      }
    }
  }
}
