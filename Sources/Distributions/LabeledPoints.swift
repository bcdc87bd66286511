public import TensorCore

/// Points of some space, each with the number of the component, arm or cell that it came from.
public struct LabeledPoints: Sendable {
  /// One point a row: `[count, dimension]`.
  public let points: Tensor
  /// Where each point came from, counted from 0.
  public let labels: [Int]

  /// Traps when `points` is not a matrix with one row for each label.
  public init(points: Tensor, labels: [Int]) {
    guard points.rank == 2, points.shape[0] == labels.count else {
      trap(
        "LabeledPoints",
        "points: " + String(labels.count) + " labels need points of shape [" + String(labels.count)
          + ", dimension], not " + describe(points.shape))
    }
    self.points = points
    self.labels = labels
  }

  /// The number of points.
  public var count: Int { labels.count }

  /// The points at the given places, in that order. Traps when a place is out of range.
  public func select(_ indices: [Int]) -> LabeledPoints {
    LabeledPoints(points: points.gatheringRows(at: indices), labels: indices.map { labels[$0] })
  }
}
