internal import Autodiff
internal import NeuralNetworks
public import TensorCore

/// A denoising network that learns with labels, some of them left out, so that it can be guided (Ho and Salimans 2022,
/// arXiv 2207.12598, algorithm 1).
///
/// It holds the data itself and is run over their row numbers:
///
/// ```swift
/// var learner = ConditionalDiffusionLearner(network, diffusion, data: images, labels: classes, configuration: configuration)
/// try trainer.run(&learner, on: learner.rowNumbers, using: &random)
/// let shirts = GuidedDenoiser(learner.averaged, labels: [Int?](repeating: 6, count: 16), weight: 2)
/// ```
public struct ConditionalDiffusionLearner<Network: ConditionalNetwork>: ResumableLearner {
  public private(set) var base: DiffusionLearner<Network>
  public let data: Tensor
  public let labels: [Int]
  /// How often a row's label is left out.
  public let labelDropout: Float

  /// Traps when there are not as many labels as rows or the dropout lies outside 0...1.
  public init(
    _ network: Network, _ diffusion: GaussianDiffusion, data: Tensor, labels: [Int], labelDropout: Float = 0.1,
    objective: DiffusionObjective = .simple, decoder: DataDecoder = .gaussian, timeSampling: TimeSampling = .uniform,
    averageDecay: Float = 0.999, configuration: TrainingConfiguration
  ) {
    guard data.rank >= 1, data.shape[0] == labels.count else {
      trap(
        "ConditionalDiffusionLearner",
        String(labels.count) + " labels for data " + describe(data.shape) + "; give one label for each row")
    }
    guard (0...1).contains(labelDropout) else {
      trap("ConditionalDiffusionLearner", "labelDropout must lie in 0...1, but is " + labelDropout.description)
    }
    base = DiffusionLearner(
      network, diffusion, objective: objective, decoder: decoder, timeSampling: timeSampling,
      averageDecay: averageDecay, configuration: configuration)
    self.data = data
    self.labels = labels
    self.labelDropout = labelDropout
  }

  /// The numbers of the rows, `[n, 1]`: what a ``Trainer`` runs this learner on.
  public var rowNumbers: Tensor { Tensor(labels.indices.map { Float($0) }, shape: [labels.count, 1]) }

  /// The network with the averaged weights.
  public var averaged: Network { base.averaged }

  /// Learns from the rows whose numbers are given, `[n, 1]`.
  ///
  /// - Throws: a ``TrainingError`` when a number is or becomes NaN or infinite; if it is one of the data, with its row.
  public mutating func learn(
    from batch: Tensor, using random: inout RandomGenerator
  ) throws(TrainingError) -> StepReport {
    let rows = batch.scalars.map { Int($0) }
    let dropped = random.uniform(shape: [rows.count]).scalars
    let shown = zip(rows, dropped).map { row, draw -> Int? in draw < labelDropout ? nil : labels[row] }
    do throws(TrainingError) {
      return try base.learn(from: data.gatheringRows(at: rows), using: &random) { network, batch in
        network(Variable(constant: batch.xt), times: batch.times, labels: shown)
      }
    } catch {
      if let row = data.firstRowNotFinite { throw .rowNotFinite(argument: "data", row: row) }
      throw error
    }
  }

  public mutating func visitState(_ visitor: inout CheckpointVisitor) { base.visitState(&visitor) }
}
