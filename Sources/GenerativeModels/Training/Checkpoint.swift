public import NeuralNetworks
public import TensorCore

/// Everything that a training's next step depends on, at one moment: weights, optimizer moments, averages, the place in
/// the data, the random generator. Resumed from it, a training ends with the same bits as one that was never
/// interrupted.
///
/// ```swift
/// while !trainer.isFinished {
///   try trainer.run(&learner, on: images, upTo: trainer.step + 500, using: &random)
///   try Checkpoint(trainer, learner, random).write(to: "training.safetensors")
/// }
/// // Another day, with the three made as they were at first:
/// try Checkpoint(contentsOf: "training.safetensors").restore(&trainer, &learner, &random)
/// ```
///
/// It is kept in the safetensors format, counters and the random generator among the metadata, so that other programs
/// can read the weights.
public struct Checkpoint: Sendable, Equatable {
  /// The file's content.
  public let contents: Safetensors

  /// The present moment of a training.
  public init(_ trainer: Trainer, _ learner: some ResumableLearner, _ random: RandomGenerator) {
    var (trainer, learner, random) = (trainer, learner, random)
    var visitor = CheckpointVisitor()
    visitor.visitTraining(&trainer, &learner, &random)
    var metadata = visitor.texts
    metadata["format"] = format
    contents = Safetensors(visitor.tensors, metadata: metadata)
  }

  /// The checkpoint that a file's content stands for; ``restore(_:_:_:)`` looks whether it is one.
  public init(contents: Safetensors) { self.contents = contents }

  /// Brings a training back to this moment.
  ///
  /// - Parameters:
  ///   - trainer: made with the same batch size; the length may be another, to go on for longer.
  ///   - learner: made as the stored one was made at first.
  ///   - random: is replaced.
  /// - Throws: ``CheckpointError`` when the checkpoint belongs to another training. All three are unchanged then.
  public func restore(
    _ trainer: inout Trainer, _ learner: inout some ResumableLearner, _ random: inout RandomGenerator
  ) throws(CheckpointError) {
    guard contents.metadata["format"] == format else {
      throw CheckpointError(problem: "the file has no entry \"format\" that says " + format)
    }
    var (newTrainer, newLearner, newRandom) = (Trainer(trainer.configuration), learner, random)
    var visitor = CheckpointVisitor(reading: contents)
    visitor.visitTraining(&newTrainer, &newLearner, &newRandom)
    if let problem = visitor.problem { throw CheckpointError(problem: problem) }
    if let name = visitor.leftover {
      throw CheckpointError(problem: "its tensor " + name + " is not part of this training")
    }
    (trainer, learner, random) = (newTrainer, newLearner, newRandom)
  }
}

/// Why a checkpoint cannot be used.
public struct CheckpointError: Error, Sendable, Equatable, CustomStringConvertible {
  /// What does not fit.
  public let problem: String

  public var description: String {
    "the checkpoint does not belong to this training: " + problem
      + "\n  make the trainer and the learner as they were made when it was saved, or start anew without it"
  }
}

private let format = "training checkpoint 1"

extension CheckpointVisitor {
  fileprivate mutating func visitTraining(
    _ trainer: inout Trainer, _ learner: inout some ResumableLearner, _ random: inout RandomGenerator
  ) {
    visit("random", &random)
    trainer.visitState(&self)
    learner.visitState(&self)
  }
}

extension Trainer {
  fileprivate mutating func visitState(_ visitor: inout CheckpointVisitor) {
    var batchSize = configuration.batchSize
    visitor.visit("trainer.batchSize", &batchSize)
    if batchSize != configuration.batchSize {
      visitor.report(
        "its batches have " + String(batchSize) + " rows, those of the trainer " + String(configuration.batchSize))
    }
    visitor.visit("trainer.step", &step)
    visitor.visit("trainer.epoch", &epoch)
    visitor.visit("trainer.visited", &visited)
    visitor.visit("trainer.rowCount", &rowCount)
    if step < 0 || epoch < 0 || rowCount < 0 || visited < 0 || visited > max(rowCount - 1, 0) {
      visitor.report("its place in the data is none")
    }
    if epochStart != nil || visitor.hasText("trainer.epochStart") {
      var start = epochStart ?? RandomGenerator(seed: 0)
      visitor.visit("trainer.epochStart", &start)
      epochStart = start
    } else if visited > 0 {
      visitor.report("it has no entry trainer.epochStart")
    }
  }
}

#if !hasFeature(Embedded)
  extension Checkpoint {
    /// Reads a file.
    public init(contentsOf path: String) throws(WeightsError) { contents = try Safetensors(contentsOf: path) }

    /// Writes a file, whole or not at all.
    public func write(to path: String) throws(WeightsError) { try contents.write(to: path) }
  }
#endif
