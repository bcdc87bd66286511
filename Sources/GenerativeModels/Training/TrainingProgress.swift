/// Where training stands, as an observer sees it.
public struct TrainingProgress: Sendable {
  /// The steps taken so far, this one included.
  public let step: Int
  /// The steps that the whole training takes.
  public let stepCount: Int
  /// The epoch of this step, counted from 0; 0 where batches are drawn and there are no epochs.
  public let epoch: Int
  /// What the step has reported.
  public let report: StepReport
  /// Set to true to end training after this step.
  public var shouldStop = false

  /// The loss on this step's batch.
  public var loss: Float { report.loss }
  /// The length of the gradients, where the step has computed it.
  public var gradientNorm: Float? { report.gradientNorm }
}

/// How training went.
public struct TrainingHistory: Sendable, Equatable {
  /// The loss of every step, in order.
  public private(set) var losses: [Float] = []
  /// The steps of one epoch; nil where batches are drawn and there are no epochs.
  public let stepsPerEpoch: Int?
  /// Whether an observer or a cancellation ended training early.
  public internal(set) var wasStopped = false
  /// The names of what else the steps reported.
  public private(set) var termNames: [String] = []
  private var termValues: [[Float]] = []

  init(stepsPerEpoch: Int?, capacity: Int) {
    self.stepsPerEpoch = stepsPerEpoch
    losses.reserveCapacity(capacity)
  }

  /// The values of a term (``StepReport/terms``) at every step, in order; empty for a name that was not reported.
  public subscript(term name: String) -> [Float] {
    for (index, known) in termNames.enumerated() where known == name { return termValues[index] }
    return []
  }

  /// The mean loss over each epoch, the last one possibly cut short; a single mean where there are no epochs.
  public var epochLosses: [Double] {
    stride(from: 0, to: losses.count, by: stepsPerEpoch ?? max(losses.count, 1)).map { start in
      let part = losses[start..<min(start + (stepsPerEpoch ?? losses.count), losses.count)]
      var total = 0.0
      for loss in part { total += Double(loss) }
      return total / Double(part.count)
    }
  }

  /// A history that was written down.
  package init(losses: [Float], stepsPerEpoch: Int?, terms: [(name: String, values: [Float])]) {
    self.losses = losses
    self.stepsPerEpoch = stepsPerEpoch
    termNames = terms.map { $0.name }
    termValues = terms.map { $0.values }
  }

  /// Takes in what came later, of the same training.
  package mutating func append(_ later: TrainingHistory) {
    if losses.isEmpty {
      termNames = later.termNames
      termValues = later.termNames.map { _ in [] }
    }
    losses += later.losses
    for index in termValues.indices where index < later.termValues.count {
      termValues[index] += later.termValues[index]
    }
    wasStopped = later.wasStopped
  }

  mutating func append(_ report: StepReport) {
    losses.append(report.loss)
    if termNames.isEmpty {
      for term in report.terms {
        termNames.append(term.name)
        termValues.append([])
      }
    }
    for (index, term) in report.terms.enumerated() where index < termValues.count {
      termValues[index].append(term.value)
    }
  }
}
