import Autodiff
import GenerativeModels
import Metrics
import NeuralNetworks
import TensorCore
import TestSupport
import Testing

@Suite struct ForgettingTests {
  /// Four classes of points, one in each corner.
  private func corners(_ count: Int, _ random: inout RandomGenerator) -> ClassifiedRows {
    let labels = (0..<count).map { $0 % 4 }
    let centers = labels.flatMap { [Float($0 % 2) * 2 - 1, Float($0 / 2) * 2 - 1] }
    let noise = random.normal(shape: [count, 2], standardDeviation: 0.3)
    return ClassifiedRows(Tensor(centers, shape: [count, 2]) + noise, labels: labels)
  }

  private func run(pretextWeight: Float, cycles: Int = 1) throws -> (
    [ForgettingExperiment<Shifts>.Visit], MLPDiscriminator
  ) {
    var random = RandomGenerator(seed: 5)
    let (training, test) = (corners(400, &random), corners(200, &random))
    var network = MLPDiscriminator(widths: [2, 16, 4], using: &random)
    let experiment = ForgettingExperiment(
      transformations: Shifts(count: 3, step: 1), pretextWeight: pretextWeight, stepsPerTask: 120, cycles: cycles,
      recoverySteps: 60, learningRate: 1e-2)
    var seen: [Int] = []
    let visits = try experiment.run(
      &network, training: training, test: test, using: &random,
      probe: { network in
        let probe = LinearProbe(features: network.features(of: training.rows), labels: training.labels)
        return probe.evaluate(network.features(of: test.rows), labels: test.labels).accuracy
      },
      observer: { step, count in
        seen.append(step)
        return count == cycles * 480
      })
    #expect(seen == visits.indices.map { ($0 + 1) * 120 })
    return (visits, network)
  }

  /// Each task is learned; at the switch the network still looks for the class before, which is worse than guessing;
  /// a few steps later it is better again.
  @Test func aNetworkForgets() throws {
    let (visits, _) = try run(pretextWeight: 0, cycles: 2)
    #expect(visits.map(\.task) == [0, 1, 2, 3, 0, 1, 2, 3])
    #expect(visits.map(\.step) == (0..<8).map { $0 * 120 })
    for visit in visits {
      #expect(visit.accuracyAtEnd > 0.95)
      // What is forgotten is the head's: the features still tell all four apart.
      #expect((visit.probe ?? 0) > 0.9, "\(visit)")
      if visit.step > 0 {
        #expect(visit.accuracyAfterSwitch < 0.45)
        #expect(visit.accuracyAfterRecovery > visit.accuracyAfterSwitch + 0.1)
      }
    }
  }

  /// The second task is learned beside the first where it has a weight.
  @Test func thePretextTaskIsLearnedBesides() throws {
    let networks = try [Float(0), 1].map { try run(pretextWeight: $0) }
    var random = RandomGenerator(seed: 9)
    let test = corners(200, &random)
    let shifts = Shifts(count: 3, step: 1)
    let costs = networks.map { _, network in
      let transformed = shifts.applied(to: test.rows)
      let logits = network.logits(of: transformed.rows).slice(axis: 1, 1..<4)
      return crossEntropy(logits: Variable(constant: logits), labels: transformed.labels).value.item
    }
    #expect(costs[1] < 0.8 && costs[0] > 1, "\(costs)")
    #expect(networks[1].0.allSatisfy { $0.accuracyAtEnd > 0.9 })
  }

  @Test func unusableRowsAreNamed() throws {
    func error(_ training: ClassifiedRows, _ test: ClassifiedRows) throws -> TrainingError {
      var random = RandomGenerator(seed: 1)
      var network = MLPDiscriminator(widths: [2, 4, 4], using: &random)
      let experiment = ForgettingExperiment(transformations: Shifts(count: 3, step: 1), pretextWeight: 0)
      return try #require(throws: TrainingError.self) {
        _ = try experiment.run(&network, training: training, test: test, using: &random)
      }
    }
    func rows(_ labels: [Int]) -> ClassifiedRows { ClassifiedRows(Tensor(zeros: [labels.count, 2]), labels: labels) }
    let sound = rows([0, 1, 0, 1])
    for label in [0, 1] {
      let one = rows([label, label, label, label])
      #expect(try error(one, sound) == .oneClass(argument: "training.labels", label: label, count: 4))
      #expect(try error(sound, one) == .oneClass(argument: "test.labels", label: label, count: 4))
    }
    #expect(
      try error(rows([0, 0, 0, 0]), sound).description == """
        cannot train: all 4 of training.labels are of one class, 0
          give rows of at least two classes
        """)
    #expect(
      try error(rows([0, 2, 0, 2]), sound).description == """
        cannot train: none of training.labels is of class 1
          give rows of every class, and count classes from 0 without gaps
        """)
    #expect(try error(rows([0, 1, 2]), sound) == .emptyClass(argument: "test.labels", label: 2))
    #expect(try error(rows([]), rows([])) == .unusableData(shape: [0, 2]))
    var damaged = Tensor(zeros: [4, 2])
    damaged[2, 1] = .nan
    #expect(
      try error(sound, ClassifiedRows(damaged, labels: sound.labels)) == .rowNotFinite(argument: "test.rows", row: 2))
  }

  /// A number that leaves Float's range in training, not in the data.
  @Test func aBrokenNetworkIsNamed() throws {
    var random = RandomGenerator(seed: 1)
    var network = MLPDiscriminator(widths: [2, 4, 4], using: &random)
    network.forEachParameter { $0 = Variable(constant: $0.value * .infinity) }
    let rows = corners(8, &random)
    let experiment = ForgettingExperiment(transformations: Shifts(count: 3, step: 1), pretextWeight: 0)
    #expect(throws: TrainingError.notFinite(tensor: "the network's layers.0.weight", step: 0)) {
      _ = try experiment.run(&network, training: rows, test: rows, using: &random)
    }
  }

  @Test func badInputStops() async {
    expectTrap(
      "ClassifiedRows: needs rows [n, ...] and a class of 0 or more for each, not [2, 2] and 1 labels",
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = ClassifiedRows(Tensor(zeros: [2, 2]), labels: [0])
      })
    expectTrap(
      "ForgettingExperiment: recoverySteps must be fewer than stepsPerTask and pretextWeight 0 or more, but they are 10 "
        + "and 1.0",
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = ForgettingExperiment(transformations: Rotations(), pretextWeight: 1, stepsPerTask: 10, recoverySteps: 10)
      })
  }
}
