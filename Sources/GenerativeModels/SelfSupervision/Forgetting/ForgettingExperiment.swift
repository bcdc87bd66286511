internal import Autodiff
public import NeuralNetworks
public import TensorCore

/// The experiment that shows a discriminator forget (Chen et al. 2019, arXiv 1811.11212, section 3): one network has to
/// tell one class from all the others, and after so many steps another class, round and round. What it knew of the
/// former classes is not asked for and fades, unless a second task, the same all the time, keeps the features of use:
/// to name the transformation that a row has been through.
///
/// The network has 1 + K logits: the first for "the present class", then one for each transformation. Batches are
/// balanced, half of them of the present class, and so is the accuracy: the mean of the shares that are right among the
/// class's rows and among the others, so that 0.5 is what guessing gives.
public struct ForgettingExperiment<T: Transformations> {
  /// What is measured around one switch of tasks.
  public struct Visit: Sendable, Equatable {
    /// The class that is told from the others.
    public var task: Int
    /// The steps taken before the switch to it.
    public var step: Int
    /// The balanced accuracy on the new task before it has been trained on this time.
    public var accuracyAfterSwitch: Double
    /// The same after `recoverySteps` more steps.
    public var accuracyAfterRecovery: Double
    /// The same at the end of the visit.
    public var accuracyAtEnd: Double
    /// What the probe said at the end of the visit.
    public var probe: Double?
  }

  public var transformations: T
  /// The weight of naming the transformation; 0 for the plain task.
  public var pretextWeight: Float
  /// The steps between two switches.
  public var stepsPerTask: Int
  /// How often each class comes round.
  public var cycles: Int
  public var batchSize: Int
  /// How many steps after a switch the accuracy is measured again.
  public var recoverySteps: Int
  public var learningRate: LearningRate

  /// Traps when a count is below 1, the batch below 2, the recovery not shorter than a task, or the weight negative.
  public init(
    transformations: T, pretextWeight: Float, stepsPerTask: Int = 1_000, cycles: Int = 1, batchSize: Int = 64,
    recoverySteps: Int = 20, learningRate: LearningRate = 1e-3
  ) {
    for (name, value, least) in [
      ("stepsPerTask", stepsPerTask, 2), ("cycles", cycles, 1), ("batchSize", batchSize, 2),
      ("recoverySteps", recoverySteps, 1),
    ] where value < least {
      trap("ForgettingExperiment", name + " must be at least " + String(least) + ", not " + String(value))
    }
    guard recoverySteps < stepsPerTask, pretextWeight >= 0, pretextWeight.isFinite else {
      trap(
        "ForgettingExperiment",
        "recoverySteps must be fewer than stepsPerTask and pretextWeight 0 or more, but they are "
          + String(recoverySteps) + " and " + pretextWeight.description)
    }
    self.transformations = transformations
    self.pretextWeight = pretextWeight
    self.stepsPerTask = stepsPerTask
    self.cycles = cycles
    self.batchSize = batchSize
    self.recoverySteps = recoverySteps
    self.learningRate = learningRate
  }

  /// Trains a network through all tasks and measures it around every switch.
  ///
  /// - Parameters:
  ///   - network: of 1 + K logits.
  ///   - training: rows to learn from, and their classes.
  ///   - test: other rows to measure on.
  ///   - probe: what else to measure at the end of each visit, such as a linear probe on ``Encoder/features(of:)``.
  ///   - observer: told the steps taken and all there are, at the end of each visit; says false to stop.
  /// - Returns: one entry for each visit.
  /// - Throws: a ``TrainingError`` when a number is or becomes NaN or infinite, or when some class has no rows or all of
  ///   them.
  public func run<D: Discriminator>(
    _ network: inout D, training: ClassifiedRows, test: ClassifiedRows, using random: inout RandomGenerator,
    probe: ((D) -> Double)? = nil, observer: ((Int, Int) -> Bool)? = nil
  ) throws(TrainingError) -> [Visit] {
    require(network, outputs: 1 + transformations.count, "ForgettingExperiment.run")
    let classes = max(training.classCount, test.classCount)
    let split = training.members(of: classes)
    try check(training, split, "training")
    try check(test, test.members(of: classes), "test")
    var optimizer = Adam(learningRate: learningRate)
    var visits: [Visit] = []
    for visit in 0..<cycles * classes {
      let task = visit % classes
      var found = Visit(
        task: task, step: optimizer.step, accuracyAfterSwitch: accuracy(network, task, test),
        accuracyAfterRecovery: 0, accuracyAtEnd: 0)
      for step in 0..<stepsPerTask {
        if step == recoverySteps { found.accuracyAfterRecovery = accuracy(network, task, test) }
        try learn(&network, &optimizer, task, training, split, &random)
      }
      found.accuracyAtEnd = accuracy(network, task, test)
      found.probe = probe.map { $0(network) }
      visits.append(found)
      if let observer, !observer(optimizer.step, cycles * classes * stepsPerTask) { break }
    }
    return visits
  }

