import Datasets
import TensorCore
import TestSupport
import Testing

/// All labelled graphs of n vertices, counted by property, against the known numbers of such graphs.
@Suite struct GraphCountTests {
  private func graphs(_ n: Int) -> some Sequence<Graph> {
    let pairs = (0..<n).flatMap { i in (0..<i).map { Graph.Edge($0, i) } }
    return (0..<1 << pairs.count).lazy.map { code in
      Graph(vertexCount: n, edges: pairs.indices.filter { code >> $0 & 1 == 1 }.map { pairs[$0] })
    }
  }

  /// OEIS A066537, A001187 and Cayley's n^(n - 2).
  @Test(arguments: [
    (1, 1, 1, 1), (2, 2, 1, 1), (3, 8, 4, 3), (4, 64, 38, 16), (5, 1023, 728, 125), (6, 32_071, 26_704, 1296),
  ])
  func planarConnectedAndTrees(n: Int, planar: Int, connected: Int, trees: Int) {
    var counts = (planar: 0, connected: 0, trees: 0)
    for graph in graphs(n) {
      if graph.isPlanar { counts.planar += 1 }
      if graph.isConnected { counts.connected += 1 }
      if graph.isTree { counts.trees += 1 }
    }
    #expect(counts.planar == planar)
    #expect(counts.connected == connected)
    #expect(counts.trees == trees)
  }

  /// The number of graphs of n vertices up to isomorphism: 1, 2, 4, 11, 34 (OEIS A000088).
  @Test(arguments: [(1, 1), (2, 2), (3, 4), (4, 11), (5, 34)]) func isomorphismClasses(n: Int, expected: Int) {
    var classes: [Graph] = []
    for graph in graphs(n) where !classes.contains(where: { $0.isIsomorphic(to: graph) }) { classes.append(graph) }
    #expect(classes.count == expected)
  }

  /// Graphs in which every vertex has three neighbours, where only trying tells apart what differs. Of 19,320 connected
  /// ones of eight vertices, 8! / |Aut| for each of five kinds, a draw takes each equally often (OEIS A002851, A004109).
  @Test func cubicGraphs() {
    var random = RandomGenerator(seed: 87)
    var kinds: [(graph: Graph, count: Int)] = []
    var drawn = 0
    while drawn < 2_000 {
      // Three ends at each vertex, paired at random, until no pair makes a loop or a second edge.
      let ends = random.permutation(24).map { $0 / 3 }
      var edges: Set<Graph.Edge> = []
      for pair in 0..<12 where ends[2 * pair] != ends[2 * pair + 1] {
        edges.insert(Graph.Edge(ends[2 * pair], ends[2 * pair + 1]))
      }
      guard edges.count == 12 else { continue }
      let graph = Graph(vertexCount: 8, edges: edges)
      guard graph.isConnected else { continue }
      drawn += 1
      if let kind = kinds.firstIndex(where: { $0.graph.isIsomorphic(to: graph) }) {
        kinds[kind].count += 1
      } else {
        kinds.append((graph, 1))
      }
    }
    #expect(kinds.count == 5)
    let labelled: [Double] = [840, 2_520, 2_520, 3_360, 10_080]
    for (found, labelled) in zip(kinds.map(\.count).sorted(), labelled) {
      let expected = labelled / 19_320 * 2_000
      #expect(abs(Double(found) - expected) < 5 * expected.squareRoot())
    }
  }
}

@Suite struct GraphPropertyTests {
  private func complete(_ n: Int) -> Graph {
    Graph(vertexCount: n, edges: (0..<n).flatMap { i in (0..<i).map { Graph.Edge($0, i) } })
  }

  private func complete(_ n: Int, _ m: Int) -> Graph {
    Graph(vertexCount: n + m, edges: (0..<n).flatMap { i in (n..<n + m).map { Graph.Edge(i, $0) } })
  }

  private func cycle(_ n: Int) -> Graph {
    Graph(vertexCount: n, edges: (0..<n).map { Graph.Edge($0, ($0 + 1) % n) })
  }

  private let petersen = Graph(
    vertexCount: 10,
    edges: (0..<5).flatMap {
      [Graph.Edge($0, ($0 + 1) % 5), Graph.Edge($0, $0 + 5), Graph.Edge($0 + 5, ($0 + 2) % 5 + 5)]
    })

