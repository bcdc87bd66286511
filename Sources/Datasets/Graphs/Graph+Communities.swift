internal import TensorCore

extension Graph {
  /// A division of the vertices into two groups, and how good it is.
  public struct Bisection: Sendable, Equatable {
    /// The group of each vertex, 0 or 1; vertex 0 is in group 0.
    public let groups: [Int]
    /// Newman's modularity: the share of edges inside groups, less the share to be expected from the degrees alone:
    /// sum over groups of e / m - (d / 2m)^2, with e the group's inner edges, d the sum of its degrees, m all edges.
    public let modularity: Double
  }

  /// The division into two groups of the highest modularity, found by trying all 2^(n - 1) of them; of equals the first
  /// in the order of trying. A graph has two communities when the modularity is high: 0.3 and more by common usage (Newman
  /// and Girvan 2004).
  ///
  /// Traps when there is no vertex or no edge, or there are more than 24 vertices.
  public var bestBisection: Bisection {
    guard (1...24).contains(vertexCount), edgeCount > 0 else {
      trap(
        "Graph.bestBisection",
        "needs a graph of 1...24 vertices with an edge, not of \(vertexCount) vertices and \(edgeCount) edges")
    }
    let rows = neighbors.map { $0.reduce(UInt32(0)) { $0 | 1 << UInt32($1) } }
    let degrees = degrees
    let edges = edgeCount
    // Gray's code moves one vertex at a time; vertex 0 stays. `cut` counts the edges between the groups, `weight` the
    // degrees of group 1.
    var (members, cut, weight) = (UInt32(0), 0, 0)
    var (best, bestMembers) = (score(cut: 0, weight: 0, edges: edges), UInt32(0))
    for step in 1..<max(1, 1 << (vertexCount - 1)) {
      let vertex = step.trailingZeroBitCount + 1
      let bit = UInt32(1) << UInt32(vertex)
      let inOne = (rows[vertex] & members).nonzeroBitCount
      if members & bit == 0 {
        cut += degrees[vertex] - 2 * inOne
        weight += degrees[vertex]
      } else {
        cut -= degrees[vertex] - 2 * inOne
        weight -= degrees[vertex]
      }
      members ^= bit
      let value = score(cut: cut, weight: weight, edges: edges)
      if value > best { (best, bestMembers) = (value, members) }
    }
    // In whole numbers 4 m^2 Q = 4 m (m - cut) - weight^2 - (2 m - weight)^2.
    return Bisection(
      groups: (0..<vertexCount).map { Int(bestMembers >> UInt32($0) & 1) },
      modularity: Double(best) / Double(4 * edges * edges))
  }

  private func score(cut: Int, weight: Int, edges: Int) -> Int {
    let rest = 2 * edges - weight
    return 4 * edges * (edges - cut) - weight * weight - rest * rest
  }
}
