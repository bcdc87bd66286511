public import TensorCore

/// Runs a learner over data, in an order that the random generator alone determines.
///
/// A trainer is a value that holds the place reached. With the learner and the random generator it is all there is to
/// the state of a training: copies of the three resume to the bit where the copy was made, and a ``Checkpoint`` keeps
/// them in a file.
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
  public internal(set) var step = 0
  /// Whether the last run came to the end of the training.
  public private(set) var isFinished = false
  /// The rows of the present epoch in the order in which they are visited, and how many have been.
  private var order: [Int] = []
  var visited = 0
  var epoch = 0
  /// What the order was drawn from, to be drawn again by one who resumes, and the rows there were.
  var epochStart: RandomGenerator?
  var rowCount = 0

  /// Traps when the length, the batch size or the period of the observer are below 1.
  public init(_ configuration: TrainingConfiguration) {
    let length =
      switch configuration.length {
      case .epochs(let count): ("epochs", count)
      case .steps(let count): ("steps", count)
      }
    for (name, value) in [
      length, ("batchSize", configuration.batchSize), ("observeEvery", configuration.observeEvery),
    ] where value < 1 {
      trap("Trainer", name + " must be at least 1, not " + String(value))
    }
    self.configuration = configuration
  }

  /// Trains from the place reached to the end, or until somebody says stop.
  ///
  /// Each epoch shuffles the rows anew and cuts them into batches; the last batch holds what is left.
  ///
  /// - Parameters:
  ///   - data: one example a row, `[rows, ...]`.
  ///   - limit: the step to stop at, if that comes before the end: for saving a checkpoint there.
  ///   - random: the only source of randomness: it shuffles, and the learner draws from it.
  ///   - observer: sees the learner and the progress after every `observeEvery` steps and after the last, and may set
  ///     `shouldStop`.
  ///   - isCancelled: asked before every step; once it says true, training stops.
  /// - Returns: the losses of the steps that this call took.
  /// - Throws: a ``TrainingError`` when a number is or becomes NaN or infinite, or there is nothing to learn from.
  @discardableResult
  public mutating func run<L: Learner>(
    _ learner: inout L, on data: Tensor, upTo limit: Int? = nil, using random: inout RandomGenerator,
    observer: ((L, inout TrainingProgress) -> Void)? = nil, isCancelled: (() -> Bool)? = nil
  ) throws(TrainingError) -> TrainingHistory {
    guard let rows = data.shape.first, data.count > 0 else { throw .unusableData(shape: data.shape) }
    if let row = data.firstRowNotFinite { throw .rowNotFinite(argument: "data", row: row) }
    let perEpoch = (rows + configuration.batchSize - 1) / configuration.batchSize
    let stepCount =
      switch configuration.length {
      case .epochs(let epochs): epochs * perEpoch
      case .steps(let steps): steps
      }
    beginOrResume(rows, &random)
    return try loop(&learner, stepCount, perEpoch, limit, &random, isCancelled, observer) { trainer, random in
      trainer.nextBatch(of: data, &random)
    }
  }

  /// The same on batches that are drawn afresh for every step, as from a known density: there are no epochs, and the
  /// configuration has to count steps.
  ///
  /// - Parameter draw: gives that many rows: `{ count, random in ring.sample(count: count, using: &random) }`.
  @discardableResult
  public mutating func run<L: Learner>(
    _ learner: inout L, drawing draw: (Int, inout RandomGenerator) -> Tensor, upTo limit: Int? = nil,
    using random: inout RandomGenerator, observer: ((L, inout TrainingProgress) -> Void)? = nil,
    isCancelled: (() -> Bool)? = nil
  ) throws(TrainingError) -> TrainingHistory {
    guard case .steps(let stepCount) = configuration.length else {
      trap("Trainer.run(drawing:)", "drawn batches have no epochs; give the configuration `steps`")
    }
    return try loop(&learner, stepCount, nil, limit, &random, isCancelled, observer) { trainer, random in
      draw(trainer.configuration.batchSize, &random)
    }
  }

  private mutating func loop<L: Learner>(
    _ learner: inout L, _ stepCount: Int, _ stepsPerEpoch: Int?, _ limit: Int?, _ random: inout RandomGenerator,
    _ isCancelled: (() -> Bool)?, _ observer: ((L, inout TrainingProgress) -> Void)?,
    nextBatch: (inout Trainer, inout RandomGenerator) -> Tensor
  ) throws(TrainingError) -> TrainingHistory {
    let end = min(limit ?? stepCount, stepCount)
    var history = TrainingHistory(stepsPerEpoch: stepsPerEpoch, capacity: max(end - step, 0))
    while step < end {
      if let isCancelled, isCancelled() {
        history.wasStopped = true
        return history
      }
      let batch = nextBatch(&self, &random)
      guard batch.rank > 0, batch.count > 0 else { throw .unusableData(shape: batch.shape) }
      let report = try learner.learn(from: batch, using: &random)
      var progress = TrainingProgress(step: step + 1, stepCount: stepCount, epoch: epoch, report: report)
      advance(by: batch.shape[0])
      history.append(report)
      if let observer, step % configuration.observeEvery == 0 || step == stepCount {
        observer(learner, &progress)
        if progress.shouldStop {
          history.wasStopped = true
          return history
        }
      }
    }
    isFinished = step >= stepCount
    return history
  }

  private mutating func nextBatch(of data: Tensor, _ random: inout RandomGenerator) -> Tensor {
    if visited == 0 {
      epochStart = random
      order = random.permutation(rowCount)
    }
    let end = min(visited + configuration.batchSize, rowCount)
    return data.gatheringRows(at: Array(order[visited..<end]))
  }

  private mutating func advance(by rows: Int) {
    step += 1
    guard rowCount > 0 else { return }
    visited += rows
    if visited == rowCount {
      visited = 0
      epoch += 1
    }
  }

  /// Checks that these are the rows that training began with, and draws the order anew where a checkpoint has left it.
  private mutating func beginOrResume(_ rows: Int, _ random: inout RandomGenerator) {
    if step == 0 { rowCount = rows }
    guard rowCount == rows else {
      trap("Trainer.run", "began on " + String(rowCount) + " rows and cannot go on with " + String(rows))
    }
    if visited > 0, order.isEmpty, var start = epochStart { order = start.permutation(rows) }
  }
}
