public import TensorCore

/// The k nearest rows of one matrix for every row of another, by Euclidean distance.
///
/// The search is exact: candidates come from matrix products in Float, and what those leave in doubt is decided in
/// Double. Of equally near rows the one that comes first is taken.
public struct NearestNeighbors: Sendable, Equatable {
  /// k.
  public let count: Int
  /// For every query its k neighbours' rows, nearest first; query after query.
  public let indices: [Int]
  /// Their squared distances.
  package let squaredDistances: [Double]

  /// The distances to the neighbours, in the order of `indices`.
  public var distances: [Double] { squaredDistances.map { $0.squareRoot() } }

  /// - Parameters:
  ///   - queries: `[n, d]`.
  ///   - references: `[m, d]`.
  ///   - count: k in 1...m.
  ///
  /// Traps when an argument is not as stated, and on NaN or infinity.
  public init(of queries: Tensor, in references: Tensor, count: Int) {
    requireRows(queries, "queries", "NearestNeighbors")
    requireRows(references, "references", "NearestNeighbors")
    requireSameWidth(queries, references, ("queries", "references"), "NearestNeighbors")
    guard (1...references.shape[0]).contains(count) else {
      trap(
        "NearestNeighbors",
        "count: \(references.shape[0]) references have 1...\(references.shape[0]) neighbours, not \(count); "
          + "choose a count within that, or give more references")
    }
    self.init(searching: DistanceBlocks(from: queries, to: references), count: count, skippingSelf: false)
  }

  /// The neighbours of every row among the other rows of the same matrix; a row is never its own neighbour.
  ///
  /// - Parameters:
  ///   - points: `[n, d]`.
  ///   - count: k in 1...n - 1.
  ///
  /// Traps when an argument is not as stated, and on NaN or infinity.
  public init(within points: Tensor, count: Int) {
    requireRows(points, "points", "NearestNeighbors", atLeast: 2)
    guard (1..<points.shape[0]).contains(count) else {
      trap(
        "NearestNeighbors",
        "count: among \(points.shape[0]) points each has 1...\(points.shape[0] - 1) neighbours, not \(count); "
          + "choose a count within that, or give more points")
    }
    self.init(searching: DistanceBlocks(from: points, to: points), count: count, skippingSelf: true)
  }

  private init(searching blocks: DistanceBlocks, count: Int, skippingSelf: Bool) {
    var indices: [Int] = []
    var squaredDistances: [Double] = []
    indices.reserveCapacity(blocks.queries.shape[0] * count)
    squaredDistances.reserveCapacity(blocks.queries.shape[0] * count)
    var smallest: [Float] = []
    var candidates: [(index: Int, distance: Double)] = []
    blocks.forEachRow { row, approximate in
      let skipped = skippingSelf ? row : -1
      keepSmallest(count, of: approximate, except: skipped, in: &smallest)
      // The true k-th distance is at most `bound` + margin, so a true neighbour's approximate one is within twice that.
      let bound = Double(smallest[count - 1])
      let limit = Float(bound + 2 * blocks.margin(row)(at: bound)).nextUp
      candidates.removeAll(keepingCapacity: true)
      for column in approximate.indices where approximate[column] <= limit && column != skipped {
        candidates.append((column, blocks.exact(row, column)))
      }
      candidates.sort { a, b in a.distance != b.distance ? a.distance < b.distance : a.index < b.index }
      for neighbour in candidates.prefix(count) {
        indices.append(neighbour.index)
        squaredDistances.append(neighbour.distance)
      }
    }
    self.count = count
    self.indices = indices
    self.squaredDistances = squaredDistances
  }

  /// For every query the squared distance to its k-th neighbour.
  var squaredRadii: [Double] {
    stride(from: count - 1, to: squaredDistances.count, by: count).map { squaredDistances[$0] }
  }
}

/// The `count` smallest values in ascending order; there must be as many.
private func keepSmallest(
  _ count: Int, of values: UnsafeBufferPointer<Float>, except skipped: Int, in smallest: inout [Float]
) {
  smallest.removeAll(keepingCapacity: true)
  for index in values.indices where index != skipped {
    let value = values[index]
    if smallest.count == count {
      if value >= smallest[count - 1] { continue }
      smallest.removeLast()
    }
    var place = smallest.count
    while place > 0 && smallest[place - 1] > value { place -= 1 }
    smallest.insert(value, at: place)
  }
}
