public import Autodiff
public import NeuralNetworks
public import TensorCore

/// An encoder that learns from labels, with a linear head: what self-supervision is held against.
///
/// ```swift
/// var model = SupervisedModel(ConvEncoder(using: &random), classes: 10, using: &random)
/// try model.train(on: images, labels: classes, configuration: plan, using: &random)
/// let guesses = model.predict(test)
/// ```
public struct SupervisedModel<Body: Encoder>: Encoder {
  public var body: Body
  public var head: Linear

  /// Traps when there are fewer than two classes.
  public init(_ body: Body, classes: Int, using random: inout RandomGenerator) {
    guard classes >= 2 else { trap("SupervisedModel", "classes: needs at least 2, not " + String(classes)) }
    self.body = body
    head = Linear(body.featureWidth, classes, using: &random)
  }

  public mutating func visitParameters(_ visitor: inout some ParameterVisitor) {
    visitor.visit("body", &body)
    visitor.visit("head", &head)
  }

  public var featureWidth: Int { body.featureWidth }
  public func features(_ x: Variable) -> Variable { body.features(x) }

  /// The logits of the classes: `[n, classes]`.
  public func callAsFunction(_ x: Variable) -> Variable { head(body.features(x)) }

  /// The likeliest class of each row. Works in blocks, so that n may be large.
  public func predict(_ rows: Tensor) -> [Int] {
    rows.mapRowBlocks { callAsFunction(Variable(constant: $0)).value }.argMax(axis: 1)
  }

  /// This model as a learner for a ``Trainer``, which descends the cross entropy.
  ///
  /// It holds the data itself and is run over their row numbers, ``ClassifiedRows/rowNumbers``.
  ///
  /// Traps when a label is not a class, or all are the same.
  public func learner(
    _ data: ClassifiedRows, configuration: TrainingConfiguration
  ) -> GradientLearner<SupervisedModel> {
    let classes = head.bias.shape[0]
    if let label = data.labels.first(where: { $0 >= classes }) {
      trap("SupervisedModel.learner", "labels: " + String(label) + " is not one of the classes 0..<" + String(classes))
    }
    if let first = data.labels.first, data.labels.allSatisfy({ $0 == first }) {
      trap(
        "SupervisedModel.learner",
        "labels: all " + String(data.labels.count) + " are of class " + String(first)
          + "; give rows of at least two classes")
    }
    return GradientLearner(
      self, optimizer: Adam(learningRate: configuration.learningRate), gradientLimit: configuration.gradientLimit
    ) { model, batch, _ in
      let places = batch.scalars.map { Int($0) }
      let rows = Variable(constant: data.rows.gatheringRows(at: places))
      return crossEntropy(logits: model(rows), labels: places.map { data.labels[$0] })
    }
  }

  /// Trains the model by Adam.
  ///
  /// - Parameters:
  ///   - rows: `[n, ...]`.
  ///   - labels: their n classes.
  ///   - observer: called after every `observeEvery` steps; may set `shouldStop`.
  /// - Returns: the loss of every step.
  /// - Throws: a ``TrainingError`` when a number is or becomes NaN or infinite, or there are no rows.
  ///
  /// Traps when rows and labels do not fit each other, or all labels are the same.
  @discardableResult
  public mutating func train(
    on rows: Tensor, labels: [Int], configuration: TrainingConfiguration, using random: inout RandomGenerator,
    observer: ((inout TrainingProgress) -> Void)? = nil
  ) throws(TrainingError) -> TrainingHistory {
    let data = ClassifiedRows(rows, labels: labels)
    if let row = rows.firstRowNotFinite { throw .rowNotFinite(argument: "rows", row: row) }
    var learner = learner(data, configuration: configuration)
    var trainer = Trainer(configuration)
    // Were the model kept here as well, the first step would have to copy it.
    defer { self = learner.model }
    guard let observer else { return try trainer.run(&learner, on: data.rowNumbers, using: &random) }
    return try trainer.run(&learner, on: data.rowNumbers, using: &random) { _, progress in observer(&progress) }
  }
}

extension ClassifiedRows {
  /// The numbers of the rows, `[n, 1]`: what a ``Trainer`` runs a learner on that holds the data itself.
  public var rowNumbers: Tensor { Tensor(labels.indices.map { Float($0) }, shape: [labels.count, 1]) }
}