  @Test func planarityOfKnownGraphs() {
    #expect(complete(4).isPlanar && !complete(5).isPlanar)
    #expect(complete(2, 9).isPlanar && !complete(3, 3).isPlanar)
    #expect(!petersen.isPlanar)
    #expect(Graph.grid(rows: 5, columns: 6).isPlanar)
    // Two graphs that are not planar by themselves, hidden behind subdivided edges and a bridge.
    var hidden = Graph(vertexCount: 20)
    for edge in complete(3, 3).edges { hidden.insert(edge) }
    hidden.remove(Graph.Edge(0, 3))
    for (a, b) in [(0, 6), (6, 7), (7, 3), (7, 8), (8, 9), (9, 10), (10, 8)] { hidden.insert(Graph.Edge(a, b)) }
    #expect(!hidden.isPlanar)
    hidden.remove(Graph.Edge(6, 7))
    #expect(hidden.isPlanar)
  }

  /// Planarity does not depend on the numbering, and subdividing an edge does not change it.
  @Test func planarityIsInvariant() {
    var random = RandomGenerator(seed: 81)
    var seen = (planar: 0, other: 0)
    for _ in 0..<300 {
      let n = 5 + random.integer(below: 8)
      let graph = Graph.communities(sizes: [n], inside: 0.45, between: 0, using: &random)
      let isPlanar = graph.isPlanar
      if isPlanar { seen.planar += 1 } else { seen.other += 1 }
      #expect(graph.renumbered(random.permutation(n)).isPlanar == isPlanar)
      guard let edge = graph.edges.first else { continue }
      var divided = Graph(vertexCount: n + 1, edges: graph.edges)
      divided.remove(edge)
      divided.insert(Graph.Edge(edge.first, n))
      divided.insert(Graph.Edge(n, edge.second))
      #expect(divided.isPlanar == isPlanar)
      // Taking an edge out keeps a planar graph planar.
      if isPlanar {
        var smaller = graph
        smaller.remove(edge)
        #expect(smaller.isPlanar)
      }
    }
    #expect(seen.planar > 50 && seen.other > 50)
  }

  @Test func randomPlanarGraphs() {
    var random = RandomGenerator(seed: 82)
    for edgeCount in [11, 20, 30] {
      let graph = Graph.planar(vertexCount: 12, edgeCount: edgeCount, using: &random)
      #expect(graph.edgeCount == edgeCount && graph.isPlanar && graph.isConnected)
    }
    // A triangulation: one edge more is one too many.
    var full = Graph.planar(vertexCount: 8, edgeCount: 18, using: &random)
    let missing = (0..<8).flatMap { i in (0..<i).map { Graph.Edge($0, i) } }.first {
      !full.hasEdge($0.first, $0.second)
    }
    if let missing { full.insert(missing) }
    #expect(full.edgeCount == 19 && !full.isPlanar)
  }

  /// Each of the 16 labelled trees of four vertices comes equally often.
  @Test func treesAreUniform() {
    var random = RandomGenerator(seed: 83)
    var counts: [[Graph.Edge]: Int] = [:]
    for _ in 0..<3_200 {
      let tree = Graph.tree(vertexCount: 4, using: &random)
      #expect(tree.isTree)
      counts[tree.edges, default: 0] += 1
    }
    #expect(counts.count == 16)
    #expect(counts.values.allSatisfy { abs($0 - 200) < 70 })
    #expect(Graph.tree(vertexCount: 1, using: &random).isTree && Graph.tree(vertexCount: 2, using: &random).isTree)
    #expect(Graph.tree(vertexCount: 30, using: &random).isTree)
  }

  @Test func gridsAreRecognized() {
    var random = RandomGenerator(seed: 84)
    for (rows, columns) in [(1, 1), (1, 7), (2, 3), (3, 4), (4, 4), (4, 5)] {
      let grid = Graph.grid(rows: rows, columns: columns)
      #expect(grid.edgeCount == rows * (columns - 1) + columns * (rows - 1))
      let shuffled = grid.renumbered(random.permutation(rows * columns))
      #expect(shuffled.isGrid)
      if let edge = shuffled.edges.first, rows > 1 {
        var broken = shuffled
        broken.remove(edge)
        #expect(!broken.isGrid)
      }
    }
    #expect(!petersen.isGrid && petersen.isIsomorphic(to: petersen.renumbered(random.permutation(10))))
    // Two cubic graphs of six vertices that no count of neighbours tells apart.
    let prism = Graph(
      vertexCount: 6,
      edges: (0..<3).flatMap {
        [Graph.Edge($0, ($0 + 1) % 3), Graph.Edge($0 + 3, ($0 + 1) % 3 + 3), Graph.Edge($0, $0 + 3)]
      })
    #expect(!prism.isIsomorphic(to: complete(3, 3)))
  }

