public import TensorCore

/// The experiment behind "do we need labels?": what a linear probe makes of frozen descriptions, given so many labels and
/// no more.
///
/// Labels are drawn at random, with as many of every class as can be; a draw's budgets are nested, and all subjects are
/// given the same draws. Descriptions are standardized over all training rows, labelled or not. A probe's penalty is
/// chosen among the labels at hand.
///
/// ```swift
/// let experiment = LabelEfficiency(budgets: [10, 100, 1_000, 60_000], draws: 5)
/// let table = try experiment.measure(
///   subjects, training: images, labels: train.labels, test: testImages, testLabels: test.labels, using: &random)
/// table["autoencoder", 100]?.mean
/// ```
public struct LabelEfficiency: Sendable, Equatable {
  /// The numbers of labels.
  public let budgets: [Int]
  /// How often labels are drawn for each budget; a budget of all labels there are is measured once.
  public let draws: Int
  /// How the probes' penalties are found.
  public let penalty: PenaltyChoice
  /// Of the intervals.
  public let confidence: Double

  /// Traps when there is no budget or draw, a budget is below 2, a penalty is not above 0, or the confidence does not
  /// lie between 0 and 1.
  public init(budgets: [Int], draws: Int = 5, penalty: PenaltyChoice = .heldOut(), confidence: Double = 0.95) {
    guard !budgets.isEmpty, budgets.allSatisfy({ $0 >= 2 }) else {
      trap("LabelEfficiency", "budgets: needs at least one, each of 2 labels or more, not \(budgets)")
    }
    guard draws >= 1 else { trap("LabelEfficiency", "draws: needs at least 1, not \(draws)") }
    penalty.validate()
    requireConfidence(confidence, "LabelEfficiency")
    self.budgets = budgets
    self.draws = draws
    self.penalty = penalty
    self.confidence = confidence
  }

  /// Where the experiment stands.
  public struct Progress: Sendable, Equatable {
    /// The subject that is measured.
    public let subject: String
    /// The probes and classifiers that are done, of how many.
    public let done: Int
    public let total: Int
  }

  /// Measures every subject at every budget.
  ///
  /// - Parameters:
  ///   - training: rows `[n, ...]`, which subjects may have seen without their labels.
  ///   - labels: their n classes, counted from 0.
  ///   - test: other rows, and their classes.
  ///   - random: draws the labels, and serves classifiers. It moves on by the same amount whatever the subjects are.
  ///   - observer: told after every probe and classifier.
  /// - Throws: what a classifier throws.
  ///
  /// Traps when rows and labels do not fit, there are fewer rows than a budget asks for, a budget is smaller than the
  /// number of classes, or a subject's descriptions are not `[n, d]` or not finite.
  public func measure(
    _ subjects: [ProbeSubject], training: Tensor, labels: [Int], test: Tensor, testLabels: [Int],
    using random: inout RandomGenerator, observer: ((Progress) -> Void)? = nil
  ) throws -> LabelEfficiencyTable {
    let classes = require(training, labels, test, testLabels)
    let orders = (0..<draws).map { _ in
      var own = random.split()
      return balancedOrder(of: labels, using: &own)
    }
    var classifierRandom = random.split()
    let counts = budgets.map { $0 == labels.count ? 1 : draws }
    let total = counts.reduce(0, +) * subjects.count
    var done = 0
    var rows: [LabelEfficiencyTable.Row] = []
    for subject in subjects {
      var width: Int?
      var run: (_ chosen: [Int]) throws -> (hits: Double, penalty: Double?)
      switch subject.kind {
      case .features(let features):
        let described = Described(features, training, test, name: subject.name)
        width = described.width
        run = { chosen in described.probe(chosen, labels, testLabels, classes, penalty) }
      case .classifier(let classifier):
        run = { chosen in
          var own = classifierRandom.split()
          let guesses = try classifier(training.gatheringRows(at: chosen), chosen.map { labels[$0] }, test, &own)
          return (accuracy(of: guesses, against: testLabels), nil)
        }
      }
      var cells: [LabelEfficiencyTable.Cell] = []
      for (budget, count) in zip(budgets, counts) {
        var (accuracies, penalties): ([Double], [Double]) = ([], [])
        for order in orders.prefix(count) {
          let found = try run(Array(order.prefix(budget)))
          accuracies.append(found.hits)
          if let penalty = found.penalty { penalties.append(penalty) }
          done += 1
          observer?(Progress(subject: subject.name, done: done, total: total))
        }
        cells.append(
          LabelEfficiencyTable.Cell(
            budget: budget, accuracies: accuracies, penalties: penalties, testCount: testLabels.count,
            confidence: confidence))
      }
      rows.append(LabelEfficiencyTable.Row(name: subject.name, featureWidth: width, cells: cells))
    }
    return LabelEfficiencyTable(budgets: budgets, rows: rows)
  }

  /// The number of classes.
  private func require(_ training: Tensor, _ labels: [Int], _ test: Tensor, _ testLabels: [Int]) -> Int {
    let operation = "LabelEfficiency.measure"
    guard training.rank >= 2, test.rank >= 2, training.shape.dropFirst() == test.shape.dropFirst() else {
      trap(
        operation,
        "training and test: need rows of one shape, [count, ...], not \(describe(training.shape)) and "
          + describe(test.shape))
    }
    let classes = requireSeveralClasses(labels, count: training.shape[0], operation)
    guard !testLabels.isEmpty else { trap(operation, "testLabels: needs at least one") }
    requireLabels(testLabels, "testLabels", count: test.shape[0], classes: classes, operation)
    let present = Set(labels).count
    for budget in budgets where budget > labels.count || budget < present {
      trap(
        operation,
        "budgets: \(budget) is not within \(present)...\(labels.count), from one label a class to all there are")
    }
    return classes
  }
}

/// What a subject makes of the rows, standardized.
private struct Described {
  let width: Int
  private let (training, test): (Tensor, Tensor)

  init(_ features: (Tensor) -> Tensor, _ rows: Tensor, _ testRows: Tensor, name: String) {
    let operation = "LabelEfficiency.measure"
    let (raw, testRaw) = (features(rows), features(testRows))
    for (found, expected) in [(raw, rows), (testRaw, testRows)] {
      requireRows(found, "the features of \(name)", operation)
      guard found.shape[0] == expected.shape[0] else {
        trap(operation, "the features of \(name): \(expected.shape[0]) rows gave \(found.shape[0])")
      }
    }
    let scaling = FeatureScaling(of: raw)
    (training, test) = (scaling.apply(to: raw), scaling.apply(to: testRaw))
    width = raw.shape[1]
  }

  func probe(
    _ chosen: [Int], _ labels: [Int], _ testLabels: [Int], _ classes: Int, _ penalty: PenaltyChoice
  ) -> (hits: Double, penalty: Double?) {
    let probe = LinearProbe(
      standardized: training.gatheringRows(at: chosen), labels: chosen.map { labels[$0] }, classes: classes,
      choosing: penalty)
    return (accuracy(of: probe.predict(test), against: testLabels), probe.penalty)
  }
}
