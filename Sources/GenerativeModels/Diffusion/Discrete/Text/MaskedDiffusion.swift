public import Autodiff
internal import NeuralNetworks
public import TensorCore

/// Absorbing diffusion of sequences: step by step tokens are replaced by a mask, and a network guesses what was there
/// (Austin et al. 2021, arXiv 2107.03006, section 3.1).
///
/// The vocabulary's tokens are 0, ..., v - 1; the mask is v. With kept_t the share that is not masked, the bound is a sum
/// of weighted cross entropies at masked places:
///
///     L_(t-1) = (kept_(t-1) - kept_t) / (1 - kept_t) sum over masked places of -ln p(x_0 | x_t)
///
/// and nothing else: L_T = 0, for at T every token is masked, and L_0 is the same expression at t = 1.
public struct MaskedDiffusion: Sendable, Equatable {
  /// The tokens of the vocabulary, without the mask.
  public let vocabulary: Int
  public let process: CategoricalDiffusion

  /// Traps when there are no tokens or no steps.
  public init(vocabulary: Int, steps: Int, schedule: CategoricalDiffusion.Schedule = .linear) {
    guard vocabulary >= 1 else {
      trap("MaskedDiffusion", "vocabulary must be at least 1, but is " + String(vocabulary))
    }
    self.vocabulary = vocabulary
    process = CategoricalDiffusion(
      steps: steps, limit: [Double](repeating: 0, count: vocabulary) + [1], schedule: schedule)
  }

  /// The category that stands for a lost token.
  public var mask: Int { vocabulary }
  public var stepCount: Int { process.stepCount }

  /// The weight of a masked place's cross entropy at step t.
  public func weight(_ t: Int) -> Double {
    (process.keptProbability(t - 1) - process.keptProbability(t)) / (1 - process.keptProbability(t))
  }

  /// Masks each token with the probability that step t gives it.
  public func qSample(_ x0: [Int], t: Int, using random: inout RandomGenerator) -> [Int] {
    let keep = Float(process.keptProbability(t))
    let uniform = random.uniform(shape: [x0.count]).scalars
    return x0.indices.map { uniform[$0] < keep ? x0[$0] : mask }
  }

  /// The bound's estimate in nats for one token, from one step drawn for each sequence: T L_(t-1), the mean over
  /// sequences and places.
  ///
  /// - Parameter tokens: `[n, length]`, whole numbers below the vocabulary.
  public func loss(_ network: some TokenNetwork, _ tokens: Tensor, using random: inout RandomGenerator) -> Variable {
    let (x0, length) = sequences(tokens)
    let count = tokens.shape[0]
    let t = random.integers(below: stepCount, count: count).map { $0 + 1 }
    var xt: [Int] = []
    var weights: [Float] = []
    for row in 0..<count {
      let masked = qSample(Array(x0[row * length..<(row + 1) * length]), t: t[row], using: &random)
      let weight = Float(Double(stepCount) * self.weight(t[row]) / Double(x0.count))
      for token in masked { weights.append(token == mask ? weight : 0) }
      xt += masked
    }
    let logits = network(xt, length: length, times: t.map { Double($0) / Double(stepCount) })
    let losses = crossEntropy(logits: logits, labels: x0, reduction: .none)
    return (losses * Tensor(weights)).sum()
  }

  /// A network in training, with an average of its weights to sample from.
  public func learner<Network: TokenNetwork>(
    _ network: Network, averageDecay: Float = 0.999, configuration: TrainingConfiguration
  ) -> GradientLearner<Network> {
    GradientLearner(
      network, optimizer: Adam(learningRate: configuration.learningRate), gradientLimit: configuration.gradientLimit,
      average: ExponentialMovingAverage(of: network, decay: averageDecay, warmsUp: true)
    ) { network, batch, random in loss(network, batch, using: &random) }
  }

  /// The rows of a tensor of tokens. Traps on anything else.
  func sequences(_ tokens: Tensor) -> (tokens: [Int], length: Int) {
    guard tokens.rank == 2, tokens.count > 0 else {
      trap("MaskedDiffusion", "needs sequences of tokens, [n, length], not " + describe(tokens.shape))
    }
    let whole = tokens.scalars.map { scalar -> Int in
      guard scalar >= 0, scalar < Float(vocabulary), scalar == scalar.rounded() else {
        trap(
          "MaskedDiffusion", scalar.description + " is no token; tokens are whole numbers below " + String(vocabulary))
      }
      return Int(scalar)
    }
    return (whole, tokens.shape[1])
  }
}