  @Test func statistics() {
    #expect(complete(6).triangleCount == 20 && complete(6).averageClustering == 1)
    #expect(petersen.triangleCount == 0 && petersen.degrees == Array(repeating: 3, count: 10))
    #expect(cycle(5).degreeHistogram == [0, 0, 5, 0, 0])
    // A triangle with a tail.
    let tailed = Graph(vertexCount: 4, edges: [Graph.Edge(0, 1), Graph.Edge(1, 2), Graph.Edge(2, 0), Graph.Edge(2, 3)])
    #expect(tailed.trianglesAtVertices == [1, 1, 1, 0])
    #expect(tailed.clusteringCoefficients == [1, 1, 1.0 / 3, 0])
    #expect(tailed.blocks.map(\.count).sorted() == [1, 3])
    let parts = Graph(vertexCount: 5, edges: [Graph.Edge(0, 3), Graph.Edge(1, 4)])
    #expect(parts.components == [0, 1, 2, 0, 1] && parts.componentCount == 3 && !parts.isConnected)
    // Rows of the Laplacian times the roots of the degrees give 0.
    let product = matmul(
      tailed.normalizedLaplacian, Tensor(tailed.degrees.map { Float($0).squareRoot() }, shape: [4, 1]))
    #expect(product.scalars.allSatisfy { abs($0) < 1e-6 })
  }

  @Test func communities() {
    var random = RandomGenerator(seed: 85)
    let graph = Graph.communities(sizes: [7, 8], inside: 0.9, between: 0.05, using: &random)
    let best = graph.bestBisection
    #expect(best.groups == Array(repeating: 0, count: 7) + Array(repeating: 1, count: 8))
    #expect(best.modularity > 0.3)
    // Two triangles and a bridge: Q = 2 (3/7 - (7/14)^2).
    let pair = Graph(
      vertexCount: 6,
      edges: [(0, 1), (1, 2), (2, 0), (3, 4), (4, 5), (5, 3), (2, 3)].map { Graph.Edge($0.0, $0.1) })
    #expect(abs(pair.bestBisection.modularity - 2 * (3.0 / 7 - 0.25)) < 1e-15)
    #expect(pair.bestBisection.groups == [0, 0, 0, 1, 1, 1])
    // The complete graph is best left whole.
    #expect(complete(6).bestBisection.modularity == 0)
    let share = (0..<60).reduce(0) { sum, _ in
      sum + Graph.communities(sizes: [10], inside: 0.3, between: 0, using: &random).edgeCount
    }
    #expect(abs(Double(share) / 60 - 13.5) < 2)
  }

  @Test func adjacencyGoesBothWays() {
    var random = RandomGenerator(seed: 86)
    let graph = Graph.communities(sizes: [9], inside: 0.5, between: 0, using: &random)
    #expect(Graph(adjacency: graph.adjacency) == graph)
    #expect(graph.adjacency == graph.adjacency.transposed())
    let batch = Graph.adjacency(of: [graph, Graph.grid(rows: 2, columns: 2)], size: 12)
    #expect(batch.shape == [2, 12, 12] && batch.sum().item == Float(2 * graph.edgeCount + 8))
    // A model's matrix: the mean of both halves counts, the diagonal does not.
    #expect(Graph(adjacency: Tensor([[1, 0.9], [0.2, 1]])).edgeCount == 1)
    #expect(Graph(adjacency: Tensor([[1, 0.7], [0.2, 1]])).edgeCount == 0)
  }

  @Test func refused() async {
    expectTrap(
      "Graph.insert: edge: 2-2 must join two different vertices of 0..<3",
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = Graph(vertexCount: 3, edges: [Graph.Edge(2, 2)])
      })
    expectTrap(
      "Graph.planar: edgeCount: a connected planar graph of 5 vertices has 4...9 edges, not 10",
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        var random = RandomGenerator(seed: 1)
        _ = Graph.planar(vertexCount: 5, edgeCount: 10, using: &random)
      })
  }
}
