internal import TensorCore

/// Which classes were taken for which.
public struct ConfusionMatrix: Sendable, Equatable {
  /// The number of classes.
  public let classes: Int
  /// counts[actual * classes + predicted].
  public let counts: [Int]

  /// - Parameters:
  ///   - predicted: what was guessed, one class each.
  ///   - actual: what it is.
  ///   - classes: the number of classes; all labels are in `0..<classes`.
  ///
  /// Traps when there is no label, the two differ in number, or a label is not a class.
  public init(predicted: [Int], actual: [Int], classes: Int) {
    guard !actual.isEmpty else { trap("ConfusionMatrix", "actual: needs at least one label") }
    requireLabels(actual, "actual", count: actual.count, classes: classes, "ConfusionMatrix")
    requireLabels(predicted, "predicted", count: actual.count, classes: classes, "ConfusionMatrix")
    var counts = [Int](repeating: 0, count: classes * classes)
    for (guess, truth) in zip(predicted, actual) { counts[truth * classes + guess] += 1 }
    self.classes = classes
    self.counts = counts
  }

  /// How often `actual` was taken for `predicted`.
  public subscript(actual actual: Int, predicted predicted: Int) -> Int {
    guard (0..<classes).contains(actual), (0..<classes).contains(predicted) else {
      trap("ConfusionMatrix", "the classes \(actual) and \(predicted) must lie in 0..<\(classes)")
    }
    return counts[actual * classes + predicted]
  }

  /// The number of labels.
  public var total: Int { counts.reduce(0, +) }

  /// The number of right guesses.
  public var correct: Int { (0..<classes).reduce(0) { $0 + counts[$1 * classes + $1] } }

  /// The share of right guesses.
  public var accuracy: Double { Double(correct) / Double(total) }

  /// Wilson's interval for the accuracy.
  public func accuracyInterval(confidence: Double = 0.95) -> ConfidenceInterval {
    wilsonInterval(successes: correct, trials: total, confidence: confidence)
  }

  /// For each class, the share of it that was recognized; nil for a class that does not occur.
  public var recalls: [Double?] {
    (0..<classes).map { truth in
      let all = (0..<classes).reduce(0) { $0 + counts[truth * classes + $1] }
      return all == 0 ? nil : Double(counts[truth * classes + truth]) / Double(all)
    }
  }

  /// For each class, the share of guesses of it that were right; nil for a class that was never guessed.
  public var precisions: [Double?] {
    (0..<classes).map { guess in
      let all = (0..<classes).reduce(0) { $0 + counts[$1 * classes + guess] }
      return all == 0 ? nil : Double(counts[guess * classes + guess]) / Double(all)
    }
  }

  /// The mean recall of the classes that occur: an accuracy to which every class contributes alike.
  public var balancedAccuracy: Double {
    let recalls = recalls.compactMap { $0 }
    return recalls.reduce(0, +) / Double(recalls.count)
  }
}

/// The share of equal labels. Traps when there is none or the two differ in number.
public func accuracy(of predicted: [Int], against actual: [Int]) -> Double {
  guard !actual.isEmpty, predicted.count == actual.count else {
    trap(
      "accuracy",
      "predicted and actual: must be of one number and not empty, not \(predicted.count) and \(actual.count)")
  }
  return Double(zip(predicted, actual).count { $0 == $1 }) / Double(actual.count)
}
