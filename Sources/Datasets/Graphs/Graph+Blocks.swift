extension Graph {
  /// The blocks: the largest sets of edges any two of which lie on a common cycle, and the bridges one by one. Every edge
  /// is in exactly one block (Hopcroft and Tarjan 1973). The search is iterative, so that a long path needs no deep stack.
  public var blocks: [[Edge]] {
    var blocks: [[Edge]] = []
    var order = [Int](repeating: -1, count: vertexCount)
    var low = order
    var parent = order
    var next = [Int](repeating: 0, count: vertexCount)
    var clock = 0
    var open: [Edge] = []
    for root in 0..<vertexCount where order[root] < 0 {
      (order[root], low[root]) = (clock, clock)
      clock += 1
      var path = [root]
      while let vertex = path.last {
        if next[vertex] < neighbors[vertex].count {
          let other = neighbors[vertex][next[vertex]]
          next[vertex] += 1
          if order[other] < 0 {
            (order[other], low[other]) = (clock, clock)
            clock += 1
            parent[other] = vertex
            open.append(Edge(vertex, other))
            path.append(other)
          } else if other != parent[vertex], order[other] < order[vertex] {
            open.append(Edge(vertex, other))
            low[vertex] = min(low[vertex], order[other])
          }
          continue
        }
        path.removeLast()
        guard let above = path.last else { continue }
        low[above] = min(low[above], low[vertex])
        if low[vertex] >= order[above] {
          // Nothing below reaches past `above`: what was opened since then is a block.
          let start = open.lastIndex(of: Edge(above, vertex)) ?? open.startIndex
          blocks.append(Array(open[start...]))
          open.removeSubrange(start...)
        }
      }
    }
    return blocks
  }
}
