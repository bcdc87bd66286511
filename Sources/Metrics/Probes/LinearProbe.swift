public import TensorCore

/// A linear classifier on features that stay as they are: the usual measure of what a representation has learned.
///
/// Multinomial logistic regression with a penalty, on features brought to mean 0 and variance 1 (those of the labelled
/// examples, unless a scaling is given; a feature that never changes becomes 0):
///
///     minimize 1/n sum_i -log softmax(W z_i + b)_{y_i} + penalty/2 |W|^2
///
/// The problem is convex and, with a penalty above 0, has one solution, which L-BFGS finds from W = 0: nothing is
/// random, so two probes differ by their features alone. scikit-learn's `LogisticRegression(C=1 / (n * penalty))` on
/// standardized features solves the same.
public struct LinearProbe: Sendable {
  /// The number of classes.
  public let classes: Int
  /// W for standardized features, `[d, classes]`.
  public let weight: Tensor
  /// b, `[classes]`.
  public let bias: Tensor
  /// The factor of |W|^2/2.
  public let penalty: Double
  /// The minimum that was reached: the mean loss with the penalty, in nats.
  public let objective: Double
  /// The number of L-BFGS steps that it took.
  public let iterations: Int
  /// Whether the minimum was found to the tolerance; if not, allow more iterations or a larger penalty.
  public let hasConverged: Bool
  private let scaling: FeatureScaling?

  /// - Parameters:
  ///   - features: `[n, d]`.
  ///   - labels: n classes, counted from 0; at least two different ones.
  ///   - classes: how many classes there are; one more than the largest label when left out.
  ///   - penalty: the factor of |W|^2/2, above 0. The default suits standardized features of a few hundred dimensions;
  ///     where the budget of labels is small let it be chosen: ``init(features:labels:classes:choosing:scaling:)``.
  ///   - scaling: of the features, for one that was made from unlabelled examples as well.
  ///   - maximumIterations: of L-BFGS.
  ///
  /// Traps when an argument is not as stated, and on NaN or infinity.
  public init(
    features: Tensor, labels: [Int], classes: Int? = nil, penalty: Double = 1e-3, scaling: FeatureScaling? = nil,
    maximumIterations: Int = 300
  ) {
    let classes = LinearProbe.requireExamples(features, labels, classes)
    requirePenalty(penalty, "penalty", "LinearProbe")
    guard maximumIterations > 0 else {
      trap("LinearProbe", "maximumIterations: needs at least 1, not \(maximumIterations)")
    }
    let scaling = scaling ?? FeatureScaling(of: features)
    self.init(
      standardized: scaling.apply(to: features), labels: labels, classes: classes, penalty: penalty, scaling: scaling,
      maximumIterations: maximumIterations)
  }

  /// The probe with the penalty that serves examples best which were held out from it; it is then trained on all.
  ///
  /// Traps when an argument is not as stated, and on NaN or infinity.
  public init(
    features: Tensor, labels: [Int], classes: Int? = nil, choosing choice: PenaltyChoice,
    scaling: FeatureScaling? = nil
  ) {
    let classes = LinearProbe.requireExamples(features, labels, classes)
    choice.validate()
    let scaling = scaling ?? FeatureScaling(of: features)
    self.init(
      standardized: scaling.apply(to: features), labels: labels, classes: classes, choosing: choice, scaling: scaling)
  }

  /// On features that are standardized already, where no scaling is given.
  init(
    standardized features: Tensor, labels: [Int], classes: Int, choosing choice: PenaltyChoice,
    scaling: FeatureScaling? = nil
  ) {
    self.init(
      standardized: features, labels: labels, classes: classes,
      penalty: choice.penalty(for: features, labels: labels, classes: classes), scaling: scaling)
  }

  init(
    standardized features: Tensor, labels: [Int], classes: Int, penalty: Double, scaling: FeatureScaling?,
    maximumIterations: Int = 300
  ) {
    let objective = SoftmaxObjective(features: features, labels: labels, classes: classes, penalty: penalty)
    let solution = LimitedMemoryBFGS(gradientTolerance: 1e-5, maximumIterations: maximumIterations)
      .minimize(from: objective.start) { objective.valueAndGradient(at: $0) }
    self.classes = classes
    self.penalty = penalty
    self.scaling = scaling
    (weight, bias) = objective.parameters(at: solution.point)
    self.objective = solution.value
    iterations = solution.iterations
    hasConverged = solution.hasConverged
  }

  /// W z + b for rows of features: `[n, d]` to `[n, classes]`.
  ///
  /// Traps when the rows are not d wide.
  public func logits(_ features: Tensor) -> Tensor {
    guard features.rank == 2, features.shape[1] == weight.shape[0] else {
      trap("LinearProbe", "features: needs the shape [count, \(weight.shape[0])], not \(describe(features.shape))")
    }
    return linear(input: scaling?.apply(to: features) ?? features, weight: weight, bias: bias).output
  }

  /// The likeliest class of each row.
  public func predict(_ features: Tensor) -> [Int] { logits(features).argMax(axis: 1) }

  /// The guesses for labelled rows, counted.
  ///
  /// Traps when the rows are not d wide, or the labels do not fit.
  public func evaluate(_ features: Tensor, labels: [Int]) -> ConfusionMatrix {
    ConfusionMatrix(predicted: predict(features), actual: labels, classes: classes)
  }

  /// The number of classes. Traps when features, labels and classes do not fit each other.
  private static func requireExamples(_ features: Tensor, _ labels: [Int], _ classes: Int?) -> Int {
    requireRows(features, "features", "LinearProbe")
    let found = requireSeveralClasses(labels, count: features.shape[0], "LinearProbe")
    let classes = classes ?? found
    guard classes >= found else {
      trap("LinearProbe", "classes: the largest label is \(found - 1), so at least \(found) classes, not \(classes)")
    }
    return classes
  }
}

func requirePenalty(_ penalty: Double, _ name: String, _ operation: String) {
  guard penalty > 0, penalty.isFinite else {
    trap(operation, "\(name): must be above 0 and finite, such as 1e-3, not \(penalty)")
  }
}
