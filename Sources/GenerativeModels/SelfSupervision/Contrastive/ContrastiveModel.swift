public import Autodiff
public import NeuralNetworks
public import TensorCore

/// SimCLR (Chen et al. 2020, arXiv 2002.05709): an encoder, and a small network on top in whose space two views of one
/// image are brought together and all other images kept away. The projection is thrown away afterwards; what is used
/// are the encoder's features.
///
/// ```swift
/// var model = ContrastiveModel(ConvEncoder(using: &random), using: &random)
/// var learner = model.learner(configuration: plan)
/// try trainer.run(&learner, on: images, using: &random)
/// let features = learner.model.features(of: images)
/// ```
public struct ContrastiveModel<Body: Encoder>: Encoder {
  public var body: Body
  public var projection: MLP

  /// - Parameter projectionWidth: of the space in which views are compared; the projection has one hidden layer, as wide
  ///   as the features.
  public init(_ body: Body, projectionWidth: Int = 64, using random: inout RandomGenerator) {
    self.body = body
    projection = MLP(widths: [body.featureWidth, body.featureWidth, projectionWidth], using: &random)
  }

  public mutating func visitParameters(_ visitor: inout some ParameterVisitor) {
    visitor.visit("body", &body)
    visitor.visit("projection", &projection)
  }

  public var featureWidth: Int { body.featureWidth }
  public func features(_ x: Variable) -> Variable { body.features(x) }

  /// The loss of a batch: two views of each row, described, projected and compared. Traps on fewer than two rows.
  public func loss(
    _ rows: Tensor, views: Views, temperature: Float, using random: inout RandomGenerator
  ) -> Variable {
    let both = Tensor.concatenated([views(rows, using: &random), views(rows, using: &random)], axis: 0)
    let projected = projection(body.features(Variable(constant: both)))
    let count = rows.shape[0]
    return normalizedTemperatureCrossEntropy(
      projected.rows(0..<count), projected.rows(count..<2 * count), temperature: temperature)
  }

  /// This model as a learner for a ``Trainer``. The data's last batch needs two rows or more.
  public func learner(
    views: Views = Views(), temperature: Float = 0.2, configuration: TrainingConfiguration
  ) -> GradientLearner<ContrastiveModel> {
    GradientLearner(
      self, optimizer: Adam(learningRate: configuration.learningRate), gradientLimit: configuration.gradientLimit
    ) { model, batch, random in model.loss(batch, views: views, temperature: temperature, using: &random) }
  }
}

/// The pretext task alone (Gidaris et al. 2018, arXiv 1803.07728): an encoder, and a linear head that says which
/// transformation a row has been through.
public struct PretextModel<Body: Encoder>: Encoder {
  public var body: Body
  public var head: Linear

  /// - Parameter classes: the number of transformations.
  public init(_ body: Body, classes: Int = 4, using random: inout RandomGenerator) {
    self.body = body
    head = Linear(body.featureWidth, classes, using: &random)
  }

  public mutating func visitParameters(_ visitor: inout some ParameterVisitor) {
    visitor.visit("body", &body)
    visitor.visit("head", &head)
  }

  public var featureWidth: Int { body.featureWidth }
  public func features(_ x: Variable) -> Variable { body.features(x) }

  /// The logits of the transformations: `[n, classes]`.
  public func callAsFunction(_ x: Variable) -> Variable { head(body.features(x)) }

  /// The share of transformed rows whose transformation is named, every row through every transformation.
  public func accuracy(on rows: Tensor, _ transformations: some Transformations) -> Double {
    var hits = 0
    for k in 0..<transformations.count {
      let logits = rows.mapRowBlocks { self(transformations(Variable(constant: $0), k)).value }
      for found in logits.argMax(axis: 1) where found == k { hits += 1 }
    }
    return Double(hits) / Double(max(transformations.count * rows.shape[0], 1))
  }

  /// This model as a learner for a ``Trainer``: it descends the cross entropy of the transformations.
  public func learner<T: Transformations>(
    _ transformations: T, use: TransformationUse = .every, configuration: TrainingConfiguration
  ) -> GradientLearner<PretextModel> {
    GradientLearner(
      self, optimizer: Adam(learningRate: configuration.learningRate), gradientLimit: configuration.gradientLimit
    ) { model, batch, _ in
      let transformed = transformations.applied(to: Variable(constant: batch), use: use)
      return crossEntropy(logits: model(transformed.rows), labels: transformed.labels)
    }
  }
}
