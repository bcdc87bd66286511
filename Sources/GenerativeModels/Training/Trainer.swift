public import TensorCore

/// Runs a learner over data, epoch after epoch, in an order that the random generator alone determines.
///
/// A trainer is a value that holds the place reached. With the learner and the random generator it is all there is to
/// the state of a training: copies of the three resume to the bit where the copy was made.
///
/// ```swift
/// var trainer = Trainer(TrainingConfiguration(epochs: 6, batchSize: 128))
/// let history = try trainer.run(&learner, on: images, using: &random) { learner, progress in
///   print(progress.step, progress.loss)
/// }
/// ```
public struct Trainer: Sendable {
  public let configuration: TrainingConfiguration
  /// The steps taken so far.
  public private(set) var step = 0
  /// The rows of the present epoch in the order in which they are visited, and how many have been.
  private var order: [Int] = []
  private var visited = 0
  private var epoch = 0

  /// Traps when epochs, the batch size or the period of the observer are below 1.
  public init(_ configuration: TrainingConfiguration) {
    for (name, value) in [
      ("epochs", configuration.epochs), ("batchSize", configuration.batchSize),
      ("observeEvery", configuration.observeEvery),
    ] where value < 1 {
      trap("Trainer", name + " must be at least 1, not " + String(value))
    }
    self.configuration = configuration
  }

  /// Trains from the place reached to the end, or until the observer says stop.
  ///
  /// Each epoch shuffles the rows anew and cuts them into batches; the last batch holds what is left.
  ///
  /// - Parameters:
  ///   - data: one example a row, `[rows, ...]`.
  ///   - random: the only source of randomness: it shuffles, and the learner draws from it.
  ///   - observer: sees the learner and the progress after every `observeEvery` steps and after the last, and may set
  ///     `shouldStop`.
  /// - Returns: the losses of the steps that this call took.
  /// - Throws: a ``TrainingError`` when a number stops being finite or there is nothing to learn from.
  @discardableResult
  public mutating func run<L: Learner>(
    _ learner: inout L, on data: Tensor, using random: inout RandomGenerator,
    observer: ((L, inout TrainingProgress) -> Void)? = nil
  ) throws(TrainingError) -> TrainingHistory {
    guard let rows = data.shape.first, data.count > 0 else { throw .unusableData(shape: data.shape) }
    let stepsPerEpoch = (rows + configuration.batchSize - 1) / configuration.batchSize
    let stepCount = stepsPerEpoch * configuration.epochs
    var history = TrainingHistory(stepsPerEpoch: stepsPerEpoch)
    history.losses.reserveCapacity(stepCount - step)
    while epoch < configuration.epochs {
      if visited == 0 { order = random.permutation(rows) }
      guard order.count == rows else {
        trap("Trainer.run", "began on " + String(order.count) + " rows and cannot go on with " + String(rows))
      }
      let end = min(visited + configuration.batchSize, rows)
      let batch = data.gatheringRows(at: Array(order[visited..<end]))
      let report = try learner.learn(from: batch, using: &random)
      var progress = TrainingProgress(
        step: step + 1, stepCount: stepCount, epoch: epoch, loss: report.loss, gradientNorm: report.gradientNorm)
      step += 1
      visited = end
      if visited == rows {
        visited = 0
        epoch += 1
      }
      history.losses.append(report.loss)
      if let observer, step % configuration.observeEvery == 0 || step == stepCount {
        observer(learner, &progress)
        if progress.shouldStop {
          history.wasStopped = true
          return history
        }
      }
    }
    return history
  }
}
