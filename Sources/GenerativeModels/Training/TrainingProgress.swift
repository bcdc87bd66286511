/// Where training stands, as an observer sees it.
public struct TrainingProgress: Sendable {
  /// The steps taken so far, this one included.
  public let step: Int
  /// The steps that the whole training takes.
  public let stepCount: Int
  /// The epoch of this step, counted from 0.
  public let epoch: Int
  /// The loss on this step's batch.
  public let loss: Float
  /// The length of the gradients, where the step has computed it.
  public let gradientNorm: Float?
  /// Set to true to end training after this step.
  public var shouldStop = false
}

/// How training went.
public struct TrainingHistory: Sendable, Equatable {
  /// The loss of every step, in order.
  public internal(set) var losses: [Float] = []
  /// The steps of one epoch.
  public let stepsPerEpoch: Int
  /// Whether an observer ended training early.
  public internal(set) var wasStopped = false

  /// The mean loss over each epoch, the last one possibly cut short.
  public var epochLosses: [Double] {
    stride(from: 0, to: losses.count, by: stepsPerEpoch).map { start in
      let part = losses[start..<min(start + stepsPerEpoch, losses.count)]
      var total = 0.0
      for loss in part { total += Double(loss) }
      return total / Double(part.count)
    }
  }
}
