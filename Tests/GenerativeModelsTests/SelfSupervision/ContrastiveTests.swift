import Autodiff
import GenerativeModels
import NeuralNetworks
import TensorCore
import TestSupport
import Testing

@Suite struct ContrastiveTests {
  private let first = numbers([4, 3], seed: 2)
  private let second = numbers([4, 3], seed: 3)

  private func cosine(_ a: [Float], _ b: [Float]) -> Double {
    func dot(_ a: [Float], _ b: [Float]) -> Double { zip(a, b).map { Double($0) * Double($1) }.reduce(0, +) }
    return dot(a, b) / (dot(a, a) * dot(b, b)).squareRoot()
  }

  /// Both losses from their definitions, in Double.
  @Test func theFormulas() {
    let rows = (0..<4).map { first.rows($0..<$0 + 1).scalars } + (0..<4).map { second.rows($0..<$0 + 1).scalars }
    var total = 0.0
    for i in 0..<8 {
      let others = (0..<8).filter { $0 != i }.map { exp(cosine(rows[i], rows[$0]) / 0.5) }.reduce(0, +)
      total += log(others) - cosine(rows[i], rows[(i + 4) % 8]) / 0.5
    }
    let pairs = normalizedTemperatureCrossEntropy(Variable(first), Variable(second), temperature: 0.5)
    #expect(abs(Double(pairs.value.item) - total / 8) < 1e-5)

    total = 0
    for i in 0..<4 {
      let all = (4..<8).map { exp(cosine(rows[i], rows[$0]) / 0.5) }.reduce(0, +)
      total += log(all) - cosine(rows[i], rows[i + 4]) / 0.5
    }
    let keys = infoNCE(queries: Variable(first), keys: Variable(second), temperature: 0.5)
    #expect(abs(Double(keys.value.item) - total / 4) < 1e-5)
  }

  @Test func theGradients() {
    FiniteDifferences(tolerance: 1e-3).check([first, second], secondOrder: false) {
      normalizedTemperatureCrossEntropy($0[0], $0[1], temperature: 0.5)
    }
    FiniteDifferences(tolerance: 1e-3).check([first, second], secondOrder: false) {
      infoNCE(queries: $0[0], keys: $0[1], temperature: 0.5)
    }
  }

  @Test func viewsWithoutFreedomAreTheImages() {
    var random = RandomGenerator(seed: 1)
    let images = numbers([3, 5, 4, 2])
    let still = Views(smallestCrop: 1, farthestShift: 0, mirrors: false)
    #expect(still(images, using: &random) == images)
  }

  @Test func viewsShiftMirrorAndCrop() {
    var random = RandomGenerator(seed: 1)
    var image = Tensor(zeros: [1, 9])
    image[0, 4] = 1
    let many = image.broadcast(to: [200, 9])
    let shifted = Views(smallestCrop: 1, farthestShift: 1, mirrors: false)(many, using: &random)
    // The point lands on each of the nine places, whole.
    #expect(Set(shifted.argMax(axis: 1)) == Set(0..<9))
    #expect(shifted.sum(axis: 1).scalars.allSatisfy { $0 == 1 })

    let left = Tensor([[1, 0, 0, 0]])
    let mirrored = Views(smallestCrop: 1, farthestShift: 0, mirrors: true)(
      left.broadcast(to: [200, 4]), using: &random)
    let places = mirrored.argMax(axis: 1)
    #expect(Set(places) == [0, 1] && abs(places.filter { $0 == 1 }.count - 100) < 40)

    // A ramp stays a ramp under bilinear interpolation, and is less steep.
    let ramp = Tensor((0..<25).map { Float($0 % 5) }, shape: [1, 25])
    let cropped = Views(smallestCrop: 0.5, farthestShift: 0, mirrors: false)(ramp, using: &random)
    let slope = cropped[0, 1] - cropped[0, 0]
    #expect(slope > 0.5 && slope < 1)
    for index in 0..<25 { #expect(abs(cropped[0, index] - cropped[0, 0] - Float(index % 5) * slope) < 1e-5) }
  }

  /// Descriptions of views of one image come together.
  @Test func modelsLearn() throws {
    var random = RandomGenerator(seed: 1)
    // Patterns of four by four squares.
    let images = random.uniform(shape: [64, 4, 4, 1]).upsampledNearest(factor: 4)
    let model = ContrastiveModel(
      ConvEncoder(height: 16, width: 16, channels: [8], features: 32, using: &random), projectionWidth: 16,
      using: &random)
    let plan = TrainingConfiguration(epochs: 30, batchSize: 32, learningRate: 3e-3)
    let views = Views(smallestCrop: 0.9, farthestShift: 1, mirrors: false)
    var (learner, trainer) = (model.learner(views: views, configuration: plan), Trainer(plan))
    let history = try trainer.run(&learner, on: images, using: &random)
    #expect(history.epochLosses[29] < history.epochLosses[0] * 0.5, "\(history.epochLosses)")
    #expect(learner.model.features(of: images).shape == [64, 32])
  }

  /// Images with a bright top: a rotation shows where it has gone.
  @Test func rotationsAreNamed() throws {
    var random = RandomGenerator(seed: 1)
    let top = Tensor((0..<36).map { $0 < 12 ? 1 : 0 }, shape: [1, 36])
    let images = random.uniform(shape: [128, 36]) * 0.5 + top
    let model = PretextModel(MLPEncoder(widths: [36, 32], using: &random), using: &random)
    #expect(model.accuracy(on: images, Rotations()) < 0.6)
    let plan = TrainingConfiguration(epochs: 10, batchSize: 32, learningRate: 1e-2)
    var (learner, trainer) = (model.learner(Rotations(), configuration: plan), Trainer(plan))
    try trainer.run(&learner, on: images, using: &random)
    #expect(learner.model.accuracy(on: images, Rotations()) > 0.98)
  }

  @Test func badInputStops() async {
    await #expect(processExitsWith: .failure) { _ = Views(smallestCrop: 0) }
    await #expect(processExitsWith: .failure) {
      let row = Variable(Tensor(zeros: [1, 3]))
      _ = infoNCE(queries: row, keys: row, temperature: 1)
    }
    await #expect(processExitsWith: .failure) {
      let rows = Variable(Tensor(zeros: [2, 3]))
      _ = normalizedTemperatureCrossEntropy(rows, rows, temperature: 0)
    }
  }
}
