import Metrics
import TensorCore
import TestSupport
import Testing

@Suite struct LabelEfficiencyTests {
  /// Clusters in twenty dimensions, of which a coarse view keeps two.
  private struct Fixture {
    let training: Tensor
    let labels: [Int]
    let test: Tensor
    let testLabels: [Int]

    init(seed: UInt64 = 1, training: Int = 600, test: Int = 400, classes: Int = 5, spread: Float = 0.8) {
      var random = RandomGenerator(seed: seed)
      let centers = random.normal(shape: [classes, 20], standardDeviation: spread)
      labels = (0..<training).map { $0 % classes }
      testLabels = (0..<test).map { $0 % classes }
      self.training = centers.gatheringRows(at: labels) + random.normal(shape: [training, 20])
      self.test = centers.gatheringRows(at: testLabels) + random.normal(shape: [test, 20])
    }
  }

  private let fixture = Fixture()
  private let subjects = [
    ProbeSubject("whole") { $0 },
    ProbeSubject("coarse") { $0.slice(axis: 1, 0..<2) },
    ProbeSubject("noise") { rows in
      var random = RandomGenerator(seed: 5)
      return random.normal(shape: [rows.shape[0], 4])
    },
  ]

  private func measure(_ experiment: LabelEfficiency, seed: UInt64 = 3) throws -> LabelEfficiencyTable {
    var random = RandomGenerator(seed: seed)
    return try experiment.measure(
      subjects, training: fixture.training, labels: fixture.labels, test: fixture.test, testLabels: fixture.testLabels,
      using: &random)
  }

  @Test func moreLabelsAndBetterFeaturesHelp() throws {
    let table = try measure(LabelEfficiency(budgets: [5, 20, 100, 600], draws: 4))
    #expect(table.rows.map(\.name) == ["whole", "coarse", "noise"])
    #expect(table.rows.map(\.featureWidth) == [20, 2, 4])
    let whole = table.rows[0].means
    #expect(whole[3] > 0.9 && whole[0] > 0.4 && whole[0] < whole[2], "\(whole)")
    for budget in [20, 100, 600] {
      let cells = ["whole", "coarse", "noise"].compactMap { table[$0, budget] }
      #expect(cells[0].mean > cells[1].mean && cells[1].mean > cells[2].mean, "\(budget)")
    }
    #expect(abs((table["noise", 600]?.mean ?? 0) - 0.2) < 0.08)
    #expect(table["whole", 7] == nil && table["other", 5] == nil)
  }

  @Test func cellsStateTheirUncertainty() throws {
    let table = try measure(LabelEfficiency(budgets: [20, 600], draws: 4))
    let few = try #require(table["coarse", 20])
    let all = try #require(table["coarse", 600])
    #expect(few.accuracies.count == 4 && few.penalties.count == 4)
    let estimate = MeanEstimate(of: few.accuracies)
    #expect(few.mean == estimate.mean && few.spread == estimate.standardDeviation && few.interval == estimate.interval)
    // All labels can be drawn in one way only.
    #expect(all.accuracies.count == 1 && all.spread == 0)
    #expect(all.interval == wilsonInterval(successes: Int((all.mean * 400).rounded()), trials: 400))
  }

