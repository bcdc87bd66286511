extension Graph {
  /// Whether the two are the same graph up to the numbering of their vertices, decided exactly: vertices are told apart by
  /// repeatedly comparing their neighbourhoods, and what stays alike is tried in all ways. Fast for small graphs, and
  /// for all but the most regular of larger ones.
  public func isIsomorphic(to other: Graph) -> Bool {
    guard vertexCount == other.vertexCount, edgeCount == other.edgeCount else { return false }
    // Both are coloured together, so that colours mean the same in both.
    let colors = Graph.colors(of: [self, other])
    guard colors[0].sorted() == colors[1].sorted() else { return false }
    var frequency = [Int](repeating: 0, count: 2 * vertexCount)
    for color in colors[0] { frequency[color] += 1 }
    // Rare colours first, then vertices beside those already matched, so that a wrong choice shows early.
    var order: [Int] = []
    var isPlaced = [Bool](repeating: false, count: vertexCount)
    while order.count < vertexCount {
      let next = (0..<vertexCount).filter { !isPlaced[$0] }.min { a, b in
        let (x, y) = (neighbors[a].count { isPlaced[$0] }, neighbors[b].count { isPlaced[$0] })
        return x != y ? x > y : frequency[colors[0][a]] < frequency[colors[0][b]]
      }
      guard let next else { break }
      isPlaced[next] = true
      order.append(next)
    }
    var image = [Int](repeating: -1, count: vertexCount)
    var isTaken = [Bool](repeating: false, count: vertexCount)
    return match(other, order, 0, colors, &image, &isTaken)
  }

  /// Tries to match the vertices of `order` from place `depth` on.
  private func match(
    _ other: Graph, _ order: [Int], _ depth: Int, _ colors: [[Int]], _ image: inout [Int], _ isTaken: inout [Bool]
  ) -> Bool {
    guard depth < order.count else { return true }
    let vertex = order[depth]
    for candidate in 0..<vertexCount where !isTaken[candidate] && colors[1][candidate] == colors[0][vertex] {
      // Degrees are equal, so it is enough that edges go to edges and, among the matched, as many.
      let matched = neighbors[vertex].filter { image[$0] >= 0 }
      guard matched.allSatisfy({ other.hasEdge(candidate, image[$0]) }),
        other.neighbors[candidate].count(where: { isTaken[$0] }) == matched.count
      else { continue }
      image[vertex] = candidate
      isTaken[candidate] = true
      if match(other, order, depth + 1, colors, &image, &isTaken) { return true }
      image[vertex] = -1
      isTaken[candidate] = false
    }
    return false
  }

  /// The colours of the vertices of several graphs of one size after refinement: equal only where the neighbourhoods'
  /// colours are equal too (Weisfeiler and Leman 1968).
  private static func colors(of graphs: [Graph]) -> [[Int]] {
    var colors = graphs.map { $0.degrees }
    var count = 0
    while true {
      let signatures = zip(graphs, colors).map { graph, colors in
        (0..<graph.vertexCount).map { vertex in [colors[vertex]] + graph.neighbors[vertex].map { colors[$0] }.sorted() }
      }
      let distinct = Set(signatures.joined()).sorted { $0.lexicographicallyPrecedes($1) }
      let numbers = Dictionary(uniqueKeysWithValues: distinct.enumerated().map { ($1, $0) })
      colors = signatures.map { $0.map { numbers[$0] ?? 0 } }
      if distinct.count == count { return colors }
      count = distinct.count
    }
  }
}