  private func check(_ data: ClassifiedRows, _ members: [[Int]], _ name: String) throws(TrainingError) {
    guard let first = data.labels.first, data.rows.count > 0 else { throw .unusableData(shape: data.rows.shape) }
    if let row = data.rows.firstRowNotFinite { throw .rowNotFinite(argument: name + ".rows", row: row) }
    guard members[first].count < data.labels.count else {
      throw .oneClass(argument: name + ".labels", label: first, count: data.labels.count)
    }
    for (label, rows) in members.enumerated() where rows.isEmpty {
      throw .emptyClass(argument: name + ".labels", label: label)
    }
  }

  private func learn<D: Discriminator>(
    _ network: inout D, _ optimizer: inout Adam, _ task: Int, _ data: ClassifiedRows, _ members: [[Int]],
    _ random: inout RandomGenerator
  ) throws(TrainingError) {
    let own = members[task]
    var chosen: [Int] = []
    while chosen.count < batchSize / 2 { chosen.append(own[random.integer(below: own.count)]) }
    while chosen.count < batchSize {
      // Others are drawn from all rows until one is of another class, which leaves their mixture as it is.
      let place = random.integer(below: data.labels.count)
      if data.labels[place] != task { chosen.append(place) }
    }
    let rows = Variable(constant: data.rows.gatheringRows(at: chosen))
    let targets = Tensor(chosen.map { data.labels[$0] == task ? 1 : 0 }, shape: [batchSize, 1])
    let order = random.permutation(batchSize)
    let (loss, gradients) = valueAndGradient(updatingBuffersOf: &network) { network in
      let base = binaryCrossEntropy(logits: network.forward(rows).realness, targets: targets)
      if pretextWeight == 0 { return base }
      // The rows in random order, so that every transformation meets rows of every class.
      let transformed = transformations.applied(to: rows.gatheringRows(at: order), use: .oneEach)
      let pretext = crossEntropy(
        logits: network.forward(transformed.rows).columns(from: 1), labels: transformed.labels)
      return base + pretext * pretextWeight
    }
    guard loss.isFinite, gradients.norm.isFinite else {
      let name = network.firstParameterNotFinite ?? network.firstNotFinite(in: gradients)
      throw .notFinite(tensor: name.map { "the network's " + $0 } ?? "the loss", step: optimizer.step)
    }
    optimizer.update(&network, with: gradients)
  }

  private func accuracy<D: Discriminator>(_ network: D, _ task: Int, _ data: ClassifiedRows) -> Double {
    let logits = network.logits(of: data.rows)
    var hits = (own: 0, others: 0)
    var counts = (own: 0, others: 0)
    for (row, label) in data.labels.enumerated() {
      let isOwn = label == task
      let isHit = (logits[row, 0] > 0) == isOwn
      if isOwn {
        counts.own += 1
        hits.own += isHit ? 1 : 0
      } else {
        counts.others += 1
        hits.others += isHit ? 1 : 0
      }
    }
    return (Double(hits.own) / Double(counts.own) + Double(hits.others) / Double(counts.others)) / 2
  }
}

/// Rows and the class of each.
public struct ClassifiedRows: Sendable {
  public let rows: Tensor
  public let labels: [Int]

  /// Traps when there are not as many labels as rows, or a label is negative.
  public init(_ rows: Tensor, labels: [Int]) {
    guard rows.rank >= 2, rows.shape[0] == labels.count, labels.allSatisfy({ $0 >= 0 }) else {
      trap(
        "ClassifiedRows",
        "needs rows [n, ...] and a class of 0 or more for each, not " + describe(rows.shape) + " and "
          + String(labels.count) + " labels")
    }
    self.rows = rows
    self.labels = labels
  }

  /// One more than the largest class.
  var classCount: Int { (labels.max() ?? -1) + 1 }

  /// The rows of each class.
  func members(of classes: Int) -> [[Int]] {
    var members = [[Int]](repeating: [], count: classes)
    for (row, label) in labels.enumerated() { members[label].append(row) }
    return members
  }
}
