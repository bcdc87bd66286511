import Foundation
import GenerativeModels
import TensorCore

extension Trainer {
  /// Trains on drawn batches to the end, from where an interrupted run has left off: its checkpoints lie in
  /// `.build/trainings`. The bits do not depend on interruptions.
  ///
  /// - Parameters:
  ///   - name: of the training, its seed included; nil keeps no checkpoints.
  ///   - settings: in words; a training with others starts anew.
  mutating func runInterruptibly<L: ResumableLearner>(
    _ name: String?, settings: String, _ learner: inout L, drawing draw: (Int, inout RandomGenerator) -> Tensor,
    using random: inout RandomGenerator
  ) throws {
    guard let name else {
      try run(&learner, drawing: draw, using: &random)
      return
    }
    let folder = URL(filePath: ".build/trainings")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let file = folder.appending(path: name + ".safetensors").path
    let words = folder.appending(path: name + ".txt").path
    if (try? String(contentsOfFile: words, encoding: .utf8)) == settings {
      try Checkpoint(contentsOf: file).restore(&self, &learner, &random)
    }
    while !isFinished {
      try run(&learner, drawing: draw, upTo: step + 250, using: &random)
      // In this order a checkpoint never meets the words of another.
      try? FileManager.default.removeItem(atPath: words)
      try Checkpoint(self, learner, random).write(to: file)
      try settings.write(toFile: words, atomically: true, encoding: .utf8)
    }
  }
}