  /// The same generator, the same table, whatever other subjects there are; another one, other draws.
  @Test func tablesAreReproducible() throws {
    let experiment = LabelEfficiency(budgets: [10, 50], draws: 3)
    let table = try measure(experiment)
    #expect(try measure(experiment) == table)
    #expect(try measure(experiment, seed: 4) != table)
    var random = RandomGenerator(seed: 3)
    let alone = try experiment.measure(
      [subjects[1]], training: fixture.training, labels: fixture.labels, test: fixture.test,
      testLabels: fixture.testLabels, using: &random)
    #expect(alone.rows[0] == table.rows[1])
    // Nested: the smaller budget's labels are among the larger one's, so a classifier sees them again.
    var seen: [[[Float]]] = []
    let spy = ProbeSubject("spy") { rows, labels, test, _ in
      seen.append((0..<rows.shape[0]).map { rows.rows($0..<$0 + 1).scalars })
      let counts = (0..<5).map { label in labels.count { $0 == label } }
      #expect(Set(counts).count == 1)
      return [Int](repeating: 0, count: test.shape[0])
    }
    random = RandomGenerator(seed: 3)
    let constant = try experiment.measure(
      [spy], training: fixture.training, labels: fixture.labels, test: fixture.test, testLabels: fixture.testLabels,
      using: &random)
    #expect(constant.rows[0].featureWidth == nil && constant.rows[0].means.allSatisfy { abs($0 - 0.2) < 1e-12 })
    #expect(constant.rows[0].cells[0].penalties.isEmpty)
    // Budget after budget, three draws each.
    for draw in 0..<3 { #expect(Array(seen[3 + draw].prefix(10)) == seen[draw]) }
  }

  /// Unlabelled rows tell the scale of features that the labelled ones do not.
  @Test func descriptionsAreStandardizedOnAllRows() throws {
    let scaling = FeatureScaling(of: fixture.training)
    let scaled = scaling.apply(to: fixture.training)
    #expect(scaled.mean(axis: 0).scalars.allSatisfy { abs($0) < 1e-5 })
    #expect(scaled.variance(axis: 0).scalars.allSatisfy { abs($0 - 1) < 1e-4 })
    var random = RandomGenerator(seed: 3)
    let experiment = LabelEfficiency(budgets: [20], draws: 1, penalty: .fixed(0.02))
    let table = try experiment.measure(
      [subjects[0]], training: fixture.training, labels: fixture.labels, test: fixture.test,
      testLabels: fixture.testLabels, using: &random)
    var again = RandomGenerator(seed: 3)
    var own = again.split()
    let chosen = Array(balancedOrder(of: fixture.labels, using: &own).prefix(20))
    let probe = LinearProbe(
      features: fixture.training.gatheringRows(at: chosen), labels: chosen.map { fixture.labels[$0] }, penalty: 0.02,
      scaling: scaling)
    #expect(probe.evaluate(fixture.test, labels: fixture.testLabels).accuracy == table.rows[0].means[0])
    #expect(table.rows[0].cells[0].penalties == [0.02])
  }

  @Test func progressCounts() throws {
    var random = RandomGenerator(seed: 3)
    var seen: [LabelEfficiency.Progress] = []
    _ = try LabelEfficiency(budgets: [5, 600], draws: 2, penalty: .fixed(0.1)).measure(
      subjects, training: fixture.training, labels: fixture.labels, test: fixture.test, testLabels: fixture.testLabels,
      using: &random
    ) { seen.append($0) }
    #expect(seen.map(\.done) == Array(1...9) && seen.allSatisfy { $0.total == 9 })
    #expect(seen.map(\.subject) == ["whole", "coarse", "noise"].flatMap { [String](repeating: $0, count: 3) })
  }

  @Test func classifiersMayFail() {
    struct Failure: Error {}
    var random = RandomGenerator(seed: 3)
    #expect(throws: Failure.self) {
      try LabelEfficiency(budgets: [5]).measure(
        [ProbeSubject("fails") { _, _, _, _ in throw Failure() }], training: fixture.training, labels: fixture.labels,
        test: fixture.test, testLabels: fixture.testLabels, using: &random)
    }
  }

