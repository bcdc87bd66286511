public import TensorCore

extension Graph {
  /// The rows x columns lattice: every vertex is joined to the next in its row and in its column.
  ///
  /// Traps when there is no row or no column.
  public static func grid(rows: Int, columns: Int) -> Graph {
    guard rows > 0, columns > 0 else {
      trap("Graph.grid", "rows and columns: need at least 1 each, not \(rows) and \(columns)")
    }
    var graph = Graph(vertexCount: rows * columns)
    for row in 0..<rows {
      for column in 0..<columns {
        let vertex = row * columns + column
        if column + 1 < columns { graph.insert(Edge(vertex, vertex + 1)) }
        if row + 1 < rows { graph.insert(Edge(vertex, vertex + columns)) }
      }
    }
    return graph
  }

  /// A tree, each labelled tree equally likely: the tree of a random Pruefer sequence.
  ///
  /// Traps when there is no vertex.
  public static func tree(vertexCount: Int, using random: inout RandomGenerator) -> Graph {
    guard vertexCount > 0 else { trap("Graph.tree", "vertexCount: needs at least 1, not \(vertexCount)") }
    var graph = Graph(vertexCount: vertexCount)
    if vertexCount < 2 { return graph }
    let sequence = random.integers(below: vertexCount, count: vertexCount - 2)
    // A vertex occurs in the sequence once less than it has neighbours; the smallest leaf goes first.
    var missing = [Int](repeating: 1, count: vertexCount)
    for vertex in sequence { missing[vertex] += 1 }
    for vertex in sequence {
      let leaf = missing.firstIndex(of: 1) ?? 0
      graph.insert(Edge(leaf, vertex))
      missing[leaf] -= 1
      missing[vertex] -= 1
    }
    let last = missing.indices.filter { missing[$0] == 1 }
    graph.insert(Edge(last[0], last[1]))
    return graph
  }

  /// Communities: two vertices of one community are joined with probability `inside`, two of different ones with
  /// probability `between` (the stochastic block model). Vertices are numbered community by community.
  ///
  /// Traps when there is no community, a size is below 1, or a probability lies outside 0...1.
  public static func communities(
    sizes: [Int], inside: Double, between: Double, using random: inout RandomGenerator
  ) -> Graph {
    guard !sizes.isEmpty, sizes.allSatisfy({ $0 > 0 }) else {
      trap("Graph.communities", "sizes: needs at least one community, and of at least one vertex, not \(sizes)")
    }
    for (name, probability) in [("inside", inside), ("between", between)] {
      guard (0...1).contains(probability) else {
        trap("Graph.communities", "\(name): must lie in 0...1, not \(probability)")
      }
    }
    let community = sizes.enumerated().flatMap { Array(repeating: $0, count: $1) }
    var graph = Graph(vertexCount: community.count)
    for i in community.indices {
      for j in 0..<i where random.uniformDouble() < (community[i] == community[j] ? inside : between) {
        graph.insert(Edge(i, j))
      }
    }
    return graph
  }

  /// A connected planar graph: a random tree, to which edges are added in random order as long as it stays planar and has
  /// not yet `edgeCount` of them.
  ///
  /// - Parameter edgeCount: from n - 1, a tree, to 3 n - 6, a triangulation, for n >= 3 vertices.
  ///
  /// Traps when there is no vertex, or no planar graph has that number of edges.
  public static func planar(vertexCount: Int, edgeCount: Int, using random: inout RandomGenerator) -> Graph {
    let most = vertexCount >= 3 ? 3 * vertexCount - 6 : vertexCount - 1
    guard vertexCount > 0, edgeCount >= vertexCount - 1, edgeCount <= most else {
      trap(
        "Graph.planar",
        "edgeCount: a connected planar graph of \(vertexCount) vertices has \(vertexCount - 1)...\(most) edges, "
          + "not \(edgeCount)")
    }
    var graph = tree(vertexCount: vertexCount, using: &random)
    let pairs = (0..<vertexCount).flatMap { i in (0..<i).map { Edge($0, i) } }
    // A planar graph to which no edge can be added has 3 n - 6 of them, so one pass is enough.
    for place in random.permutation(pairs.count) where graph.edgeCount < edgeCount {
      if graph.hasEdge(pairs[place].first, pairs[place].second) { continue }
      graph.insert(pairs[place])
      if !graph.isPlanar { graph.remove(pairs[place]) }
    }
    return graph
  }
}
