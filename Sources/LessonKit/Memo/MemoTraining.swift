internal import CLessonRuntime
public import GenerativeModels
internal import SnippetProtocol
public import TensorCore

/// Trains a learner and keeps what becomes of it. A training that is interrupted goes on where it was: every ten seconds
/// its state is kept, too, and a resumed one ends with the same bits as one that was not interrupted. What it prints
/// before the interruption would be missing then, so it must print nothing; its progress is reported by itself.
///
///     var learner = DiffusionLearner(…)
///     let history = memo("unet", training: &learner, plan, on: images, using: &random)
///
/// The learner and the random generator come back as the training leaves them. For what the value depends on, see
/// ``memo(_:_:)``.
@discardableResult
public func memo<L: ResumableLearner>(
  _ name: String, training learner: inout L, _ configuration: TrainingConfiguration, on data: Tensor,
  using random: inout RandomGenerator
) -> TrainingHistory {
  memo(name, training: &learner, configuration, using: &random) { trainer, learner, random, isDue in
    try trainer.run(
      &learner, on: data, using: &random,
      observer: { _, progress in reportProgress(name, progress.step, of: progress.stepCount) }, isCancelled: isDue)
  }
}

/// The same on batches that are drawn afresh for every step.
@discardableResult
public func memo<L: ResumableLearner>(
  _ name: String, training learner: inout L, _ configuration: TrainingConfiguration,
  drawing draw: (Int, inout RandomGenerator) -> Tensor, using random: inout RandomGenerator
) -> TrainingHistory {
  memo(name, training: &learner, configuration, using: &random) { trainer, learner, random, isDue in
    try trainer.run(
      &learner, drawing: draw, using: &random,
      observer: { _, progress in reportProgress(name, progress.step, of: progress.stepCount) }, isCancelled: isDue)
  }
}

/// Seconds between two checkpoints.
private let checkpointPeriod =
  walkthrough_environment(ChannelEnvironment.checkpointSeconds).flatMap { Double(String(cString: $0)) } ?? 10

private func memo<L: ResumableLearner>(
  _ name: String, training learner: inout L, _ configuration: TrainingConfiguration,
  using random: inout RandomGenerator,
  run: (inout Trainer, inout L, inout RandomGenerator, @escaping () -> Bool) throws -> TrainingHistory
) -> TrainingHistory {
  let file = MemoStore.file(name, type: String(reflecting: L.self))
  let start = TrainingMoment(trainer: Trainer(configuration), learner: learner, random: random)
  let end = kept(
    in: file, name, mayPrint: false, decode: { TrainingMoment(decoding: $0, like: start) },
    compute: {
      var moment = file?.checkpoint.read().flatMap { TrainingMoment(decoding: $0, like: start) } ?? start
      while !moment.trainer.isFinished {
        let began = walkthrough_seconds()
        // Asked before each step; at least one is taken.
        var asked = 0
        let isDue = {
          asked += 1
          return asked > 1 && walkthrough_seconds() - began >= checkpointPeriod
        }
        moment.append(try run(&moment.trainer, &moment.learner, &moment.random, isDue))
        if !moment.trainer.isFinished { file?.checkpoint.write(try moment.encoded()) }
      }
      return try moment.encoded()
    })
  file?.checkpoint.remove()
  (learner, random) = (end.learner, end.random)
  return end.history ?? TrainingHistory(losses: [], stepsPerEpoch: nil, terms: [])
}

/// A training at one moment, with its losses until then.
private struct TrainingMoment<L: ResumableLearner> {
  var trainer: Trainer
  var learner: L
  var random: RandomGenerator
  var history: TrainingHistory?

  init(trainer: Trainer, learner: L, random: RandomGenerator) {
    self.trainer = trainer
    self.learner = learner
    self.random = random
  }

  mutating func append(_ later: TrainingHistory) {
    if history == nil { history = later } else { history?.append(later) }
  }

  init?(decoding bytes: [UInt8], like start: TrainingMoment) {
    self = start
    var reader = WireReader(bytes)
    guard let contents = try? reader.readBytes(), let stored = try? reader.readBytes(),
      let weights = try? Safetensors(decoding: contents),
      let history = MemoDecoder.decode(StoredHistory.self, from: stored),
      (try? Checkpoint(contents: weights).restore(&trainer, &learner, &random)) != nil
    else { return nil }
    self.history = history.history
  }

  func encoded() throws -> [UInt8] {
    var writer = WireWriter()
    writer.write(Checkpoint(trainer, learner, random).contents.encoded())
    writer.write(try MemoEncoder.encode(StoredHistory(history)))
    return writer.bytes
  }
}

private struct StoredHistory: Codable {
  var losses: [Float] = []
  var stepsPerEpoch: Int?
  var termNames: [String] = []
  var termValues: [[Float]] = []
  var isThere = false

  init(_ history: TrainingHistory?) {
    guard let history else { return }
    isThere = true
    losses = history.losses
    stepsPerEpoch = history.stepsPerEpoch
    termNames = history.termNames
    termValues = history.termNames.map { history[term: $0] }
  }

  var history: TrainingHistory? {
    guard isThere else { return nil }
    return TrainingHistory(
      losses: losses, stepsPerEpoch: stepsPerEpoch,
      terms: zip(termNames, termValues).map { (name: $0, values: $1) })
  }
}
