public import Autodiff
public import NeuralNetworks
public import TensorCore

/// A variational autoencoder (Kingma and Welling 2014, arXiv 1312.6114): a model of data with latent codes z ~ N(0, I)
/// and rows scattered around what a decoder makes of them, p(x | z); and an encoder that says for a row which codes it
/// may have come from, q(z | x) = N(mu(x), diag sigma^2(x)).
///
/// It is trained to make a lower bound of ln p(x), the ELBO, large:
///
///     ln p(x) >= E_q[ln p(x | z)] - KL(q(z | x) || N(0, I))
///
/// With a factor beta before the divergence it is the beta-VAE (Higgins et al. 2017).
///
/// ```swift
/// var model = VariationalAutoencoder(widths: [784, 256, 16], observation: .bernoulli, using: &random)
/// try model.train(on: images, configuration: plan, using: &random)
/// let bound = model.evidenceBound(of: test, using: &random)
/// print(bound.reconstruction.mean, bound.divergence.mean)   // nats for one image
/// let invented = model.sample(count: 16, using: &random)
/// ```
///
/// As a ``CodedModel`` its codes are the posterior means mu(x).
public struct VariationalAutoencoder: CodedModel {
  /// From a row to mu and ln sigma^2, side by side.
  public var encoder: MLP
  /// From a code to the means of a row's numbers, or their logits.
  public var decoder: MLP
  public let observation: ObservationModel
  /// ln s^2, where it is learned.
  public var learnedLogVariance: Variable?

  /// - Parameters:
  ///   - widths: from the input to the code; the decoder mirrors them. `[784, 256, 16]` makes the encoder 784-256-32,
  ///     for each of the 16 dimensions of a code has a mean and a variance, and the decoder 16-256-784.
  ///   - observation: how a row scatters around what the decoder says.
  ///   - activation: after every hidden layer. With `.identity` the model is linear, and its best bound is the
  ///     log-likelihood of probabilistic principal component analysis (Lucas et al. 2019, arXiv 1911.02469).
  ///
  /// Traps when there are fewer than two widths or one is not positive, and on a deviation that is not above 0.
  public init(
    widths: [Int], observation: ObservationModel, activation: Activation = .relu, initializer: Initializer = .standard,
    using random: inout RandomGenerator
  ) {
    guard widths.count >= 2, !widths.contains(where: { $0 < 1 }) else {
      trap(
        "VariationalAutoencoder",
        "widths: needs the widths of the input and of the code at least, all of 1 or more, such as [784, 256, 16], not "
          + describe(widths))
    }
    observation.validate()
    self.observation = observation
    encoder = MLP(
      widths: widths.dropLast() + [2 * widths[widths.count - 1]], activation: activation, initializer: initializer,
      using: &random)
    decoder = MLP(widths: widths.reversed(), activation: activation, initializer: initializer, using: &random)
    if case .learnedGaussian = observation { learnedLogVariance = Variable(constant: Tensor([0])) }
  }

  public mutating func visitParameters(_ visitor: inout some ParameterVisitor) {
    visitor.visit("encoder", &encoder)
    visitor.visit("decoder", &decoder)
    visitor.visit("learnedLogVariance", &learnedLogVariance)
  }

  /// The numbers of a row.
  public var width: Int { encoder.layers[0].weight.shape[0] }

  /// The numbers of a code.
  public var latentWidth: Int { decoder.layers[0].weight.shape[0] }

  /// The same.
  public var featureWidth: Int { latentWidth }

  /// q(z | x) of a batch, `[n, width]`.
  public func posterior(_ x: Variable) -> DiagonalGaussian {
    let both = encoder(x)
    return DiagonalGaussian(
      mean: both.slice(axis: 1, 0..<latentWidth), logVariance: both.slice(axis: 1, latentWidth..<2 * latentWidth))
  }

  /// mu(x), as what is to be known about a row.
  public func features(_ x: Variable) -> Variable { posterior(x).mean }

  /// The two parts of the bound, as a training step descends them.
  public struct Terms {
    /// -ln p(x | z) in nats, all numbers of a row together, the mean over rows.
    public var reconstruction: Variable
    /// KL(q(z | x) || N(0, I)) in nats, the mean over rows.
    public var divergence: Variable

    /// reconstruction + beta divergence; the negative ELBO at beta = 1.
    public func loss(beta: Float = 1) -> Variable {
      beta == 1 ? reconstruction + divergence : reconstruction + divergence * beta
    }
  }

  /// The bound's parts with one draw of z for each row.
  ///
  /// - Parameters:
  ///   - rows: x, `[n, width]`.
  ///   - noise: standard normal numbers, `[n, latentWidth]`.
  ///
  /// Traps when a shape is not as stated.
  public func terms(_ rows: Tensor, noise: Tensor) -> Terms {
    requireRows(rows.shape, "rows", width: width, "VariationalAutoencoder.terms")
    let count = Float(rows.shape[0])
    let posterior = posterior(Variable(constant: rows))
    let output = decoder(posterior.sample(noise: noise))
    return Terms(
      reconstruction: reconstruction(of: rows, from: output, count), divergence: posterior.divergences.sum() / count)
  }

  private func reconstruction(of rows: Tensor, from output: Variable, _ count: Float) -> Variable {
    if case .bernoulli = observation {
      return binaryCrossEntropy(logits: output, targets: rows, reduction: .sum) / count
    }
    let half = Float(width) / 2
    let halfSquares = meanSquaredError(output, rows) * half
    guard let learned = learnedLogVariance else {
      let logVariance = Float(logVariance)
      return halfSquares * exp(-logVariance) + half * (logVariance + logTwoPi)
    }
    return (halfSquares * exp(-learned) + (learned + logTwoPi) * half).sum()
  }

  /// ln s^2 of p(x | z) = N(m, s^2 I); 0 where there is no such number.
  var logVariance: Double {
    switch observation {
    case .bernoulli: 0
    case .gaussian(let deviation): 2 * log(Double(deviation))
    case .learnedGaussian: Double(learnedLogVariance?.value.item ?? 0)
    }
  }

  /// s of p(x | z) = N(m, s^2 I); nil for ``ObservationModel/bernoulli``.
  public var observationDeviation: Double? {
    if case .bernoulli = observation { return nil }
    return exp(logVariance / 2)
  }
}

let logTwoPi = Float(1.8378770664093455)
