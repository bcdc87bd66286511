import Metrics
import TensorCore
import Testing

@Suite struct ProbeTests {
  /// Features of different scales, one of them constant.
  static let features =
    spread(90, 6, seed: 0.3) * Tensor([[1, 10, 0.1, 3, 0, 1]]) + Tensor([[0, 100, 0, -5, 2, 0]])
  static let labels = MeasuresReference.probeLabels.map { Int($0) }

  @Test func agreesWithScikitLearn() {
    let probe = LinearProbe(features: Self.features, labels: Self.labels, penalty: 0.01)
    #expect(probe.hasConverged)
    #expect(abs(probe.objective - MeasuresReference.probeObjective[0]) < 1e-6)
    for (value, expected) in zip(probe.weight.scalars, MeasuresReference.probeWeight) {
      #expect(abs(Double(value) - expected) < 2e-3)
    }
    let probabilities = probe.logits(Self.features.rows(0..<10)).softmax().scalars
    for (value, expected) in zip(probabilities, MeasuresReference.probeProbabilities) {
      #expect(abs(Double(value) - expected) < 1e-3)
    }
    let bias = probe.bias - probe.bias.mean()
    for (value, expected) in zip(bias.scalars, MeasuresReference.probeBias) {
      #expect(abs(Double(value) - expected) < 2e-3)
    }
    // The constant feature has no say.
    #expect(probe.weight.rows(4..<5).scalars == [0, 0, 0])
  }

  @Test func probesAreDeterministic() {
    let (a, b) = (
      LinearProbe(features: Self.features, labels: Self.labels),
      LinearProbe(features: Self.features, labels: Self.labels)
    )
    #expect(a.weight == b.weight && a.bias == b.bias && a.iterations == b.iterations)
  }

  @Test func separableDataAreSeparated() {
    var random = RandomGenerator(seed: 71)
    let labels = random.integers(below: 5, count: 400)
    let centers = random.normal(shape: [5, 20], standardDeviation: 3)
    let features = centers.gatheringRows(at: labels) + random.normal(shape: [400, 20])
    let split = 200
    let probe = LinearProbe(features: features.rows(0..<split), labels: Array(labels[..<split]), classes: 6)
    let test = probe.evaluate(features.rows(split..<400), labels: Array(labels[split...]))
    #expect(test.accuracy > 0.97 && test.classes == 6)
    let neighbors = NearestNeighborClassifier(features: features.rows(0..<split), labels: Array(labels[..<split]))
    #expect(neighbors.evaluate(features.rows(split..<400), labels: Array(labels[split...])).accuracy > 0.97)
  }

  /// A small enough penalty with data that are not separable, many more classes than two.
  @Test func convergesOnHardData() {
    var random = RandomGenerator(seed: 72)
    let probe = LinearProbe(
      features: random.normal(shape: [600, 30]), labels: random.integers(below: 10, count: 600), penalty: 1e-4)
    #expect(probe.hasConverged)
    #expect(probe.objective < log(10.0))
  }

  @Test func nearestNeighborsAgreeWithScikitLearn() {
    // scikit-learn's features are standardized in Double; so are these, up to rounding.
    let deviations = Self.features.variance(axis: 0).squareRoot() + Tensor([0, 0, 0, 0, 1, 0])
    let scaled = (Self.features - Self.features.mean(axis: 0)) / deviations
    let classifier = NearestNeighborClassifier(
      features: scaled.rows(0..<60), labels: Array(Self.labels[..<60]), neighbors: 1)
    #expect(classifier.predict(scaled.rows(60..<90)) == MeasuresReference.nearestPredictions.map { Int($0) })
  }

  @Test func votes() {
    let features = Tensor([[0], [1], [1.5], [10], [11], [12]])
    let classifier = NearestNeighborClassifier(features: features, labels: [0, 1, 1, 2, 2, 0], neighbors: 3)
    #expect(classifier.predict(Tensor([[0.25], [11]])) == [1, 2])
    // One vote each: the nearest decides.
    let tied = NearestNeighborClassifier(features: features, labels: [0, 1, 2, 0, 1, 2], neighbors: 3)
    #expect(tied.predict(Tensor([[0.25], [1.375], [11.75]])) == [0, 2, 2])
  }
}
