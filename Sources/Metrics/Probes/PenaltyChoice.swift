internal import TensorCore

/// How a ``LinearProbe``'s penalty is found.
public enum PenaltyChoice: Sendable, Equatable {
  /// This one.
  case fixed(Double)
  /// The one of several with the smallest cross entropy on labelled examples that were held out, a fifth of each class.
  ///
  /// With up to 2,000 examples each fifth is held out in turn (as many parts as the rarest class has examples, if those
  /// are fewer than five); with more a single fifth is enough. Where some class has only one example, nothing can be
  /// held out, and the penalty is `fallback`. Candidates are tried from the largest on, until one does worse than the
  /// one before.
  case heldOut(
    candidates: [Double] = [10, 3, 1, 0.3, 0.1, 0.03, 0.01, 3e-3, 1e-3, 3e-4, 1e-4, 3e-5, 1e-5], fallback: Double = 0.1)

  func validate() {
    switch self {
    case .fixed(let penalty): requirePenalty(penalty, "fixed", "PenaltyChoice")
    case .heldOut(let candidates, let fallback):
      requirePenalty(fallback, "fallback", "PenaltyChoice.heldOut")
      guard !candidates.isEmpty else {
        trap("PenaltyChoice.heldOut", "candidates: needs at least one penalty, such as 1e-3")
      }
      for candidate in candidates { requirePenalty(candidate, "candidates", "PenaltyChoice.heldOut") }
    }
  }

  /// The penalty for labelled examples, their features standardized.
  func penalty(for features: Tensor, labels: [Int], classes: Int) -> Double {
    switch self {
    case .fixed(let penalty): return penalty
    case .heldOut(let candidates, let fallback):
      guard candidates.count > 1 else { return candidates[0] }
      var counts = [Int](repeating: 0, count: classes)
      // An example's part is told by how many of its class came before: every part has its share of every class.
      let ranks = labels.map { label in
        defer { counts[label] += 1 }
        return counts[label]
      }
      let parts = min(5, counts.filter { $0 > 0 }.min() ?? 0)
      guard parts >= 2 else { return fallback }
      let folds = (0..<(labels.count > 2_000 ? 1 : parts)).map { part in
        Fold(features, labels, classes, isHeldOut: { ranks[$0] % parts == part })
      }
      return best(of: candidates.sorted(by: >), folds)
    }
  }

  private func best(of candidates: [Double], _ folds: [Fold]) -> Double {
    var folds = folds
    var (best, smallest) = (candidates[0], Double.infinity)
    for candidate in candidates {
      var loss = 0.0
      for index in folds.indices { loss += folds[index].heldOutLoss(penalty: candidate) }
      if loss >= smallest { break }
      (best, smallest) = (candidate, loss)
    }
    return best
  }
}

/// Examples to fit and others to look at.
private struct Fold {
  private let (features, labels): (Tensor, [Int])
  private let heldOut: SoftmaxObjective
  private var point: [Double] = []

  init(_ all: Tensor, _ labels: [Int], _ classes: Int, isHeldOut: (Int) -> Bool) {
    var (fitted, others): ([Int], [Int]) = ([], [])
    for place in labels.indices { if isHeldOut(place) { others.append(place) } else { fitted.append(place) } }
    features = all.gatheringRows(at: fitted)
    self.labels = fitted.map { labels[$0] }
    heldOut = SoftmaxObjective(
      features: all.gatheringRows(at: others), labels: others.map { labels[$0] }, classes: classes, penalty: 0)
    point = heldOut.start
  }

  /// The mean cross entropy of what is held out. Each fit starts from the one before.
  mutating func heldOutLoss(penalty: Double) -> Double {
    let objective = SoftmaxObjective(
      features: features, labels: labels, classes: heldOut.classes, penalty: penalty)
    point =
      LimitedMemoryBFGS(gradientTolerance: 1e-4, maximumIterations: 200)
      .minimize(from: point) { objective.valueAndGradient(at: $0) }.point
    return heldOut.loss(at: point)
  }
}