  /// Overlapping classes and many features that say nothing: a weak penalty fits the noise. Classes far apart with
  /// exact labels: a strong one only loses.
  @Test func thePenaltyIsChosenByWhatIsHeldOut() {
    let hard = Fixture(seed: 7, training: 100, test: 2_000, spread: 0.3)
    let chosen = LinearProbe(features: hard.training, labels: hard.labels, choosing: .heldOut())
    #expect(chosen.penalty >= 0.1, "\(chosen.penalty)")
    let accuracy = chosen.evaluate(hard.test, labels: hard.testLabels).accuracy
    let weak = LinearProbe(features: hard.training, labels: hard.labels, penalty: 1e-5)
    #expect(accuracy > weak.evaluate(hard.test, labels: hard.testLabels).accuracy)
    // Equal to the probe of that penalty.
    let same = LinearProbe(features: hard.training, labels: hard.labels, penalty: chosen.penalty)
    #expect(same.weight == chosen.weight && same.bias == chosen.bias)

    let easy = Fixture(seed: 8, training: 3_000, spread: 2)
    let confident = LinearProbe(features: easy.training, labels: easy.labels, choosing: .heldOut())
    #expect(confident.penalty <= 1e-2, "\(confident.penalty)")
    // One example a class leaves nothing to hold out.
    let single = LinearProbe(
      features: easy.training.rows(0..<5), labels: Array(easy.labels[..<5]), choosing: .heldOut(fallback: 0.25))
    #expect(single.penalty == 0.25)
    #expect(
      LinearProbe(features: hard.training, labels: hard.labels, choosing: .heldOut(candidates: [0.7])).penalty == 0.7)
  }

  @Test func badExperimentsStop() async {
    expectTrap(
      "LabelEfficiency: budgets: needs at least one, each of 2 labels or more, not []",
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = LabelEfficiency(budgets: [])
      })
    expectTrap(
      "LabelEfficiency: budgets: needs at least one, each of 2 labels or more, not [1]",
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = LabelEfficiency(budgets: [1])
      })
    expectTrap(
      "LabelEfficiency: draws: needs at least 1, not 0",
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = LabelEfficiency(budgets: [10], draws: 0)
      })
    expectTrap(
      "PenaltyChoice: fixed: must be above 0 and finite, such as 1e-3, not 0.0",
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = LabelEfficiency(budgets: [10], penalty: .fixed(0))
      })
    expectTrap(
      "PenaltyChoice.heldOut: candidates: needs at least one penalty, such as 1e-3",
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = LabelEfficiency(budgets: [10], penalty: .heldOut(candidates: []))
      })
  }

  @Test func badRowsAndLabelsStop() async {
    expectTrap(
      "LabelEfficiency.measure: budgets: 4 is not within 5...600, from one label a class to all there are",
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = try LabelEfficiencyTests().measure(LabelEfficiency(budgets: [4]))
      })
    expectTrap(
      "LabelEfficiency.measure: budgets: 601 is not within 5...600, from one label a class to all there are",
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = try LabelEfficiencyTests().measure(LabelEfficiency(budgets: [601]))
      })
    expectTrap(
      "LabelEfficiency.measure: the features of broken: row 0 holds ",
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        let (fixture, experiment) = (Fixture(), LabelEfficiency(budgets: [5]))
        var random = RandomGenerator(seed: 1)
        _ = try experiment.measure(
          [ProbeSubject("broken") { $0 / 0 }], training: fixture.training, labels: fixture.labels, test: fixture.test,
          testLabels: fixture.testLabels, using: &random)
      })
    expectTrap(
      "LabelEfficiency.measure: labels: needs one label for each of the 600 rows, not 1",
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        let (fixture, experiment) = (Fixture(), LabelEfficiency(budgets: [5]))
        var random = RandomGenerator(seed: 1)
        _ = try experiment.measure(
          [], training: fixture.training, labels: [1], test: fixture.test, testLabels: fixture.testLabels,
          using: &random)
      })
    expectTrap(
      "LabelEfficiency.measure: labels: all 600 are 1; needs examples of at least two classes",
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        let (fixture, experiment) = (Fixture(), LabelEfficiency(budgets: [5]))
        var random = RandomGenerator(seed: 1)
        _ = try experiment.measure(
          [], training: fixture.training, labels: [Int](repeating: 1, count: 600), test: fixture.test,
          testLabels: fixture.testLabels, using: &random)
      })
  }
}
