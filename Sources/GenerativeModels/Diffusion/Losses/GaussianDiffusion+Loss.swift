public import Autodiff
public import TensorCore

extension GaussianDiffusion {
  /// One draw of noisy examples for a network to learn from.
  public struct TrainingBatch: Sendable {
    public let x0: Tensor
    /// The step of each row.
    public let t: [Int]
    public let noise: Tensor
    /// x_t.
    public let xt: Tensor
    /// What the network is told of each row's step.
    public let times: [Double]

    /// Mixes the given noise in.
    public init(x0: Tensor, t: [Int], noise: Tensor, in diffusion: GaussianDiffusion) {
      self.x0 = x0
      self.t = t
      self.noise = noise
      xt = diffusion.qSample(x0, t: t, noise: noise)
      times = t.map { diffusion.schedule.time($0) }
    }
  }

  /// Mixes noise into data.
  ///
  /// - Parameters:
  ///   - x0: the data, `[n, ...]`.
  ///   - t: the step of each row.
  public func trainingBatch(_ x0: Tensor, t: [Int], using random: inout RandomGenerator) -> TrainingBatch {
    TrainingBatch(x0: x0, t: t, noise: random.normal(shape: x0.shape), in: self)
  }

  /// The loss of each row, as a mean over its numbers: `[n]`.
  ///
  /// - Parameters:
  ///   - output: the network's answer to `batch.xt` and `batch.times`.
  ///   - decoder: how x_0 is read from x_1, where the objective includes the bound.
  public func losses(
    _ output: Variable, for batch: TrainingBatch, objective: DiffusionObjective = .simple,
    decoder: DataDecoder = .gaussian
  ) -> Variable {
    switch objective {
    case .hybrid(let weight):
      guard variance == .learned else {
        trap("DiffusionObjective.hybrid", "teaches the variance; make the diffusion with variance: .learned")
      }
      let parts = halves(output)
      let bound = boundTerms(
        prediction: parts.prediction.stopGradient, spread: parts.spread, for: batch, decoder: decoder)
      return squaredErrors(parts.prediction, batch) + bound * Float(weight * bits)
    case .variational where variance == .learned:
      let parts = halves(output)
      return boundTerms(prediction: parts.prediction, spread: parts.spread, for: batch, decoder: decoder) * Float(bits)
    case .variational:
      let weights = batch.t.map { Float(bits * weight(objective, t: $0)) }
      return squaredErrors(output, batch) * Tensor(weights)
    case .simple where variance == .learned, .minSNR where variance == .learned:
      trap("GaussianDiffusion.losses", "a learned variance needs the objective .hybrid or .variational")
    case .simple:
      return squaredErrors(output, batch)
    case .minSNR:
      return squaredErrors(output, batch) * Tensor(batch.t.map { Float(weight(objective, t: $0)) })
    }
  }

  /// Turns one step's mean nats into the bits of the whole sum over t: T / ln 2.
  private var bits: Double { Double(stepCount) / log(2.0) }

  /// The mean squared error of each row's target.
  private func squaredErrors(_ prediction: Variable, _ batch: TrainingBatch) -> Variable {
    prediction.value.requireSameShape(batch.x0, "GaussianDiffusion.losses")
    let truth = targetValue(x0: batch.x0, noise: batch.noise, t: batch.t)
    return rowMeans(square(prediction - truth))
  }

  /// L_(t-1), or L_0 for rows at t = 1, in nats per dimension, as a function of the network's two answers.
  private func boundTerms(
    prediction: Variable, spread: Variable, for batch: TrainingBatch, decoder: DataDecoder
  ) -> Variable {
    func rows(_ value: (Int) -> Double) -> Tensor { rowScales(batch.t, like: batch.x0, "losses", value) }
    let logBeta = rows { log(schedule.beta($0)) }
    let logSmall = rows { schedule.clippedLogPosteriorVariance($0) }
    let logVariance = spread * ((logBeta - logSmall) * 0.5) + (logBeta + logSmall) * 0.5
    let c0 = rows { schedule.posteriorMean($0).x0 }
    // Both means share what x_t contributes: they differ by c_0 times the error of x_0.
    let error = (x0(from: prediction, batch) - batch.x0) * c0
    let kl =
      (logVariance - logSmall - 1 + exp(logSmall - logVariance) + square(error) * exp(-logVariance)) * 0.5
    guard batch.t.contains(1) else { return rowMeans(kl) }
    let isFirst = rows { $0 == 1 ? 1 : 0 }
    let mean = error + (batch.x0 * c0 + batch.xt * rows { schedule.posteriorMean($0).xt })
    let reconstruction = decoder.negativeLogLikelihood(of: batch.x0, mean: mean, logVariance: logVariance)
    return rowMeans(kl * (1 - isFirst) + reconstruction * isFirst)
  }

  private func x0(from prediction: Variable, _ batch: TrainingBatch) -> Variable {
    func rows(_ value: (Int) -> Double) -> Tensor { rowScales(batch.t, like: batch.x0, "losses", value) }
    let a = rows { amplitudes($0).signal }
    let s = rows { amplitudes($0).noise }
    switch target {
    case .x0: return prediction
    case .epsilon: return (batch.xt - prediction * s) / a
    case .v: return batch.xt * a - prediction * s
    }
  }

  private func halves(_ output: Variable) -> (prediction: Variable, spread: Variable) {
    let width = (output.shape.last ?? 0) / 2
    return (output.slice(axis: -1, 0..<width), output.slice(axis: -1, width..<2 * width))
  }

  private func rowMeans(_ x: Variable) -> Variable {
    x.reshaped(to: [x.shape[0], -1]).mean(axis: 1)
  }
}
