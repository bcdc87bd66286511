public import TensorCore

/// A simple graph: vertices numbered from 0, and undirected edges between different ones.
///
/// Made for small graphs, of up to a few dozen vertices, whose properties can be checked exactly.
public struct Graph: Sendable, Equatable {
  /// The number of vertices.
  public let vertexCount: Int
  /// The neighbours of each vertex, ascending.
  public private(set) var neighbors: [[Int]]

  /// One edge, the smaller vertex first.
  public struct Edge: Sendable, Hashable {
    public let first: Int
    public let second: Int

    /// The ends may come in either order.
    public init(_ a: Int, _ b: Int) {
      first = min(a, b)
      second = max(a, b)
    }
  }

  /// A graph without edges. Traps when `vertexCount` is negative.
  public init(vertexCount: Int) {
    guard vertexCount >= 0 else { trap("Graph", "vertexCount: must be 0 or more, not \(vertexCount)") }
    self.vertexCount = vertexCount
    neighbors = Array(repeating: [], count: vertexCount)
  }

  /// A graph with the given edges; one that is named twice counts once.
  ///
  /// Traps when an edge joins a vertex with itself or names one outside `0..<vertexCount`.
  public init(vertexCount: Int, edges: some Sequence<Edge>) {
    self.init(vertexCount: vertexCount)
    for edge in edges { insert(edge) }
  }

  /// The graph of an adjacency matrix `[n, n]`, such as a model makes: an edge where the mean of the entries (i, j) and
  /// (j, i) exceeds `threshold`. The diagonal is left out.
  ///
  /// Traps when the matrix is not square or holds NaN.
  public init(adjacency: Tensor, threshold: Float = 0.5) {
    guard adjacency.rank == 2, adjacency.shape[0] == adjacency.shape[1] else {
      trap("Graph", "adjacency: needs a square matrix [n, n], not \(adjacency.shape)")
    }
    self.init(vertexCount: adjacency.shape[0])
    let entries = adjacency.scalars
    guard entries.allSatisfy({ !$0.isNaN }) else { trap("Graph", "adjacency: holds NaN") }
    for i in 0..<vertexCount {
      for j in 0..<i where (entries[i * vertexCount + j] + entries[j * vertexCount + i]) / 2 > threshold {
        insert(Edge(i, j))
      }
    }
  }

  /// Adds an edge; nothing changes when it is there already.
  ///
  /// Traps when the edge joins a vertex with itself or names one that does not exist.
  public mutating func insert(_ edge: Edge) {
    guard edge.first != edge.second, edge.first >= 0, edge.second < vertexCount else {
      trap(
        "Graph.insert",
        "edge: \(edge.first)-\(edge.second) must join two different vertices of 0..<\(vertexCount)")
    }
    if hasEdge(edge.first, edge.second) { return }
    for (from, to) in [(edge.first, edge.second), (edge.second, edge.first)] {
      let place = neighbors[from].firstIndex { $0 > to } ?? neighbors[from].count
      neighbors[from].insert(to, at: place)
    }
  }

  /// Takes an edge out; nothing changes when it is not there.
  public mutating func remove(_ edge: Edge) {
    guard edge.first >= 0, edge.second < vertexCount else { return }
    neighbors[edge.first].removeAll { $0 == edge.second }
    neighbors[edge.second].removeAll { $0 == edge.first }
  }

  /// Whether two vertices are joined. Traps when there is no vertex `a`.
  public func hasEdge(_ a: Int, _ b: Int) -> Bool {
    guard neighbors.indices.contains(a) else { trap("Graph.hasEdge", "there is no vertex \(a) in 0..<\(vertexCount)") }
    return neighbors[a].contains(b)
  }

  /// All edges, by first and then by second vertex.
  public var edges: [Edge] {
    (0..<vertexCount).flatMap { vertex in neighbors[vertex].filter { $0 > vertex }.map { Edge(vertex, $0) } }
  }

  /// The number of edges.
  public var edgeCount: Int { neighbors.reduce(0) { $0 + $1.count } / 2 }

  /// The adjacency matrix: 1 where two vertices are joined, else 0; `[n, n]`, symmetric.
  public var adjacency: Tensor {
    Graph.adjacency(of: [self], size: vertexCount).reshaped(to: [vertexCount, vertexCount])
  }

  /// The adjacency matrices of several graphs, with vertices that are joined to none added up to `size`: `[count, size,
  /// size]`.
  ///
  /// Traps when a graph has more vertices than `size`.
  public static func adjacency(of graphs: [Graph], size: Int) -> Tensor {
    var result = Tensor(zeros: [graphs.count, size, size])
    result.withUnsafeMutableScalars { entries in
      for (index, graph) in graphs.enumerated() {
        guard graph.vertexCount <= size else {
          trap("Graph.adjacency", "size: graph \(index) has \(graph.vertexCount) vertices, more than \(size)")
        }
        for edge in graph.edges {
          entries[(index * size + edge.first) * size + edge.second] = 1
          entries[(index * size + edge.second) * size + edge.first] = 1
        }
      }
    }
    return result
  }

  /// The same graph with its vertices numbered anew: vertex v becomes `order[v]`.
  ///
  /// Traps when `order` is not an order of the vertices.
  public func renumbered(_ order: [Int]) -> Graph {
    guard order.sorted() == Array(0..<vertexCount) else {
      trap("Graph.renumbered", "order: must hold each of 0..<\(vertexCount) once")
    }
    return Graph(vertexCount: vertexCount, edges: edges.map { Edge(order[$0.first], order[$0.second]) })
  }
}
