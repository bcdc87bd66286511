public import TensorCore

/// Classification by a vote of the k nearest known examples, by Euclidean distance. No training: it measures how well
/// features lie as they are.
public struct NearestNeighborClassifier: Sendable {
  private let features: Tensor
  private let labels: [Int]
  /// k.
  public let neighbors: Int
  /// The number of classes: one more than the largest label.
  public let classes: Int

  /// - Parameters:
  ///   - features: `[n, d]`, the known examples.
  ///   - labels: their n classes, counted from 0; at least two different ones.
  ///   - neighbors: k in 1...n.
  ///
  /// Traps when an argument is not as stated, and on NaN or infinity.
  public init(features: Tensor, labels: [Int], neighbors: Int = 5) {
    requireRows(features, "features", "NearestNeighborClassifier")
    classes = requireSeveralClasses(labels, count: features.shape[0], "NearestNeighborClassifier")
    guard (1...features.shape[0]).contains(neighbors) else {
      trap(
        "NearestNeighborClassifier",
        "neighbors: \(features.shape[0]) examples allow 1...\(features.shape[0]), not \(neighbors); "
          + "choose a number within that, or give more examples")
    }
    self.features = features
    self.labels = labels
    self.neighbors = neighbors
  }

  /// The class of each row of `[n, d]`: the most frequent among its neighbours; of equally frequent ones, that of the
  /// nearest neighbour.
  ///
  /// Traps when the rows are not d wide, and on NaN or infinity.
  public func predict(_ rows: Tensor) -> [Int] {
    requireRows(rows, "rows", "NearestNeighborClassifier.predict")
    requireSameWidth(rows, features, ("rows", "features"), "NearestNeighborClassifier.predict")
    let found = NearestNeighbors(of: rows, in: features, count: neighbors).indices
    var votes = [Int](repeating: 0, count: classes)
    return (0..<rows.shape[0]).map { row in
      let voters = found[row * neighbors..<(row + 1) * neighbors]
      for voter in voters { votes[labels[voter]] += 1 }
      // Voters come nearest first, so the first label to hold the record is the nearest one.
      var winner = labels[voters[voters.startIndex]]
      for voter in voters where votes[labels[voter]] > votes[winner] { winner = labels[voter] }
      for voter in voters { votes[labels[voter]] = 0 }
      return winner
    }
  }

  /// The guesses for labelled rows, counted.
  ///
  /// Traps as ``predict(_:)`` does, and when the labels do not fit the rows.
  public func evaluate(_ rows: Tensor, labels actual: [Int]) -> ConfusionMatrix {
    let size = max(classes, (actual.max() ?? 0) + 1)
    return ConfusionMatrix(predicted: predict(rows), actual: actual, classes: size)
  }
}

/// The number of classes in labels of `count` rows. Traps when they do not fit, are negative or are all the same.
func requireSeveralClasses(_ labels: [Int], count: Int, _ operation: String) -> Int {
  let classes = (labels.max() ?? 0) + 1
  requireLabels(labels, "labels", count: count, classes: classes, operation)
  guard labels.contains(where: { $0 != labels[0] }) else {
    trap(operation, "labels: all \(count) are \(labels[0]); needs examples of at least two classes")
  }
  return classes
}
